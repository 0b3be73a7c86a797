import { createHash } from 'node:crypto';
import { bulkhead, ConsecutiveBreaker, circuitBreaker, handleAll, TimeoutStrategy, timeout, wrap } from 'cockatiel';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { CounterPlace, Counters } from './counters.ts';
import { ANY_NUMBER_OF_POINTS, limiterCounters } from './limiter-counters.ts';
import { type RateLimitTable, rateLimitTable, type StorageQueries } from './rate-limit-table.ts';

/** How often counters that nobody needs any more are removed, in milliseconds. */
const SWEEP_INTERVAL_MS = 300_000;

/** What the limiter sends. It names its statements, which a pooler in transaction mode does not bear; the name is left away. */
interface NamedStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface CounterRow {
  readonly points: string | number;
  readonly expire: string | number | null;
}

/**
 * Statements under way at once, so that connections are left for records, and statements that wait: the pool itself refuses a burst
 * that is larger than its waiting line, and a limit has to be counted in a burst above all.
 */
const MAX_RUNNING = 2;
const MAX_WAITING = 2_000;

/** A call must not wait longer than this for a counter, a new connection included; the insurance counts instead. Milliseconds. */
const ANSWER_MS = 3_000;

/** A database that has failed every statement under way is left alone this long: each call would wait for it otherwise. Milliseconds. */
const LEFT_ALONE_MS = 5_000;

/** Longest key that is written as it stands. The column takes 255 characters, which the names of a tenant and a caller may pass. */
const MAX_KEY_CHARACTERS = 200;

/** Counts in the database of the server's own records: one count for every replica. */
export function createPostgresPlace(
  connections: StorageQueries,
  options: { readonly schema: string; readonly autoMigrate: boolean },
): CounterPlace & { readonly table: RateLimitTable } {
  const table = rateLimitTable(connections, options.schema);
  const line = bulkhead(MAX_RUNNING, MAX_WAITING);
  // Inside the line: how long a statement has waited there says nothing about the database.
  const bounded = wrap(
    circuitBreaker(handleAll, { halfOpenAfter: LEFT_ALONE_MS, breaker: new ConsecutiveBreaker(MAX_RUNNING) }),
    timeout(ANSWER_MS, TimeoutStrategy.Aggressive),
  );
  let ready: Promise<void> | undefined;

  function prepare(): Promise<void> {
    if (!options.autoMigrate) return Promise.resolve();
    ready ??= table.migrate().then(
      () => undefined,
      (error: unknown) => {
        ready = undefined;
        throw error;
      },
    );
    return ready;
  }

  const client = {
    query: ({ text, values }: NamedStatement) =>
      line.execute(async () => {
        const { rows } = await bounded.execute(async () => {
          await prepare();
          return connections.query<CounterRow>(text, values);
        });
        // The table's numbers are larger than the 32 bits that the limiter expects, and so come as texts.
        const numbers = rows.map(({ points, expire }) => ({
          points: Number(points),
          expire: expire === null ? null : Number(expire),
        }));
        return { rows: numbers, rowCount: rows.length };
      }),
  };
  const sweep = setInterval(() => void table.sweep().catch(() => undefined), SWEEP_INTERVAL_MS);
  sweep.unref();
  return {
    kind: 'postgresql',
    table,
    make: (duration) =>
      withShortKeys(
        limiterCounters(
          new RateLimiterPostgres({
            storeClient: client,
            storeType: 'client',
            schemaName: options.schema,
            tableName: table.name,
            // Made by our migration: the limiter would make it while the first calls fail.
            tableCreated: true,
            clearExpiredByTimeout: false,
            keyPrefix: '',
            points: ANY_NUMBER_OF_POINTS,
            duration,
          }),
        ),
      ),
    close: async () => clearInterval(sweep),
  };
}

function withShortKeys(counters: Counters): Counters {
  const short = (key: string): string =>
    key.length <= MAX_KEY_CHARACTERS ? key : createHash('sha256').update(key).digest('hex');
  return {
    add: (key, points) => counters.add(short(key), points),
    read: (key) => counters.read(short(key)),
  };
}
