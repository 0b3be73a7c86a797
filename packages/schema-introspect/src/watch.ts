import type { CatalogCache } from './cache.ts';
import { checkNotNegative, checkOptions } from './check-options.ts';
import { DDL_CHANNEL } from './ddl-notifier-sql.ts';
import type { Listener } from './ports.ts';

/** Options of {@link watchDdl}. */
export interface WatchDdlOptions {
  /** Default `pgmcp_ddl`; the one given to `ddlNotifierSql`. */
  readonly channel?: string;
  /** Milliseconds of quiet before the cache checks, since a migration sends many notifications. Default 250. */
  readonly quietMs?: number;
}

/**
 * Lets a cache follow DDL within moments instead of at its next interval. Needs what `ddlNotifierSql` creates. Keep the
 * interval too: a lost connection hears nothing.
 *
 * A failed check is reported by the cache's own events.
 *
 * @returns a function that stops watching
 * @throws IntrospectionError `INVALID_OPTIONS`; what the listener throws passes through
 */
export async function watchDdl(
  listener: Listener,
  cache: Pick<CatalogCache, 'check'>,
  options: WatchDdlOptions = {},
): Promise<() => Promise<void>> {
  checkOptions('watchDdl()', options, ['channel', 'quietMs']);
  const { channel = DDL_CHANNEL, quietMs = 250 } = options;
  checkNotNegative('quietMs', quietMs);
  let timer: NodeJS.Timeout | undefined;
  const stop = await listener.listen(channel, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void cache.check().catch(() => {}), quietMs);
    timer.unref();
  });
  return async () => {
    clearTimeout(timer);
    await stop();
  };
}
