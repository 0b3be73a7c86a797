import { type Fields, isFields, textOf } from '../tree.ts';

/** Beyond this the main entry must say what subqueries become when the planner puts them into each other. */
export const maxRepetition = 10_000;

/** How often one query names each column, and how often all columns of a row at once. */
interface Names {
  readonly columns: Map<string, number>;
  stars: number;
}

/**
 * How often a column may stand in an expression when all subqueries are put into each other: the product of how often each query names its
 * most often named column. A whole row counts beside it, for it holds every column once more. The main entry follows columns; this only
 * ever says more.
 */
export function repetitionOf(root: unknown): number {
  const queries: Names[] = [];
  const rows = new Set<string>();
  const stack: { readonly value: unknown; readonly names: Names }[] = [{ value: root, names: noNames() }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value } = item;
    if (typeof value !== 'object' || value === null) continue;
    let { names } = item;
    if (isFields(value)) {
      if (value['type'] === 'select' || value['type'] === 'values') {
        names = noNames();
        queries.push(names);
      } else if (value['type'] === 'ref') {
        const name = textOf(value['name']) ?? '';
        if (name === '*') names.stars += 1;
        else names.columns.set(name, (names.columns.get(name) ?? 0) + 1);
      }
      rows.add(rangeName(value));
    }
    for (const child of Object.values(value)) stack.push({ value: child, names });
  }
  return queries.reduce((product, { columns, stars }) => {
    let rowUses = stars;
    for (const [name, count] of columns) if (rows.has(name)) rowUses += count;
    return product * Math.max(1, rowUses + Math.max(0, ...columns.values()));
  }, 1);
}

const noNames = (): Names => ({ columns: new Map(), stars: 0 });

/** The name of a FROM item; empty for everything else. */
function rangeName(node: Fields): string {
  const { type, alias, name } = node;
  if (type === 'statement') return textOf(alias) ?? '';
  if (type === 'call' && isFields(alias)) return textOf(alias['name']) ?? '';
  return type === 'table' && isFields(name) ? (textOf(name['alias']) ?? textOf(name['name']) ?? '') : '';
}
