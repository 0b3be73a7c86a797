import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { FORGED, ORDER } from './hostile-database.ts';

/** Answers an SSLRequest: no TLS here. */
const NO_TLS = Buffer.from('N');
const SSL_REQUEST_BYTES = 8;

/** Something that speaks the wire protocol far enough to refuse a login with an order, in colours. */
export interface HostileServer {
  readonly port: number;
  close(): Promise<void>;
}

function refusal(): Buffer {
  const message = `\u001b[31m${FORGED[1]} ${ORDER}. ${'and again '.repeat(500)}`;
  const fields = Buffer.from(`SFATAL\0VFATAL\0C28000\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** Starts it on a free port of this machine. */
export async function startHostileServer(): Promise<HostileServer> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      if (data.length === SSL_REQUEST_BYTES) socket.write(NO_TLS);
      else socket.end(refusal());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
