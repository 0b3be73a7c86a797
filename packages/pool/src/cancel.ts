import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { Connection } from './connection.ts';
import { toError } from './errors.ts';
import type { ResolvedSettings } from './settings.ts';
import { tlsAttempts } from './ssl.ts';
import { cancelRequest, SSL_REQUEST } from './wire.ts';

/** The whole life of the socket of one CancelRequest. */
const CANCEL_LIMIT_MS = 2_000;

const ACCEPTS_TLS = 'S';

/** By address where it is known: asked again, a name may lead to another server, where the request hits nobody. */
function open({ target, address }: Connection['facts']): Socket {
  if (target.startsWith('/')) return connect(target);
  const separator = target.lastIndexOf(':');
  return connect(Number(target.slice(separator + 1)), address ?? hostOf(target));
}

function hostOf(target: string): string {
  return target.slice(0, target.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
}

async function encrypt(socket: Socket, settings: ResolvedSettings, target: string): Promise<Socket> {
  const host = hostOf(target);
  const attempts = await tlsAttempts(settings, host);
  const options = attempts.find((attempt): attempt is ConnectionOptions => attempt !== false) ?? {};
  // A peer that just closes, as a load balancer without servers does, makes no error of its own.
  const onClose = () => socket.emit('error', new Error('the connection of the cancel request was closed'));
  socket.once('close', onClose);
  socket.write(SSL_REQUEST);
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.off('close', onClose);
  if (reply.toString('latin1') !== ACCEPTS_TLS) throw new Error('the server refused TLS for the cancel request');
  const secure = connectTls({ ...options, socket, host, ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }) });
  await once(secure, 'secureConnect');
  return secure;
}

/**
 * Asks the server to stop the statement that runs on `connection`: a second socket to the same host with the same kind of
 * encryption, one CancelRequest, then waiting until the server has closed it. Only after that can no late cancel hit another
 * statement. The socket is not half-closed after the write: PgBouncer ignores such a request.
 *
 * @param isOwner asked just before the request is written; when the statement has already ended, nothing is sent.
 * @returns whether the request was sent.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export async function sendCancel(
  connection: Connection,
  settings: ResolvedSettings,
  isOwner: () => boolean,
): Promise<boolean> {
  const raw = open(connection.facts);
  // An error that comes after the awaited event has no other listener.
  raw.on('error', () => {});
  let limit: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    limit = setTimeout(
      () => reject(new Error(`no answer to the cancel request within ${CANCEL_LIMIT_MS} ms`)),
      CANCEL_LIMIT_MS,
    );
  });
  try {
    // Not by destroying the socket alone: one that is closed already says so to nobody a second time.
    return await Promise.race([request(raw, connection.facts, settings, isOwner), overdue]);
  } catch (error) {
    throw toError(error);
  } finally {
    clearTimeout(limit);
    raw.destroy();
  }
}

async function request(
  raw: Socket,
  { target, tls, processId, secretKey }: Connection['facts'],
  settings: ResolvedSettings,
  isOwner: () => boolean,
): Promise<boolean> {
  await once(raw, 'connect');
  const socket = tls ? await encrypt(raw, settings, target) : raw;
  if (!isOwner()) return false;
  const closed = once(socket, 'close');
  socket.on('error', () => {});
  socket.resume();
  socket.write(cancelRequest(processId, secretKey));
  await closed;
  return true;
}
