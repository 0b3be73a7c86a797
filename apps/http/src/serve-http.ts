import { setTimeout as sleep } from 'node:timers/promises';
import { createServerFactory, PgmcpError, type Services, type Serving } from '@pgmcp/server';
import { createAdminApp } from './admin/admin-app.ts';
import { cannotListen } from './cannot-listen.ts';
import { composeHttp } from './compose.ts';
import { listen } from './listen.ts';
import { isLoopback } from './listen-address.ts';
import { createReadiness } from './readiness.ts';
import type { Telemetry } from './telemetry.ts';

/** How long answers to calls that were ended may take to leave, in milliseconds. */
const LAST_ANSWERS_MS = 500;
/** Two probe intervals of a balancer, and some. */
const DRAIN_DELAY_MS = 5_000;
/** Where collectors look for metrics by convention. */
const ADMIN_PORT = 9464;

/** Listens for MCP over HTTP on the configured address, and for probes and operators on another. */
export async function serveHttp(services: Services, telemetry: Telemetry): Promise<Serving> {
  const { logger } = services;
  const { host, port, adminHost, adminPort, drainDelayMs, drainGraceMs } = services.configuration.http;
  const stack = composeHttp(services, createServerFactory(services), createServerFactory(services, { lasts: true }));
  refuseOpenDoor(services, stack.loggedIn);
  const main = await listen(stack.app, host, port).catch((error: unknown) => {
    throw cannotListen(error, host, port, 'PG_MCP_HTTP_PORT or --port');
  });
  const adminApp = createAdminApp({ services, telemetry, readiness: createReadiness(services, stack.draining) });
  const admin = await listen(adminApp, adminHost, adminPort ?? ADMIN_PORT).catch((error: NodeJS.ErrnoException) => {
    if (adminPort !== undefined || error.code !== 'EADDRINUSE')
      throw cannotListen(error, adminHost, adminPort ?? ADMIN_PORT, 'PG_MCP_HTTP_ADMIN_PORT');
    return listen(adminApp, adminHost, 0);
  });
  logger.info({ url: `${main.url}/mcp`, admin: admin.url, console: `${admin.url}/console/` }, 'listening');
  return {
    ended: new Promise((resolve) => main.server.once('close', () => resolve())),
    async drain(hurry) {
      stack.beginDrain();
      logger.info({ underWay: stack.underWay.count }, 'draining: not ready, still serving');
      await sleep(drainDelayMs ?? (isLoopback(host) ? 0 : DRAIN_DELAY_MS), undefined, { signal: hurry }).catch(
        () => undefined,
      );
      await stack.endSubscriptions();
      // Accepts nothing more; a balancer's idle connections would otherwise keep the listener open.
      main.server.close();
      main.server.closeIdleConnections();
      await stack.underWay.settled(AbortSignal.any([hurry, AbortSignal.timeout(drainGraceMs)]));
      logger.info({ underWay: stack.underWay.count }, 'drained');
    },
    async close() {
      const closed = new Promise<void>((resolve) => main.server.close(() => resolve()));
      main.server.closeIdleConnections();
      await Promise.race([closed, sleep(LAST_ANSWERS_MS)]);
      await stack.close();
      main.server.closeAllConnections();
      admin.server.close();
      admin.server.closeAllConnections();
      await closed;
      await telemetry.close();
    },
  };
}

/** @throws PgmcpError `VALIDATION_ERROR` when others could reach the databases without logging in, or through any web page. */
function refuseOpenDoor({ configuration }: Services, loggedIn: boolean): void {
  const { host, allowedHosts, allowedOrigins } = configuration.http;
  if (isLoopback(host)) return;
  if (!loggedIn) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      `Will not listen on ${host}: whoever reaches that address could query your databases without logging in. ` +
        'Set an issuer, API keys or a trusted proxy (auth.*), or use 127.0.0.1 (PG_MCP_HTTP_HOST or --host).',
    );
  }
  if (allowedHosts.length > 0 && allowedOrigins.length > 0) return;
  throw new PgmcpError(
    'VALIDATION_ERROR',
    `Will not listen on ${host} without knowing its names: set http.allowedHosts (PG_MCP_HTTP_ALLOWED_HOSTS) and ` +
      'http.allowedOrigins (PG_MCP_HTTP_ALLOWED_ORIGINS), so that no web page can reach it by another name.',
  );
}
