import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server of this machine, and can fall silent without closing anything. */
export interface PausableProxy {
  readonly port: number;
  /** Connections that clients have open. */
  readonly open: number;
  /** From now on nothing passes, in either direction; new connections are accepted and left waiting. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** Starts it on a free port of this machine. */
export async function startPausableProxy(targetPort: number): Promise<PausableProxy> {
  const clients = new Set<Socket>();
  const sockets = new Set<Socket>();
  let paused = false;
  const follow = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('data', (data: Buffer) => void (paused || other.write(data)));
    socket.on('close', () => {
      sockets.delete(socket);
      clients.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    clients.add(client);
    follow(client, target);
    follow(target, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return clients.size;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
