import type { Table } from './schema.ts';

/** One entry of a ranking: a table, or tables that differ in nothing but digits of their names. */
export interface TableFamily {
  /** Stands for all: the last by name, which is usually the newest. */
  readonly table: Table;
  /** All of them, ordered by name; one for an ordinary table. */
  readonly members: readonly Table[];
  /** Schema and name with `*` for the digits that differ; absent for an ordinary table. */
  readonly pattern?: { readonly schema: string; readonly name: string };
}

/**
 * Folds tables such as `events_2023` and `events_2024` into one entry when they agree in all that a reader sees of them:
 * columns, comments, primary and foreign keys. What stays
 * apart after folding is what a reader has to tell apart.
 */
export function foldFamilies(tables: readonly Table[]): readonly TableFamily[] {
  const groups = new Map<string, Table[]>();
  for (const table of tables) {
    const pattern = table.name.replace(/\d+/g, '*');
    // A name without digits cannot be in a family.
    const key =
      pattern === table.name
        ? `${table.oid}`
        : JSON.stringify([
            table.schema,
            pattern,
            table.kind,
            table.comment,
            table.columns.map(({ name, type, comment, enumLabels }) => [name, type, comment, enumLabels]),
            table.primaryKey?.columns,
            table.foreignKeys.map(({ columns, references }) => [columns, references]),
          ]);
    const group = groups.get(key);
    if (group) group.push(table);
    else groups.set(key, [table]);
  }
  const families: TableFamily[] = [];
  for (const group of groups.values()) {
    const members = [...group].sort((one, other) => (byNumber(one.name) < byNumber(other.name) ? -1 : 1));
    const table = members.at(-1);
    if (!table) continue;
    families.push(
      members.length === 1
        ? { table, members }
        : { table, members, pattern: { schema: table.schema, name: table.name.replace(/\d+/g, '*') } },
    );
  }
  return families;
}

/** A name that sorts by the numbers in it: 2 before 10. */
function byNumber(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(20, '0'));
}
