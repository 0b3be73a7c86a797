import type { Server } from 'node:http';
import { type HttpBindings, serve } from '@hono/node-server';
import type { HttpApp } from './app.ts';

/** Above the idle time of any balancer: it must never send a request on a connection that is just being closed. */
const KEEP_ALIVE_MS = 65_000;
/** Larger than any access token in use. */
const MAX_HEADER_BYTES = 16 * 1024;

/** How long a client may take to send a request; how long it waits for the answer is another matter. Milliseconds. */
export interface RequestTimes {
  readonly headersMs: number;
  /** Headers and body. */
  readonly requestMs: number;
  /** How often what has taken too long is looked for. */
  readonly lookMs: number;
}

/** Whoever sends its request byte by byte holds a connection, and one of the places for calls, for no longer than this. */
const REQUEST_TIMES: RequestTimes = { headersMs: 20_000, requestMs: 60_000, lookMs: 5_000 };

/** A listening socket. */
export interface Listening {
  readonly server: Server;
  readonly url: string;
}

/** Listens for HTTP. @throws what the operating system says: EADDRINUSE. */
export function listen(
  app: HttpApp,
  hostname: string,
  port: number,
  { headersMs, requestMs, lookMs }: RequestTimes = REQUEST_TIMES,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, environment) => app.fetch(request, environment as HttpBindings),
        hostname,
        port,
        serverOptions: {
          keepAliveTimeout: KEEP_ALIVE_MS,
          maxHeaderSize: MAX_HEADER_BYTES,
          headersTimeout: headersMs,
          requestTimeout: requestMs,
          connectionsCheckingInterval: lookMs,
        },
      },
      ({ port: bound }) => {
        const host = hostname.includes(':') ? `[${hostname}]` : hostname;
        resolve({ server: server as Server, url: `http://${host}:${bound}` });
      },
    );
    // For good: an accept that fails later, for want of file descriptors, would end the process if nobody listened.
    server.on('error', reject);
  });
}
