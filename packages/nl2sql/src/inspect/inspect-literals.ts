import { normalizePhrase, type ValueIndex } from '../link/value-index.ts';
import { columnIn, type ResolvedSelect } from '../repair/resolve.ts';
import { body, isTree, listOf, stringsOf, textOf, walk } from '../repair/tree.ts';
import type { Finding } from './finding.ts';

/**
 * Texts that a column is compared with although it is known to hold them in another spelling only. `tellsValues`: whether the
 * message may hold what is stored, since a model may read it.
 */
export function inspectLiterals(
  { select, scope }: ResolvedSelect,
  { values, tellsValues }: { readonly values: ValueIndex; readonly tellsValues: boolean },
): Finding[] {
  const findings: Finding[] = [];
  walk(select['whereClause'], (tag, inner) => {
    if (tag === 'SelectStmt') return false;
    if (tag !== 'A_Expr' || stringsOf(inner['name']).join() !== '=') return true;
    const found = columnIn(scope, inner['lexpr']);
    if (found === undefined) return true;
    const items = body(inner['rexpr'], 'List')?.['items'];
    for (const node of items === undefined ? [inner['rexpr']] : listOf(items)) {
      const constant = body(node, 'A_Const')?.['sval'];
      const literal = isTree(constant) ? textOf(constant['sval']) : undefined;
      if (literal === undefined) continue;
      const stored = values
        .equal(normalizePhrase(literal))
        .filter(({ table, column }) => table === found.relation.table && column === found.column);
      const [other] = stored;
      if (other === undefined || stored.some(({ value }) => value === literal)) continue;
      const column = `${other.table.name}.${other.column}`;
      const message = tellsValues
        ? `${column} holds ${JSON.stringify(other.value)}, not ${JSON.stringify(literal)}.`
        : `${column} holds ${JSON.stringify(literal)} in another spelling.`;
      findings.push({ kind: 'unknown_literal', message, isStrong: true });
    }
    return true;
  });
  return findings;
}
