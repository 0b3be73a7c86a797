import type { CatalogTable, ParseTree } from '../ports.ts';
import type { CatalogIndex } from '../repair/catalog-index.ts';
import { createTableChooser } from '../repair/find-names.ts';
import { quoteName } from '../repair/quote-name.ts';
import { textOf, walk } from '../repair/tree.ts';
import { writeTable } from '../repair/write-name.ts';

/** More would push out what matters more. */
const mostJoins = 3;

/** What the joins are for. */
export interface JoinContext {
  readonly tree: ParseTree;
  readonly index: CatalogIndex;
  /** Lines `table: column, column`, the most likely first, as `suggestColumns` gives them. */
  readonly columns: readonly string[];
}

/**
 * Equations that join the suggested tables which a statement does not read to one that it reads, along a declared key: what a model
 * needs besides the name of a column of another table.
 */
export function suggestJoins({ tree, index, columns }: JoinContext): string[] {
  const read = tablesRead(tree, index);
  const suggested = columns.map((line) => line.slice(0, line.lastIndexOf(': ')));
  const unread = suggested
    .map((name) => index.tables.find((table) => writeTable(table) === name))
    .filter((table) => table !== undefined && !read.has(table));
  const joins = unread.flatMap((table) => {
    if (table === undefined) return [];
    const [join] = [...read].flatMap((other) => [...equations(table, other), ...equations(other, table)]);
    return join === undefined ? [] : [join];
  });
  return joins.slice(0, mostJoins);
}

function tablesRead(tree: ParseTree, index: CatalogIndex): ReadonlySet<CatalogTable> {
  const read = new Set<CatalogTable>();
  const chooseTable = createTableChooser(index);
  walk(tree.stmts, (tag, inner) => {
    const name = tag === 'RangeVar' ? textOf(inner['relname']) : undefined;
    if (name === undefined) return true;
    const schema = textOf(inner['schemaname']);
    const table = index.find(schema, name)[0] ?? chooseTable(schema, name);
    if (table !== undefined) read.add(table);
    return true;
  });
  return read;
}

/** The keys of one table that refer to the other, each as one condition. */
function equations(from: CatalogTable, to: CatalogTable): string[] {
  return from.foreignKeys
    .filter(({ references }) => references.schema === to.schema && references.table === to.name)
    .map(({ columns, references }) =>
      columns
        .map((column, at) => {
          const other = references.columns[at] ?? '';
          return `${writeTable(from)}.${quoteName(column)} = ${writeTable(to)}.${quoteName(other)}`;
        })
        .join(' AND '),
    );
}
