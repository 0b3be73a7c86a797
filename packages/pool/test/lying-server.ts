import { createServer, type Socket } from 'node:net';

/** A message of the server: its letter, then its body. */
export function said(type: string, ...parts: readonly (string | Buffer | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part !== 'number') return Buffer.from(part);
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(part);
      return bytes;
    }),
  );
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

export const READY = said('Z', 'I');
export const AUTHENTICATED = said('R', 0);

export const parameter = (name: string, value: string): Buffer => said('S', `${name}\0${value}\0`);
export const done = (tag: string): Buffer => said('C', `${tag}\0`);
export const row = (value: string): Buffer => said('D', Buffer.from([0, 1]), Buffer.byteLength(value), value);
export const COLUMN = said(
  'T',
  Buffer.from([0, 1]),
  'n\0',
  0,
  Buffer.from([0, 0]),
  25,
  Buffer.from([0xff, 0xff]),
  -1,
  Buffer.from([0, 0]),
);
export const failed = (severity: string, code: string, message: string): Buffer =>
  said('E', `S${severity}\0V${severity}\0C${code}\0M${message}\0\0`);

/** What a log-in without a password is answered with. */
export const LOG_IN = Buffer.concat([
  AUTHENTICATED,
  parameter('standard_conforming_strings', 'on'),
  parameter('client_encoding', 'UTF8'),
  parameter('default_transaction_read_only', 'on'),
  said('K', 4711, 42),
  READY,
]);

/** What a read in one flight is answered with when nobody lies. */
export const FLIGHT = Buffer.concat([
  done('BEGIN'),
  COLUMN,
  row('1'),
  done('SELECT 1'),
  done('DEALLOCATE ALL'),
  done('ROLLBACK'),
  said('V', -1),
  READY,
]);

interface Lies {
  /** Answers the start-up message; by default with a log-in that needs no password. */
  readonly logIn?: (socket: Socket) => void;
  /** Answers everything behind it. */
  readonly answer?: (socket: Socket, received: Buffer) => void;
  /** Answers the request for TLS. Default: a refusal. */
  readonly encrypt?: (socket: Socket) => void;
}

/** Something that speaks PostgreSQL's protocol as it likes. */
export interface LyingServer {
  readonly url: string;
  /** Sockets that are open now. */
  readonly open: () => number;
  readonly stop: () => Promise<void>;
}

const SSL_REQUEST_CODE = 80_877_103;
const CANCEL_CODE = 80_877_102;

export async function startLyingServer({
  logIn = (socket) => socket.write(LOG_IN),
  answer = (socket) => socket.write(FLIGHT),
  encrypt = (socket) => socket.write('N'),
}: Lies): Promise<LyingServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let isLoggedIn = false;
    socket.on('data', (received: Buffer) => {
      const code = isLoggedIn || received.length < 8 ? 0 : received.readInt32BE(4);
      if (isLoggedIn) answer(socket, received);
      else if (code === SSL_REQUEST_CODE) encrypt(socket);
      else if (code === CANCEL_CODE) socket.end();
      else {
        isLoggedIn = true;
        logIn(socket);
      }
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `postgresql://ann:secret@127.0.0.1:${port}/shop?sslmode=disable`,
    open: () => sockets.size,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
