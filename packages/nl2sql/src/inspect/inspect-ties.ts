import type { ParseTree, SqlParse } from '../ports.ts';
import { applyEdits, byteOffsets } from '../repair/source-text.ts';
import { body, isTree, listOf, locationOf } from '../repair/tree.ts';
import type { Finding } from './finding.ts';

/** A statement that returns the rows of another and those that tie with its last one. */
export interface TiesStatement {
  readonly sql: string;
  /** The rows that were asked for. */
  readonly limit: number;
}

/** More rows than these are a page, not a choice of the highest. */
const highestLimit = 100;

/**
 * Writes `LIMIT n` of an ordered statement as `FETCH FIRST n ROWS WITH TIES`, which PostgreSQL has since 13. `undefined`
 * where the outermost SELECT is not ordered, has no plain LIMIT, or returned fewer rows than that.
 */
export async function withTies(
  { sql, tree, rows }: { readonly sql: string; readonly tree: ParseTree; readonly rows: number },
  parse: SqlParse,
): Promise<TiesStatement | undefined> {
  const select = body(tree.stmts[0]?.stmt, 'SelectStmt');
  const constant = body(select?.['limitCount'], 'A_Const');
  const count = constant?.['ival'];
  const limit = isTree(count) && typeof count['ival'] === 'number' ? count['ival'] : undefined;
  if (select === undefined || constant === undefined || limit === undefined) return undefined;
  if (select['limitOption'] !== 'LIMIT_OPTION_COUNT' || listOf(select['sortClause']).length === 0) return undefined;
  if (limit < 1 || limit > highestLimit || rows !== limit) return undefined;
  const start = byteOffsets(sql)(locationOf(constant));
  const word = /\blimit\s+$/i.exec(sql.slice(0, start));
  const digits = /^\d+/.exec(sql.slice(start))?.[0];
  if (word === null || digits !== String(limit)) return undefined;
  const text = `FETCH FIRST ${limit} ROWS WITH TIES`;
  const rewritten = applyEdits(sql, [{ start: word.index, end: start + digits.length, text }]);
  return (await parse.parse(rewritten)).parsed ? { sql: rewritten, limit } : undefined;
}

/** What it means that rows tie with the last one. */
export const tiesFinding = (limit: number): Finding => ({
  kind: 'limit_ties',
  message: `More rows tie with ${limit === 1 ? 'the one' : `the last of the ${limit}`} that is shown: which of them appears is arbitrary.`,
  isStrong: false,
});
