import type { Connection } from './connection.ts';
import { SYNC } from './wire.ts';

const PING_LIMIT_MS = 500;

/**
 * Asks for a sign of life. A Sync is the smallest thing a server answers: no statement, no transaction, nothing in its log.
 *
 * @returns whether the answer came in time.
 */
export async function ping(connection: Connection): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PING_LIMIT_MS);
  });
  const outcome = await Promise.race([connection.send(SYNC), limit]);
  clearTimeout(timer);
  return outcome?.status === 'I' && outcome.error === undefined;
}
