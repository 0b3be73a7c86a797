import { isFields, textOf } from '../tree.ts';

/** Beyond this the main entry must say what subqueries become when the planner puts them into each other. */
export const maxRepetition = 10_000;

/**
 * How often a column may stand in an expression when all subqueries are put into each other: the product of how often each query names its
 * most often named column. The main entry follows columns; this only ever says more.
 */
export function repetitionOf(root: unknown): number {
  const queries: Map<string, number>[] = [];
  const stack: { readonly value: unknown; readonly names: Map<string, number> }[] = [{ value: root, names: new Map() }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value } = item;
    if (typeof value !== 'object' || value === null) continue;
    let { names } = item;
    if (isFields(value)) {
      if (value['type'] === 'select' || value['type'] === 'values') {
        names = new Map();
        queries.push(names);
      } else if (value['type'] === 'ref') {
        const name = textOf(value['name']) ?? '';
        names.set(name, (names.get(name) ?? 0) + 1);
      }
    }
    for (const child of Object.values(value)) stack.push({ value: child, names });
  }
  return queries.reduce((product, names) => product * Math.max(1, ...names.values()), 1);
}
