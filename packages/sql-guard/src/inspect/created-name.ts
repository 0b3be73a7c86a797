import { builtins } from '../builtins.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { namesOf } from '../tree.ts';
import type { Inspector } from './inspector.ts';

/** Schemas of the server itself. No application may choose a name that begins with `pg_`. */
export const isReservedSchema = (name: string): boolean => name.startsWith('pg_') || name === 'information_schema';

/** Refuses to create or change something in a schema of the server, where its name would come before PostgreSQL's own. */
export function checkCreatedName(judgement: Judgement, node: string, names: readonly string[] | undefined): void {
  if (!names?.slice(0, -1).some(isReservedSchema)) return;
  refuse(judgement, {
    code: 'relation',
    node,
    name: names.join('.'),
    message: `${names.join('.')} would be in a schema of the server, or of one session`,
    location: 0,
    hint: 'Use a schema of the application.',
  });
}

/** Refuses an unqualified name of PostgreSQL's own, which the server finds before any other. */
export function checkChangedName(
  judgement: Judgement,
  node: string,
  kind: 'type' | 'function',
  names: readonly string[],
): void {
  const [name, second] = names;
  if (name === undefined || second !== undefined) return;
  if (kind === 'type' ? !builtins.isType(name) : !builtins.isFunction(name)) return;
  refuse(judgement, {
    code: 'relation',
    node,
    name,
    message: `${name} is PostgreSQL's own and cannot be changed`,
    location: 0,
    hint: 'Write the schema before the name.',
  });
}

/** Judges the name that a statement creates or changes, by the field that holds it. */
export const inspectNameIn =
  (field: string): Inspector =>
  ({ fields, plan }, judgement) => {
    const names = namesOf(fields[field]);
    checkCreatedName(judgement, plan.tag, names);
    if (plan.tag === 'AlterEnumStmt' || plan.tag === 'AlterDomainStmt')
      checkChangedName(judgement, plan.tag, 'type', names ?? []);
  };

/**
 * Refuses a user's function under a name of PostgreSQL's own: by argument types the server may prefer it, so that a call which every
 * check takes for PostgreSQL's would run it.
 */
export function checkFunctionName(judgement: Judgement, node: string, name: string | undefined): void {
  // What only a newer server has is free here: functions that older ones lack are often made by hand.
  const status = name === undefined ? undefined : builtins.functionStatus(name, judgement.major);
  if (status === undefined || status === 'newer') return;
  refuse(judgement, {
    code: 'function',
    node,
    ...(name === undefined ? {} : { name }),
    message: `A function called ${name} may be called in place of PostgreSQL's own`,
    location: 0,
    hint: 'Choose another name.',
  });
}
