import { checkOptions } from './check-options.ts';
import { IntrospectionError } from './errors.ts';
import type { CatalogEvent, RefreshReason } from './events.ts';
import type { DatabaseCatalog } from './schema.ts';

/** Options of {@link createCatalogCache}. */
export interface CatalogCacheOptions {
  /** Reads the catalog, usually `() => introspect(db)`. */
  readonly load: () => Promise<DatabaseCatalog>;
  /**
   * Cheap question whose answer changes when the structure does, usually `() => readFingerprint(db)`. With it a
   * refresh by interval reads the catalog only after a change.
   */
  readonly fingerprint?: () => Promise<string>;
  /** Milliseconds between refreshes; 0 turns them off. They start with the first {@link CatalogCache.get}. */
  readonly refreshIntervalMs: number;
  readonly onEvent?: (event: CatalogEvent) => void;
}

/** A catalog with its age. */
export interface CachedCatalog {
  readonly catalog: DatabaseCatalog;
  /** When the catalog was read; a check that found the same fingerprint does not move it. */
  readonly readAt: Date;
  /** Milliseconds since the catalog was last known to be right: read, or found unchanged by its fingerprint. */
  readonly ageMs: number;
  /** Fingerprint of the structure when it was read, when the cache has one. */
  readonly fingerprint?: string;
  /** Why the latest refresh failed; absent after one that worked. */
  readonly lastError?: unknown;
}

/** Keeps one catalog and replaces it whole. */
export interface CatalogCache {
  /** The catalog, read on the first call. Calls meanwhile wait for the same reading. Rejects only while there is none. */
  get(): Promise<DatabaseCatalog>;
  /** What is there now, without waiting; undefined before the first reading ended. */
  current(): CachedCatalog | undefined;
  /** Reads again, fingerprint or not, and resolves to the new catalog; rejects when that fails, and keeps the old one. */
  refresh(): Promise<DatabaseCatalog>;
  /** Reads again if the fingerprint changed, or if there is none to ask for; what an interval does, now. */
  check(): Promise<DatabaseCatalog>;
  /** Stops refreshing. A reading under way ends unseen; later calls reject with `CLOSED`. */
  close(): void;
}

interface Snapshot {
  readonly catalog: DatabaseCatalog;
  readonly readAt: number;
  readonly confirmedAt: number;
  readonly fingerprint: string | undefined;
}

/**
 * A cache of one catalog: single flight, atomic swap, and a failure keeps the old catalog and tells its age.
 *
 * Readers always see a whole old or a whole new value, since the value is frozen and the cache swaps one reference.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`
 */
export function createCatalogCache(options: CatalogCacheOptions): CatalogCache {
  checkOptions('createCatalogCache()', options, ['load', 'fingerprint', 'refreshIntervalMs', 'onEvent']);
  const { load, fingerprint, refreshIntervalMs, onEvent = () => {} } = options;
  if (typeof load !== 'function')
    throw new IntrospectionError('INVALID_OPTIONS', 'load must be a function, such as () => introspect(db).');
  // setTimeout takes a 32-bit number; above it fires at once, which would be a busy loop.
  if (!(refreshIntervalMs >= 0 && refreshIntervalMs <= 0x7fffffff)) {
    throw new IntrospectionError('INVALID_OPTIONS', 'refreshIntervalMs must be a number from 0 (off) to 2147483647.');
  }
  let snapshot: Snapshot | undefined;
  let lastError: unknown;
  let inFlight: Promise<DatabaseCatalog> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const schedule = (): void => {
    clearTimeout(timer);
    if (refreshIntervalMs === 0 || closed) return;
    timer = setTimeout(() => void read('interval').catch(() => {}), refreshIntervalMs);
    timer.unref();
  };

  const readOnce = async (reason: RefreshReason): Promise<DatabaseCatalog> => {
    const startedAt = Date.now();
    onEvent({ type: 'refresh-started', reason });
    try {
      // Asked before the reading: a change in between makes the next check read once too often, never too seldom.
      const print = await fingerprint?.();
      if (reason !== 'requested' && snapshot && print !== undefined && print === snapshot.fingerprint) {
        snapshot = { ...snapshot, confirmedAt: Date.now() };
        lastError = undefined;
        onEvent({ type: 'unchanged', durationMs: Date.now() - startedAt });
        return snapshot.catalog;
      }
      const catalog = await load();
      if (closed) throw closedError();
      const now = Date.now();
      snapshot = { catalog, readAt: now, confirmedAt: now, fingerprint: print };
      lastError = undefined;
      onEvent({ type: 'refreshed', reason, durationMs: now - startedAt, tableCount: catalog.tables.length });
      return catalog;
    } catch (error) {
      if (!closed) {
        lastError = error;
        const age = snapshot ? { ageMs: Date.now() - snapshot.confirmedAt } : {};
        onEvent({ type: 'refresh-failed', reason, error, ...age });
      }
      throw error;
    }
  };

  const read = (reason: RefreshReason): Promise<DatabaseCatalog> => {
    if (closed) return Promise.reject(closedError());
    inFlight ??= readOnce(reason).finally(() => {
      inFlight = undefined;
      schedule();
    });
    return inFlight;
  };

  // A reading that began earlier may have seen the state before the change that the caller knows of.
  const readAfterPresent = async (reason: RefreshReason): Promise<DatabaseCatalog> => {
    if (inFlight) await inFlight.catch(() => {});
    return read(reason);
  };

  return {
    get: () => {
      if (closed) return Promise.reject(closedError());
      return snapshot ? Promise.resolve(snapshot.catalog) : read('first-use');
    },
    current: () =>
      snapshot && {
        catalog: snapshot.catalog,
        readAt: new Date(snapshot.readAt),
        ageMs: Date.now() - snapshot.confirmedAt,
        ...(snapshot.fingerprint === undefined ? {} : { fingerprint: snapshot.fingerprint }),
        ...(lastError === undefined ? {} : { lastError }),
      },
    refresh: () => readAfterPresent('requested'),
    check: () => readAfterPresent('notified'),
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function closedError(): IntrospectionError {
  return new IntrospectionError('CLOSED', 'The catalog cache is closed; create a new one.');
}
