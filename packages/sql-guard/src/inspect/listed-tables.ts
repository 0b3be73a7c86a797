import { type Judgement, refuse } from '../judgement.ts';

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
