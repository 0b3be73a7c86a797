import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { createServerFactory, PgmcpError, type Services, type Serving } from '@pgmcp/server';
import { createHttpApp } from './app.ts';
import { isLoopback } from './listen-address.ts';

/** How long answers to calls that were ended may take to leave, in milliseconds. */
const LAST_ANSWERS_MS = 500;

/**
 * Listens for MCP over HTTP on the configured address.
 * @throws PgmcpError `VALIDATION_ERROR` for an address that others can reach: there is no authentication yet.
 */
export async function serveHttp(services: Services): Promise<Serving> {
  const { host, port, allowedHosts, allowedOrigins } = services.configuration.http;
  if (!isLoopback(host)) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      `Will not listen on ${host}: whoever reaches that address could query your databases without logging in. ` +
        'Use 127.0.0.1 (PG_MCP_HTTP_HOST or --host) and put an authenticating proxy in front.',
    );
  }
  const { app, close } = createHttpApp({
    factory: createServerFactory(services),
    health: services.health,
    allowedHosts,
    allowedOrigins,
    logger: services.logger,
  });
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, hostname: host, port }, ({ port: bound }) => {
      services.logger.info({ url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/mcp` }, 'listening');
      resolve(starting);
    });
    starting.once('error', reject);
  });
  return {
    ended: new Promise((resolve) => server.once('close', () => resolve())),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      await Promise.race([closed, sleep(LAST_ANSWERS_MS)]);
      await close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
