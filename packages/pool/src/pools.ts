import { isDeepStrictEqual } from 'node:util';
import { targetName } from './connect.ts';
import { createDatabase, type Database } from './database.ts';
import { PoolError } from './errors.ts';
import type { PoolEvent, PoolEventListener } from './events.ts';
import type { DatabaseHealth } from './health.ts';
import { createLender } from './lender.ts';
import { createListener } from './listen.ts';
import { createReplicas } from './replicas.ts';
import { MAX_TIMER_MS, resolveSettings } from './resolve-settings.ts';
import { createOpener } from './retry.ts';
import type { Environment } from './setting-sources.ts';
import type { DatabaseSettings, ResolvedSettings } from './settings.ts';
import type { PoolStats } from './stats.ts';

const CLOSE_DEADLINE_MS = 10_000;

/** Options of {@link createPools}. */
export interface PoolsOptions {
  /** Receives everything that happens; see {@link PoolEvent}. Nothing is logged here. */
  readonly onEvent?: PoolEventListener | undefined;
  /** Where the `PG*` variables are read. Default: `process.env`. */
  readonly environment?: Environment | undefined;
}

/** What a reload did, as names of databases. */
export interface Reload {
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
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
   * Takes another list of databases while calls run. Those whose settings are the same keep their connections; a call under way
   * ends on what it has started with, and has ten seconds for that. All or nothing: when one setting is invalid, nothing changes.
   *
   * @throws PoolError `INVALID_SETTINGS`, `CLOSED`.
   */
  reload(databases: readonly DatabaseSettings[]): Reload;
  /**
   * Refuses new calls, waits for those under way, then ends their connections.
   *
   * @param options `deadlineMs`: how long to wait, 0 to 2,147,483,647. Default: 10,000.
   * @throws PoolError `INVALID_SETTINGS`.
   */
  close(options?: { readonly deadlineMs?: number }): Promise<void>;
}

interface Entry {
  readonly settings: ResolvedSettings;
  readonly database: Database;
  close(deadlineMs: number): Promise<void>;
}

/** What one server needs, be it a primary or a replica. */
function createServer(settings: ResolvedSettings, emit: (event: PoolEvent) => void) {
  const opener = createOpener(settings, emit);
  return { settings, emit, opener, lender: createLender(settings, opener.open, emit), breaker: opener.breaker };
}

function createEntry(settings: ResolvedSettings, emit: (event: PoolEvent) => void): Entry {
  const primary = createServer(settings, emit);
  const servers = settings.replicas.map((host) =>
    createServer({ ...settings, hosts: [host], minConnections: 0, targetSessionAttrs: 'any' }, emit),
  );
  const replicas = createReplicas(servers, settings, emit);
  const listener = createListener(settings, primary.opener.open, emit);
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
  return {
    settings,
    database: createDatabase({ ...primary, summary, listener, replicas }),
    close: async (deadlineMs) => {
      listener.close();
      await Promise.all([primary, ...servers].map(({ lender }) => lender.close(deadlineMs)));
    },
  };
}

function refuseUnknown(where: string, unknown: object): void {
  const [key] = Object.keys(unknown);
  if (key !== undefined) throw new PoolError('INVALID_SETTINGS', `unknown option "${key}" of ${where}.`);
}

function resolveAll(
  databases: readonly DatabaseSettings[],
  environment: Environment | undefined,
): readonly ResolvedSettings[] {
  if (!Array.isArray(databases))
    throw new PoolError(
      'INVALID_SETTINGS',
      'The databases must be a list: [{ name: "main", url: "postgresql://..." }].',
    );
  const resolved = databases.map((settings) => resolveSettings(settings, environment));
  const twice = resolved.find(({ name }, index) => resolved.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined)
    throw new PoolError('INVALID_SETTINGS', `Two databases are called "${twice.name}". Give each its own name.`);
  return resolved;
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
export function createPools(
  databases: readonly DatabaseSettings[],
  { onEvent, environment, ...unknown }: PoolsOptions = {},
): Pools {
  refuseUnknown('createPools', unknown);
  if (onEvent !== undefined && typeof onEvent !== 'function')
    throw new PoolError('INVALID_SETTINGS', 'onEvent must be a function.');
  const emit = (event: PoolEvent) => {
    try {
      onEvent?.(event);
    } catch {
      // A listener that throws must not break the query that it is told about.
    }
  };
  let entries = new Map(
    resolveAll(databases, environment).map((settings) => [settings.name, createEntry(settings, emit)]),
  );
  const closing = new Set<Promise<void>>();
  let isClosed = false;

  function retire(entry: Entry, deadlineMs: number): void {
    const closed = entry.close(deadlineMs).finally(() => closing.delete(closed));
    closing.add(closed);
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
    reload: (next) => {
      if (isClosed) throw new PoolError('CLOSED', 'The pools are closed.');
      const resolved = resolveAll(next, environment);
      const previous = entries;
      const isUnchanged = (settings: ResolvedSettings) =>
        isDeepStrictEqual(previous.get(settings.name)?.settings, settings);
      entries = new Map(
        resolved.map((settings) => {
          const kept = isUnchanged(settings) ? previous.get(settings.name) : undefined;
          return [settings.name, kept ?? createEntry(settings, emit)];
        }),
      );
      for (const [name, entry] of previous) if (entries.get(name) !== entry) retire(entry, CLOSE_DEADLINE_MS);
      const names = resolved.map(({ name }) => name);
      return {
        added: names.filter((name) => !previous.has(name)),
        replaced: names.filter((name) => previous.has(name) && previous.get(name) !== entries.get(name)),
        removed: [...previous.keys()].filter((name) => !entries.has(name)),
        unchanged: names.filter((name) => previous.get(name) === entries.get(name)),
      };
    },
    close: async ({ deadlineMs = CLOSE_DEADLINE_MS, ...unknown } = {}) => {
      refuseUnknown('close', unknown);
      if (!Number.isInteger(deadlineMs) || deadlineMs < 0 || deadlineMs > MAX_TIMER_MS)
        throw new PoolError('INVALID_SETTINGS', `deadlineMs must be a whole number from 0 to ${MAX_TIMER_MS}.`);
      isClosed = true;
      for (const entry of entries.values()) retire(entry, deadlineMs);
      await Promise.all(closing);
    },
  };
}
