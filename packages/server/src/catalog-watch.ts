import type { Databases } from './databases.ts';
import type { InFlight } from './in-flight.ts';

/** How often a database that is in use is asked whether its structure has changed. */
const CHECK_EVERY_MS = 30_000;

/** A server that nobody has called for so long is left alone, and so are databases that sleep when nobody asks them. */
const IDLE_AFTER_MS = 10 * 60_000;

/**
 * Looks for changes of structure while the server is in use, so that clients which subscribed to a schema hear of it without
 * a call. The question is one cheap query; databases whose structure nobody has read are not asked.
 */
export function watchCatalogs(
  databases: () => Databases,
  inFlight: Pick<InFlight, 'lastStartedAtMs'>,
  signal: AbortSignal,
): void {
  const check = () => {
    if (Date.now() - inFlight.lastStartedAtMs > IDLE_AFTER_MS) return;
    for (const { catalogs } of databases().all) {
      // The cache reports a failure as an event; the next look may do better.
      if (catalogs.current()) catalogs.check().catch(() => undefined);
    }
  };
  const timer = setInterval(check, CHECK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
