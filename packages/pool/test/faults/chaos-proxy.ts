import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What happens to the bytes that pass. */
export type Toxic =
  | { readonly kind: 'pass' }
  /** Nothing passes, nothing is closed, and new connections are taken: a network that has gone silent. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** Bytes arrive in pieces of this size. */
  | { readonly kind: 'slice'; readonly bytes: number }
  /** A connection is cut after this many bytes of the server. */
  | { readonly kind: 'limit'; readonly bytes: number }
  /** These bytes come before the next ones of the server. */
  | { readonly kind: 'inject'; readonly bytes: Buffer };

/** A TCP proxy that misbehaves on demand. */
export interface ChaosProxy {
  readonly port: number;
  /** Bytes go through as before, except that they are treated as the toxic says. */
  set(toxic: Toxic): void;
  /** Resets every connection (RST). */
  reset(): void;
  /** Makes the connections of this moment silent for ever; new ones are not affected. */
  strand(): void;
  /** Refuses new connections until `listen`. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  isStranded: boolean;
  served: number;
  injected: Toxic | undefined;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function startChaosProxy(target: { host: string; port: number }): Promise<ChaosProxy> {
  const pairs = new Set<Pair>();
  // Also those whose other half is gone: a stranded server does not hear that its client has left.
  const sockets = new Set<Socket>();
  let toxic: Toxic = { kind: 'pass' };
  let changed: (() => void)[] = [];

  /** Waits as long as this pair is silent. */
  async function whileSilent(pair: Pair): Promise<void> {
    while (pair.isStranded || toxic.kind === 'silence') await new Promise<void>((resolve) => changed.push(resolve));
  }

  async function pass(pair: Pair, from: Socket, to: Socket): Promise<void> {
    const isAnswer = from === pair.server;
    for await (const chunk of from as AsyncIterable<Buffer>) {
      await whileSilent(pair);
      const now = toxic;
      if (now.kind === 'latency') await sleep(now.milliseconds);
      if (isAnswer && now.kind === 'inject' && pair.injected !== now) {
        pair.injected = now;
        to.write(now.bytes);
      }
      if (isAnswer && now.kind === 'limit') {
        pair.served += chunk.length;
        if (pair.served > now.bytes) {
          to.write(chunk.subarray(0, Math.max(0, chunk.length - (pair.served - now.bytes))));
          pair.client.destroy();
          pair.server.destroy();
          return;
        }
      }
      if (now.kind === 'slice') {
        for (let at = 0; at < chunk.length; at += now.bytes) {
          to.write(chunk.subarray(at, at + now.bytes));
          // Lets the other side read each piece by itself.
          await new Promise((resolve) => setImmediate(resolve));
        }
      } else if (!to.write(chunk)) await once(to, 'drain');
    }
    to.end();
  }

  const server = createServer({ pauseOnConnect: true }, (client) => {
    const upstream = connect(target);
    const pair: Pair = { client, server: upstream, isStranded: false, served: 0, injected: undefined };
    pairs.add(pair);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        pairs.delete(pair);
        // The other side hears of it, unless the network is what is broken.
        if (pair.isStranded || toxic.kind === 'silence') return;
        client.destroy();
        upstream.destroy();
      });
    }
    pass(pair, client, upstream).catch(() => {});
    pass(pair, upstream, client).catch(() => {});
    client.resume();
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const wake = () => {
    for (const resume of changed.splice(0)) resume();
    changed = [];
  };
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
    pairs.clear();
  };
  return {
    port,
    set: (next) => {
      toxic = next;
      for (const pair of pairs) pair.served = 0;
      wake();
    },
    reset: () => {
      for (const { client, server: upstream } of pairs) {
        client.resetAndDestroy();
        upstream.destroy();
      }
    },
    strand: () => {
      for (const pair of pairs) pair.isStranded = true;
    },
    refuse: async () => {
      server.close();
      destroyAll();
    },
    listen: () => listen(port),
    close: async () => {
      toxic = { kind: 'pass' };
      for (const pair of pairs) pair.isStranded = false;
      wake();
      destroyAll();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
