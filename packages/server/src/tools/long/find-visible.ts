import type { Caller } from '../../call.ts';
import { type FoundResult, resultNotFound } from '../../results/results.ts';
import type { Services } from '../../services.ts';

/**
 * The result behind a handle, if its database is still one of the caller's.
 * @throws PgmcpError `RESULT_NOT_FOUND`.
 */
export async function findVisible(services: Services, caller: Caller, id: string): Promise<FoundResult> {
  const found = await services.results.find(caller, id);
  if (!services.databases.names.includes(found.result.database)) throw resultNotFound();
  return found;
}
