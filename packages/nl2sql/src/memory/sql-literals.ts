import type { ParseTree } from '../ports.ts';
import { applyEdits, byteOffsets, type Edit } from '../repair/source-text.ts';
import { isTree, locationOf, textOf, walk } from '../repair/tree.ts';

/** A constant of a statement and where it stands. */
export interface SqlLiteral {
  readonly kind: 'number' | 'text';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The number and string constants of a statement, in order. Those in other notations than the plain one are left out. */
export function literalsOf(sql: string, tree: ParseTree): SqlLiteral[] {
  const offset = byteOffsets(sql);
  const literals: SqlLiteral[] = [];
  walk(tree.stmts, (tag, inner) => {
    if (tag !== 'A_Const') return true;
    const start = offset(locationOf(inner));
    const text = isTree(inner['sval']) ? (textOf(inner['sval']['sval']) ?? '') : undefined;
    const token = /^(?:'(?:[^']|'')*'|\d+(?:\.\d+)?(?![\w.]))/.exec(sql.slice(start))?.[0];
    if (token === undefined || token.startsWith("'") !== (text !== undefined)) return false;
    literals.push({
      kind: text === undefined ? 'number' : 'text',
      value: text ?? token,
      start,
      end: start + token.length,
    });
    return false;
  });
  return literals.sort((left, right) => left.start - right.start);
}

/** Replaces constants by others of the same kind. */
export function replaceLiterals(sql: string, replacements: readonly (readonly [SqlLiteral, string])[]): string {
  const edits: Edit[] = replacements.map(([{ kind, start, end }, value]) => ({
    start,
    end,
    text: kind === 'number' ? value : `'${value.replaceAll("'", "''")}'`,
  }));
  return applyEdits(sql, edits);
}

/** The statement with its constants masked and its layout folded. */
export const skeletonOf = (sql: string, tree: ParseTree): string =>
  applyEdits(
    sql,
    literalsOf(sql, tree).map(({ start, end }) => ({ start, end, text: '?' })),
  )
    .replace(/\s+/g, ' ')
    .trim();
