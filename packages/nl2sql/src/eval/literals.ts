import { normalizePhrase } from '../link/value-index.ts';
import type { ParseTree } from '../ports.ts';
import { body, isTree, listOf, textOf, walk } from '../repair/tree.ts';

/** The texts with a letter that a statement compares columns with, normalised: what value linking should find. Dates are left out. */
export function comparedTexts({ stmts }: ParseTree): ReadonlySet<string> {
  const literals = new Set<string>();
  walk(stmts, (tag, inner) => {
    if (tag !== 'A_Expr') return true;
    let holdsColumn = false;
    walk([inner['lexpr'], inner['rexpr']], (other) => {
      holdsColumn ||= other === 'ColumnRef';
      return other !== 'SelectStmt';
    });
    const right = listOf(body(inner['rexpr'], 'List')?.['items']);
    for (const side of [inner['lexpr'], inner['rexpr'], ...right]) {
      const constant = body(side, 'A_Const')?.['sval'];
      const text = isTree(constant) ? (textOf(constant['sval']) ?? '').replace(/^%+|%+$/g, '') : '';
      const phrase = normalizePhrase(text);
      if (holdsColumn && /\p{L}/u.test(text) && !/^\d{4}-\d\d/.test(text) && phrase !== '') literals.add(phrase);
    }
    return true;
  });
  return literals;
}
