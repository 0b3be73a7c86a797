import { targetName } from './connect.ts';
import { createDatabase, type Database } from './database.ts';
import { PoolError } from './errors.ts';
import type { PoolEvent, PoolEventListener } from './events.ts';
import type { DatabaseHealth } from './health.ts';
import { createLender, type Lender } from './lender.ts';
import { type Environment, resolveSettings } from './resolve-settings.ts';
import { createOpener } from './retry.ts';
import type { DatabaseSettings } from './settings.ts';
import type { PoolStats } from './stats.ts';

const CLOSE_DEADLINE_MS = 10_000;

/** Options of {@link createPools}. */
export interface PoolsOptions {
  /** Receives everything that happens; see {@link PoolEvent}. Nothing is logged here. */
  readonly onEvent?: PoolEventListener | undefined;
  /** Where the `PG*` variables are read. Default: `process.env`. */
  readonly environment?: Environment | undefined;
}

/** Several databases by name. */
export interface Pools {
  names(): readonly string[];
  /** @throws PoolError `UNKNOWN_DATABASE`; `details.known` lists the names. */
  database(name: string): Database;
  /** Asks every database at the same time; never rejects. */
  health(): Promise<readonly DatabaseHealth[]>;
  stats(): readonly PoolStats[];
  /**
   * Refuses new calls, waits for those under way, then ends their connections.
   *
   * @param options `deadlineMs`: how long to wait. Default: 10,000.
   */
  close(options?: { readonly deadlineMs?: number }): Promise<void>;
}

/**
 * Makes the pools. Nothing is connected before the first call (unless `minConnections` is set), so this never fails because a
 * server is down.
 *
 * @throws PoolError `INVALID_SETTINGS`.
 * @example
 * const pools = createPools([{ name: 'shop', url: 'postgresql://reader@localhost/shop' }]);
 * const { rows } = await pools.database('shop').table('SELECT * FROM orders');
 */
export function createPools(databases: readonly DatabaseSettings[], options: PoolsOptions = {}): Pools {
  const emit = (event: PoolEvent) => {
    try {
      options.onEvent?.(event);
    } catch {
      // A listener that throws must not break the query that it is told about.
    }
  };
  const entries = new Map<string, { readonly database: Database; readonly lender: Lender }>();
  const resolved = databases.map((settings) => resolveSettings(settings, options.environment));
  const twice = resolved.find(({ name }, index) => resolved.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined)
    throw new PoolError('INVALID_SETTINGS', `Two databases are called "${twice.name}". Give each its own name.`);
  for (const settings of resolved) {
    const opener = createOpener(settings, emit);
    const lender = createLender(settings, opener.open, emit);
    const { database, user, sslMode, applicationName, maxConnections, statementTimeoutMs, pooler, hosts } = settings;
    const summary = {
      targets: hosts.map(targetName),
      database,
      user,
      sslMode,
      applicationName,
      maxConnections,
      statementTimeoutMs,
      pooler,
    };
    entries.set(settings.name, {
      database: createDatabase({ settings, summary, lender, emit, breaker: opener.breaker }),
      lender,
    });
  }

  return {
    names: () => [...entries.keys()],
    database: (name) => {
      const entry = entries.get(name);
      if (entry !== undefined) return entry.database;
      const known = [...entries.keys()];
      throw new PoolError(
        'UNKNOWN_DATABASE',
        `There is no database "${name}". Known are: ${known.join(', ') || 'none'}.`,
        { database: name, details: { known } },
      );
    },
    health: () => Promise.all([...entries.values()].map(({ database }) => database.health())),
    stats: () => [...entries.values()].map(({ database }) => database.stats()),
    close: async ({ deadlineMs = CLOSE_DEADLINE_MS } = {}) => {
      await Promise.all([...entries.values()].map(({ lender }) => lender.close(deadlineMs)));
    },
  };
}
