import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/hono';
import { createMcpHandler, type McpServerFactory } from '@modelcontextprotocol/server';
import type { Logger, ServiceHealth } from '@pgmcp/server';
import { Hono } from 'hono';

/** Largest request body, in bytes. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** Options of {@link createHttpApp}. */
export interface HttpAppOptions {
  /** Makes a protocol server for each request. */
  readonly factory: McpServerFactory;
  /** State of the databases, for `/health`. */
  readonly health: () => Promise<ServiceHealth>;
  /** Host header values served besides the loopback names, without ports. */
  readonly allowedHosts: readonly string[];
  /** Origin header values served besides loopback origins; scheme and port are not compared. */
  readonly allowedOrigins: readonly string[];
  readonly logger: Logger;
}

/** The app and its end. */
export interface HttpApp {
  readonly app: Hono;
  /** Ends open protocol exchanges. */
  close(): Promise<void>;
}

/**
 * Serves MCP on `/mcp` (Streamable HTTP, 2026-07-28 and 2025-era clients, stateless) and `/health`. Foreign Host and Origin
 * headers are refused with 403, so that a web page cannot reach a server on its reader's machine.
 */
export function createHttpApp({ factory, health, allowedHosts, allowedOrigins, logger }: HttpAppOptions): HttpApp {
  const handler = createMcpHandler(factory, {
    // The first byte leaves at once: clients give up on a silent connection long before a slow statement ends.
    responseMode: 'sse',
    maxRequestBodySize: MAX_BODY_BYTES,
    onerror: (error) => logger.debug({ err: error }, 'protocol error'),
  });
  const app = new Hono();
  app.use(hostHeaderValidation([...LOOPBACK_HOSTS, ...allowedHosts]));
  app.use(originValidation([...LOOPBACK_HOSTS, ...allowedOrigins.map((origin) => new URL(origin).hostname)]));
  app.get('/health', async (context) => context.json(await health()));
  // The handler reads the body itself: what is no JSON gets the protocol's own error.
  app.all('/mcp', (context) => handler.fetch(context.req.raw));
  return { app, close: () => handler.close() };
}
