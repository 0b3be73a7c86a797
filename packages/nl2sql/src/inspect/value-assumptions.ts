import { findValues, type ValueHit } from '../link/find-values.ts';
import { indexValues } from '../link/value-index.ts';
import type { CatalogSnapshot, ParseTree } from '../ports.ts';
import { indexCatalog } from '../repair/catalog-index.ts';
import { columnIn, resolveNames } from '../repair/resolve.ts';
import { body, isTree, listOf, textOf, walk } from '../repair/tree.ts';

/**
 * Says which of several columns a value of the question was looked for in, where the same value is stored in others too:
 * "Washington" as a city and not as a state. The question left that choice, so the answer has to state it.
 */
export function valueAssumptions(question: string, tree: ParseTree, snapshot: CatalogSnapshot): string[] {
  const byPhrase = new Map<string, ValueHit[]>();
  for (const hit of findValues(indexValues(snapshot), question, { maxHits: 20 })) {
    byPhrase.set(hit.phrase, [...(byPhrase.get(hit.phrase) ?? []), hit]);
  }
  const choices = [...byPhrase.values()].filter((hits) => hits.length > 1);
  if (choices.length === 0) return [];
  const compared = comparedColumns(tree, snapshot);
  return choices.flatMap((hits) => {
    const used = hits.filter((hit) => compared.has(keyOf(hit.table.name, hit.column, hit.value)));
    const [only, ...more] = used;
    if (only === undefined || more.length > 0) return [];
    const others = hits.filter((hit) => hit !== only).map(({ table, column }) => `${table.name}.${column}`);
    return [
      `${JSON.stringify(only.value)} was looked for in ${only.table.name}.${only.column}; it is also stored in ${others.join(' and ')}.`,
    ];
  });
}

const keyOf = (table: string, column: string, value: string): string =>
  [table, column, value.toLowerCase()].join('\u0000');

/** Columns with the texts they are compared with, in every SELECT of a statement. */
function comparedColumns(tree: ParseTree, snapshot: CatalogSnapshot): ReadonlySet<string> {
  const compared = new Set<string>();
  for (const { select, scope } of resolveNames(tree, indexCatalog(snapshot), () => undefined).selects) {
    walk([select['whereClause'], select['fromClause'], select['targetList'], select['havingClause']], (tag, inner) => {
      if (tag === 'SelectStmt') return false;
      if (tag !== 'A_Expr') return true;
      const found = columnIn(scope, inner['lexpr']);
      const table = found?.relation.table;
      const items = listOf(body(inner['rexpr'], 'List')?.['items']);
      for (const node of [inner['rexpr'], ...items]) {
        const constant = body(node, 'A_Const')?.['sval'];
        const text = isTree(constant) ? textOf(constant['sval']) : undefined;
        if (found !== undefined && table !== undefined && text !== undefined)
          compared.add(keyOf(table.name, found.column, text));
      }
      return true;
    });
  }
  return compared;
}
