import type { CheckContext, Guard, Verdict } from '@pgmcp/sql-guard';
import type { ConnectedDatabase } from '../databases.ts';
import { guardCatalog } from '../guard-catalog.ts';
import type { ConfirmedCatalog } from './confirmed-catalog.ts';

/** Where and for what a statement is judged. */
export interface JudgementContext extends Omit<CheckContext, 'catalog' | 'serverVersionNum'> {
  /** What the database said a moment ago for the sake of the same question. */
  readonly confirmed?: ConfirmedCatalog | undefined;
}

/**
 * Judges a statement for the place where it will run. A relation that the catalog does not know may be a view made just now: the
 * database is asked once more. A catalog that cannot be read makes the guard stricter, never the call fail.
 */
export async function judge(
  guard: Guard,
  database: ConnectedDatabase,
  sql: string,
  { confirmed, ...context }: JudgementContext = {},
): Promise<Verdict> {
  const [{ serverVersionNum }, catalog] = await Promise.all([
    database.facts(),
    database.catalog().catch(() => undefined),
  ]);
  const place = { ...context, ...(serverVersionNum !== undefined && { serverVersionNum }) };
  const verdict = await guard.check(sql, { ...place, ...(catalog && { catalog: guardCatalog(catalog) }) });
  if (!verdict.allowed || !verdict.needsCatalog || !catalog || confirmed?.holds(catalog)) return verdict;
  const newer = await database.catalogs.check().catch(() => undefined);
  if (newer === undefined) return verdict;
  confirmed?.confirm(newer);
  return newer === catalog ? verdict : guard.check(sql, { ...place, catalog: guardCatalog(newer) });
}
