import type { HttpBindings } from '@hono/node-server';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/hono';
import type { ServiceHealth } from '@pgmcp/server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { createMcpEndpoint } from './mcp-endpoint.ts';

/** Names of this machine, served always. */
export const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** What the public listener serves. */
export interface HttpAppParts {
  readonly mcp: ReturnType<typeof createMcpEndpoint>;
  /** Answers the well-known documents of OAuth; `undefined` for other paths and without an issuer. */
  readonly wellKnown: (request: Request) => Response | undefined;
  readonly health: () => Promise<ServiceHealth>;
  /** Whether `/health` may name databases: not where callers log in. */
  readonly showDatabases: boolean;
  /** Host header values served besides the loopback names, without ports. */
  readonly allowedHosts: readonly string[];
  /** Origin header values served besides loopback origins; scheme and port are not compared. */
  readonly allowedOrigins: readonly string[];
  readonly draining: () => boolean;
}

const HEADERS = [
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
  'Last-Event-ID',
  'Authorization',
  'Content-Type',
];

/** The environment of a request: absent where no socket is behind it. */
export type HttpEnvironment = { Bindings: Partial<HttpBindings> };

/**
 * Serves MCP on `/mcp` (Streamable HTTP, 2026-07-28 and 2025-era clients), `/health` and the well-known documents. Foreign Host and
 * Origin headers are refused with 403, so that a web page cannot reach a server on its reader's machine.
 */
export function createHttpApp(parts: HttpAppParts): Hono<HttpEnvironment> {
  const { mcp, wellKnown, health, showDatabases, allowedHosts, allowedOrigins, draining } = parts;
  const origins = [...LOOPBACK_HOSTS, ...allowedOrigins.map((origin) => new URL(origin).hostname)];
  const app = new Hono<HttpEnvironment>();
  app.use(hostHeaderValidation([...LOOPBACK_HOSTS, ...allowedHosts]));
  app.use(originValidation(origins));
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    // A balancer must not send the next request to a server that is about to end.
    if (draining()) context.header('Connection', 'close');
  });
  // Only origins that were let in come this far.
  app.use(
    '/mcp',
    cors({
      origin: (origin) => origin,
      allowHeaders: HEADERS,
      exposeHeaders: [...HEADERS, 'WWW-Authenticate', 'Retry-After'],
    }),
  );
  app.get('/health', async (context) => {
    const { status, version, databases } = await health();
    return context.json(showDatabases ? { status, version, databases } : { status, version });
  });
  app.get('/.well-known/*', (context) => wellKnown(context.req.raw) ?? context.notFound());
  app.all('/mcp', (context) => {
    const { incoming, outgoing } = context.env ?? {};
    return mcp(context.req.raw, incoming?.socket.remoteAddress, (end) => {
      if (outgoing === undefined) end();
      else outgoing.once('close', end);
    });
  });
  return app;
}
