import type { HttpBindings } from '@hono/node-server';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/hono';
import { validateHostHeader } from '@modelcontextprotocol/server';
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
  /** Told what nobody has foreseen; the client learns only that there was something. */
  readonly onFault: (error: unknown) => void;
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

/** Answers requests; what `@hono/node-server` listens with. */
export interface HttpApp {
  fetch(request: Request, environment?: Partial<HttpBindings>): Response | Promise<Response>;
}

/**
 * Serves MCP on `/mcp` (Streamable HTTP, 2026-07-28 and 2025-era clients), `/health` and the well-known documents. Foreign Host and
 * Origin headers are refused with 403, so that a web page cannot reach a server on its reader's machine.
 */
export function createHttpApp(parts: HttpAppParts): HttpApp {
  const { mcp, wellKnown, health, showDatabases, allowedHosts, allowedOrigins, draining, onFault } = parts;
  const hosts = [...LOOPBACK_HOSTS, ...allowedHosts];
  const origins = [...LOOPBACK_HOSTS, ...allowedOrigins.map((origin) => new URL(origin).hostname)];
  const app = new Hono<HttpEnvironment>();
  app.use(hostHeaderValidation(hosts));
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
  const serve = (request: Request, { incoming, outgoing }: Partial<HttpBindings>) =>
    mcp(request, incoming?.socket.remoteAddress, (end) => {
      if (outgoing === undefined) end();
      else outgoing.once('close', end);
    }).catch((error: unknown) => {
      // Hono would write it to standard error as it is, and the listener without it nowhere.
      onFault(error);
      const told = { code: -32_603, message: 'Internal error: the log of the server says why.' };
      return Response.json({ jsonrpc: '2.0', id: null, error: told }, { status: 500 });
    });
  app.all('/mcp', (context) => serve(context.req.raw, context.env ?? {}));
  // A person who opens the address in a browser is told where things are; no name of anything is given away.
  app.notFound((context) =>
    context.text('Nothing is here. MCP clients connect to /mcp; the console is on the admin address.\n', 404),
  );

  /** Calls of programs, without the middlewares: each of them that sets a header copies the answer. */
  async function serveProgram(request: Request, environment: HttpBindings): Promise<Response> {
    const response = await serve(request, environment);
    const { outgoing } = environment;
    // On the answer itself they would make undici headers of its plain ones.
    outgoing.setHeader('X-Content-Type-Options', 'nosniff');
    if (draining()) outgoing.setHeader('Connection', 'close');
    return response;
  }

  return {
    fetch(request, environment = {}) {
      const { incoming, outgoing } = environment;
      const isProgram =
        incoming?.url === '/mcp' &&
        outgoing !== undefined &&
        request.method === 'POST' &&
        // Web pages state where they come from; their answers need the headers of CORS.
        !request.headers.has('origin') &&
        validateHostHeader(request.headers.get('host'), hosts).ok;
      return isProgram ? serveProgram(request, { incoming, outgoing }) : app.fetch(request, environment);
    },
  };
}
