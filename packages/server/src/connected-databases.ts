import { createPools, type Database, type PoolEvent, type PoolStats, type Pools } from '@pgmcp/pool';
import { comparable } from './config/comparable.ts';
import { type Configuration, type DatabaseConfiguration, poolSettings } from './config/index.ts';
import { readTextFile } from './config/read-text-file.ts';
import { type ConnectedDatabase, createDatabases, type Databases } from './databases.ts';
import { PgmcpError } from './errors.ts';
import type { InFlight } from './in-flight.ts';
import { withoutSecret } from './observe/index.ts';

/** What a change of the configuration did, as names of databases. */
export interface DatabaseChanges {
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  readonly removed: readonly string[];
}

/** State of a pool, with the caller whose database it serves where a caller has added it. */
export type OwnedPoolStats = PoolStats & Pick<ConnectedDatabase, 'owner'>;

/** The databases of the process, which may change while calls run. A call that has found its database keeps it to its end. */
export interface ConnectedDatabases {
  readonly databases: Databases;
  /** One entry per database; several may have one name when callers have added them. */
  stats(): readonly OwnedPoolStats[];
  /**
   * Takes another configuration: databases whose settings are the same keep their connections. All or nothing.
   * @throws PoolError `INVALID_SETTINGS`, ConfigurationError.
   */
  configure(configuration: Configuration): DatabaseChanges;
  /**
   * Adds a database beside those of the configuration, for one caller or for all. Connects to nothing.
   * @param owner - `callerKey` of the caller; absent: everybody sees it
   * @throws PgmcpError `VALIDATION_ERROR` when this owner sees a database of that name already.
   */
  add(database: DatabaseConfiguration, owner?: string): ConnectedDatabase;
  /**
   * Takes a database away that was added.
   * @returns false when this owner has added none of that name.
   */
  remove(name: string, owner?: string): boolean;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** What {@link createConnectedDatabases} stands on. */
export interface ConnectedDatabasesParts {
  /** With the `callerKey` of the caller who added the database, where one did: its name is that caller's word. */
  onPoolEvent(event: PoolEvent, owner?: string): void;
  readonly inFlight: InFlight;
  /** Puts one database together over its connections, by the rest of the configuration. Opens no connection. */
  connect(
    database: DatabaseConfiguration,
    connections: Database,
    configuration: Configuration,
    owner: string | undefined,
  ): ConnectedDatabase;
}

/** Where a database comes from: the operator's configuration, or a call, then with the caller it belongs to. */
interface Origin {
  readonly added: boolean;
  readonly owner?: string | undefined;
}

const CONFIGURED: Origin = { added: false };

interface Entry {
  readonly configuration: DatabaseConfiguration;
  readonly origin: Origin;
  readonly pools: Pools;
  readonly poolKey: string;
  readonly wholeKey: string;
  readonly connected: ConnectedDatabase;
}

/** What the files say that are read when a database is put together: another content is another database. */
const contentsOf = ({ verifiedQueries, context }: DatabaseConfiguration): readonly unknown[] =>
  [verifiedQueries, context].map((path) => (path === undefined ? null : readTextFile(path)));

/** How long calls under way may go on with a database that is no longer configured, in milliseconds. */
const LAST_CALLS_MS = 600_000;

/** Makes the databases of a configuration. */
export function createConnectedDatabases(
  first: Configuration,
  { onPoolEvent, inFlight, connect }: ConnectedDatabasesParts,
): ConnectedDatabases {
  let configuration = first;
  let entries: readonly Entry[] = [];
  const retiring = new Set<Promise<void>>();
  const closing = new AbortController();

  function make(database: DatabaseConfiguration, origin: Origin, within: Configuration, kept?: Entry): Entry {
    const settings = poolSettings(database, within.server.queryTimeoutMs);
    const poolKey = comparable(settings);
    const { databases: _databases, entries: _entries, notices: _notices, files: _files, ...sections } = within;
    const wholeKey = comparable([poolKey, database, contentsOf(database), sections]);
    if (kept?.wholeKey === wholeKey) return kept;
    const pools =
      kept?.poolKey === poolKey
        ? kept.pools
        : createPools([settings], {
            onEvent:
              origin.owner === undefined
                ? (event) => onPoolEvent(event)
                : (event) => onPoolEvent(withoutPassword(event, database.password?.reveal() ?? ''), origin.owner),
            // What a caller names must not be completed by the login, the files or the options of this process.
            ...(origin.added && { environment: {} }),
          });
    const connected = connect(database, pools.database(database.name), within, origin.owner);
    return {
      configuration: database,
      origin,
      pools,
      poolKey,
      wholeKey,
      connected: origin.owner === undefined ? connected : { ...connected, owner: origin.owner },
    };
  }

  /** Lets the calls under way end with what they have, then ends what nobody uses any more. */
  function retire(before: readonly Entry[]): void {
    const inUse = new Set(entries.flatMap(({ pools, connected }) => [pools, connected] as object[]));
    const left = before.filter(({ connected }) => !inUse.has(connected));
    if (left.length === 0) return;
    const work = async () => {
      await Promise.race([inFlight.passed(LAST_CALLS_MS), aborted(closing.signal)]);
      for (const { connected } of left) connected.catalogs.close();
      await Promise.all(
        left.map(({ pools }) => (inUse.has(pools) ? undefined : pools.close({ deadlineMs: LAST_CALLS_MS }))),
      );
    };
    const done = work().finally(() => retiring.delete(done));
    retiring.add(done);
  }

  function configure(next: Configuration): DatabaseChanges {
    const before = entries;
    const previous = new Map(
      before.flatMap((entry) => (entry.origin.added ? [] : [[entry.configuration.name, entry] as const])),
    );
    const configured: Entry[] = [];
    const names = new Set(next.databases.map(({ name }) => name));
    try {
      for (const database of next.databases)
        configured.push(make(database, CONFIGURED, next, previous.get(database.name)));
      // What a caller added gives way to a database of the operator with the same name.
      const added = before.filter(({ origin, configuration: { name } }) => origin.added && !names.has(name));
      entries = [...configured, ...added.map((entry) => make(entry.configuration, entry.origin, next, entry))];
    } catch (error) {
      const kept = new Set(before.map(({ pools }) => pools));
      for (const { pools } of configured) if (!kept.has(pools)) void pools.close();
      throw error;
    }
    configuration = next;
    retire(before);
    return {
      added: [...names].filter((name) => !previous.has(name)),
      replaced: configured
        .filter((entry) => previous.has(entry.configuration.name) && previous.get(entry.configuration.name) !== entry)
        .map((entry) => entry.configuration.name),
      removed: [...previous.keys()].filter((name) => !names.has(name)),
    };
  }

  configure(first);
  return {
    databases: createDatabases(() => entries.map(({ connected }) => connected)),
    stats: () =>
      entries.flatMap(({ pools, origin: { owner } }) =>
        pools.stats().map((stats) => (owner === undefined ? stats : { ...stats, owner })),
      ),
    configure,
    add(database, owner) {
      const isTaken = entries.some(
        ({ configuration: { name }, origin }) =>
          name === database.name &&
          // What another caller has added is as unknown to this one as if nobody had.
          (owner === undefined || origin.owner === undefined || origin.owner === owner),
      );
      if (isTaken) {
        const message = `There is a database ${JSON.stringify(database.name)} already. Choose another name.`;
        throw new PgmcpError('VALIDATION_ERROR', message);
      }
      const entry = make(database, { added: true, owner }, configuration);
      entries = [...entries, entry];
      return entry.connected;
    },
    remove(name, owner) {
      const found = entries.find(
        ({ configuration: { name: known }, origin }) => known === name && origin.added && origin.owner === owner,
      );
      if (!found) return false;
      const before = entries;
      entries = entries.filter((entry) => entry !== found);
      retire(before);
      return true;
    },
    async close() {
      closing.abort();
      const last = entries;
      for (const { connected } of last) connected.catalogs.close();
      await Promise.all([...retiring, ...last.map(({ pools }) => pools.close())]);
    },
  };
}

/** A server that repeats the password of a caller must not make the log repeat it. */
function withoutPassword(event: PoolEvent, password: string): PoolEvent {
  if (!('error' in event) || event.error === undefined) return event;
  return { ...event, error: new Error(withoutSecret(event.error.message, password)) };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
