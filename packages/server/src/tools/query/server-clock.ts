import { z } from 'zod';
import type { ConnectedDatabase } from '../../databases.ts';
import type { ToolContext } from '../define-tool.ts';

/** What "today" means in a database, and which PostgreSQL it is. */
export const serverClockSchema = z.object({ time: z.string(), time_zone: z.string(), version: z.string() });

/** Asks on the path of every statement: a caller may have a time zone of its own. A database that does not answer has no clock. */
export async function readServerClock(
  database: ConnectedDatabase,
  { services, call }: Pick<ToolContext, 'services' | 'call'>,
): Promise<z.output<typeof serverClockSchema> | undefined> {
  const ask = async (sql: string) => (await services.executor.run({ database, sql }, call)).rows[0]?.[0];
  try {
    const [time, timeZone, { serverVersion }] = await Promise.all([
      ask('SELECT now()::text'),
      ask('SHOW TimeZone'),
      database.facts(),
    ]);
    if (typeof time !== 'string' || typeof timeZone !== 'string') return undefined;
    return { time, time_zone: timeZone, version: serverVersion ?? 'unknown' };
  } catch (error) {
    if (call.signal.aborted) throw error;
    return undefined;
  }
}
