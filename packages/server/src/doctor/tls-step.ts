import type { Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate } from 'node:tls';
import type { Step } from './step.ts';

/** Where a database should answer, and how. */
export interface HostQuestion {
  readonly host: string;
  readonly port: number;
  readonly sslMode: string;
  readonly timeoutMs: number;
}

/** The first message of a client that wants TLS. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

const NEEDS_TLS = /^(require|verify-)/;

const DAY_MS = 86_400_000;

/**
 * Asks the server for TLS and looks at its certificate, without judging it: whether it is trusted is the log-in's question, which uses the
 * configured authorities.
 */
export async function lookAtTls(socket: Socket, { host, sslMode, timeoutMs }: HostQuestion): Promise<Step> {
  const answer = await firstByte(socket, timeoutMs);
  if (answer === undefined)
    return {
      name: 'TLS',
      status: 'failed',
      detail: 'Something accepts the connection and says nothing.',
      cure: 'Check that the port is a PostgreSQL server: it may be another service, or a frozen one.',
    };
  if (answer === 'N')
    return NEEDS_TLS.test(sslMode)
      ? {
          name: 'TLS',
          status: 'failed',
          detail: `The server offers no TLS, and sslMode is ${sslMode}.`,
          cure: 'Switch TLS on at the server (ssl = on), or set PG_MCP_DATABASE_SSL_MODE to prefer where the network is trusted.',
        }
      : {
          name: 'TLS',
          status: isLocal(host) ? 'ok' : 'warning',
          detail: `The server offers no TLS; sslMode is ${sslMode}.`,
          ...(!isLocal(host) && {
            cure: 'Passwords and rows cross the network readable: switch TLS on at the server.',
          }),
        };
  if (answer !== 'S')
    return {
      name: 'TLS',
      status: 'failed',
      detail: 'What answers there is no PostgreSQL server.',
      cure: 'Check host and port: the answer is not of PostgreSQL’s protocol.',
    };
  if (sslMode === 'disable')
    return {
      name: 'TLS',
      status: isLocal(host) ? 'ok' : 'warning',
      detail: 'The server offers TLS, and sslMode is disable.',
      ...(!isLocal(host) && { cure: 'Use verify-full over a network.' }),
    };
  return describeCertificate(await certificateOf(socket, host, timeoutMs), host, sslMode);
}

function describeCertificate(certificate: PeerCertificate | string, host: string, sslMode: string): Step {
  if (typeof certificate === 'string')
    return {
      name: 'TLS',
      status: 'failed',
      detail: `The TLS handshake failed (${certificate}).`,
      cure: 'Check ssl_min_protocol_version and the certificate of the server, and whether it asks for a client certificate.',
    };
  const expires = Date.parse(certificate.valid_to);
  const days = Math.floor((expires - Date.now()) / DAY_MS);
  const about = `Certificate of ${String(certificate.subject?.CN ?? 'nobody')} by ${String(certificate.issuer?.CN ?? 'nobody')}, ${days} days left`;
  if (days < 0)
    return {
      name: 'TLS',
      status: sslMode.startsWith('verify-') ? 'failed' : 'warning',
      detail: `${about}: it has expired.`,
      cure: 'Renew the certificate of the server.',
    };
  const weak = !sslMode.startsWith('verify-') && !isLocal(host);
  return {
    name: 'TLS',
    status: weak || days < 14 ? 'warning' : 'ok',
    detail: `${about}; sslMode is ${sslMode}.`,
    ...(weak && {
      cure: 'sslMode verify-full also checks who answers: name the authority in PG_MCP_DATABASE_SSL_ROOT_CERT.',
    }),
    ...(!weak && days < 14 && { cure: 'Renew the certificate of the server soon.' }),
  };
}

function firstByte(socket: Socket, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    const end = (byte: string | undefined) => {
      clearTimeout(timer);
      resolve(byte);
    };
    // One byte and no more: a TLS record must stay in the socket.
    socket.once('readable', () => end((socket.read(1) as Buffer | null)?.toString('latin1')));
    socket.once('error', () => end(undefined));
    socket.once('close', () => end(undefined));
    socket.write(SSL_REQUEST);
  });
}

function certificateOf(socket: Socket, host: string, timeoutMs: number): Promise<PeerCertificate | string> {
  return new Promise((resolve) => {
    const secure = connectTls({
      socket,
      rejectUnauthorized: false,
      ...(!/^[\d.:]+$/.test(host) && { servername: host }),
    });
    const timer = setTimeout(() => resolve('no answer'), timeoutMs);
    secure.once('secureConnect', () => {
      clearTimeout(timer);
      resolve(secure.getPeerCertificate());
      secure.destroy();
    });
    secure.once('error', (error: Error & { readonly code?: string }) => {
      clearTimeout(timer);
      resolve(error.code ?? error.message);
    });
  });
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '::1';
}
