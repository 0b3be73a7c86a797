import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { HttpEnvironment } from './app.ts';

/** Above the idle time of any balancer: it must never send a request on a connection that is just being closed. */
const KEEP_ALIVE_MS = 65_000;
/** Larger than any access token in use. */
const MAX_HEADER_BYTES = 16 * 1024;

/** A listening socket. */
export interface Listening {
  readonly server: Server;
  readonly url: string;
}

/** Listens for HTTP. @throws what the operating system says: EADDRINUSE. */
export function listen(app: Hono<HttpEnvironment>, hostname: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname,
        port,
        serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 0 },
      },
      ({ port: bound }) => {
        const host = hostname.includes(':') ? `[${hostname}]` : hostname;
        resolve({ server: server as Server, url: `http://${host}:${bound}` });
      },
    );
    server.once('error', reject);
  });
}
