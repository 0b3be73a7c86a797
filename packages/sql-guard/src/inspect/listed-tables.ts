import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf } from '../tree.ts';
import { inspectNameIn } from './created-name.ts';
import type { Inspector } from './inspector.ts';

/** Whether the lists of the policy are about tables in a schema, so far as is known. */
function holdsListedTables({ policy: { tables, columns }, catalog }: Judgement, schema: string): boolean {
  const listedColumns = [...columns.deny, ...columns.mask];
  const inside = catalog?.snapshot.relations.filter((relation) => relation.schema === schema);
  if (inside === undefined) return !tables.deny.empty || tables.restricted || listedColumns.length > 0;
  return (
    listedColumns.some((column) => column.startsWith(`${schema}.`)) ||
    inside.some(
      ({ name }) =>
        tables.deny.matches(schema, name) ||
        tables.deny.matches(undefined, name) ||
        (tables.restricted && !tables.allow.matches(schema, name)),
    )
  );
}

/** Lists name tables by their schema: under another name they are free, and what is dropped with the schema was never named. */
export function checkSchema(judgement: Judgement, node: string, name: string, message: string): void {
  if (holdsListedTables(judgement, name)) refuse(judgement, { code: 'relation', node, name, message, location: 0 });
}

const listsTables = ({ tables, columns }: Judgement['policy']): boolean =>
  !tables.deny.empty || tables.restricted || columns.deny.size + columns.mask.size > 0;

/** What follows a CASCADE is named nowhere, so that no list can hold for it. */
export function checkCascade(judgement: Judgement, node: string, message: string): void {
  if (!listsTables(judgement.policy)) return;
  refuse(judgement, {
    code: 'relation',
    node,
    message: `${message}, and the policy keeps some from statements`,
    location: 0,
    hint: 'Leave CASCADE out, and name what else is to go.',
  });
}

/** A statement that names no table reaches all of them. */
export function checkEveryTable(judgement: Judgement, node: string, command: string): void {
  if (!listsTables(judgement.policy)) return;
  refuse(judgement, {
    code: 'relation',
    node,
    message: `${command} without a table would reach every table, and the policy keeps some from statements`,
    location: 0,
    hint: 'Name the tables.',
  });
}

/** A condition of a domain is tried on the rows of all tables that have a column of it, and fails where one does not meet it. */
export const inspectAlterDomain: Inspector = (frame, judgement) => {
  inspectNameIn('typeName')(frame, judgement);
  const { subtype, def } = frame.fields;
  const unchecked = fieldsOf(def, 'Constraint')?.['skip_validation'] === true;
  if (!listsTables(judgement.policy) || (subtype !== 'O' && subtype !== 'V' && (subtype !== 'C' || unchecked))) return;
  refuse(judgement, {
    code: 'relation',
    node: 'AlterDomainStmt',
    message:
      'The condition would be tried on tables that the statement does not name, and the policy keeps some from statements',
    location: 0,
    hint: 'Add the constraint with NOT VALID.',
  });
};

/** A function that statements may call by the list gets no body as text, and no other function its name: what it reads, nobody knows. */
export function checkListedBody(judgement: Judgement, node: string, names: readonly string[]): void {
  const { policy } = judgement;
  const [name = '', schema] = names.toReversed();
  const { allow } = policy.functions;
  if (!listsTables(policy) || !(allow.matches(schema, name) || (schema === undefined && allow.couldMatch(name))))
    return;
  refuse(judgement, {
    code: 'function',
    node,
    name: names.join('.'),
    message: `${names.join('.')} is on the list of functions that statements may call, its body is not read, and the policy keeps some tables from statements`,
    location: 0,
    hint: 'Write the body as SQL, RETURN … or BEGIN ATOMIC … END, or choose a name that is not listed.',
  });
}
