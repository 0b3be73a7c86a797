import { PoolError } from './errors.ts';

/** One host of a connection string. */
export interface HostAndPort {
  /** Name, IPv4 or IPv6 address without brackets, or the directory of a unix socket (begins with `/`). */
  readonly host: string;
  /** 1 to 65535; absent when the text names none. */
  readonly port?: number;
}

/** What a connection string says, decoded; nothing is defaulted here. */
export interface ParsedUrl {
  readonly hosts: readonly HostAndPort[];
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  /** The query part, decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A problem with a connection string. Its text never repeats the string, which holds the password. */
function invalid(problem: string): PoolError {
  return new PoolError(
    'INVALID_SETTINGS',
    `The connection URL is not valid: ${problem}. The form is postgresql://user:password@host:port/database?sslmode=require, with odd characters percent-encoded.`,
  );
}

function decode(text: string, part: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    throw invalid(`its ${part} holds a "%" that does not begin a percent-encoded UTF-8 character (write % as %25)`);
  }
  if (decoded.includes('\0')) throw invalid(`its ${part} holds a zero byte`);
  return decoded;
}

/** Reads `1` to `65535`. */
export function parsePort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function parseHost(text: string): HostAndPort {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const separator = text.lastIndexOf(':');
  let host: string;
  let port: string | undefined;
  if (bracketed) {
    if (bracketed[1] === '') throw invalid('the brackets of its host are empty');
    host = decode(bracketed[1] ?? '', 'host');
    port = bracketed[2];
  } else if (separator !== -1) {
    host = decode(text.slice(0, separator), 'host');
    port = text.slice(separator + 1);
  } else {
    host = decode(text, 'host');
  }
  if (!bracketed && host.includes(':') && !host.startsWith('/'))
    throw invalid('an IPv6 address must stand in brackets, like [::1]');
  if (port === undefined || port === '') return { host };
  const number = parsePort(port);
  if (number === undefined)
    throw invalid(
      'its port must be a number from 1 to 65535 (a password with ":", "/" or "@" must be percent-encoded)',
    );
  return { host, port: number };
}

/** Splits at the first occurrence; the second part is undefined when there is none. */
function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function parseParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const [key, value] = splitOnce(pair, '=');
    if (value === undefined) throw invalid('a parameter behind "?" has no "=" and value');
    const name = decode(key, 'parameter name');
    if (parameters.has(name)) throw invalid('a parameter behind "?" is given twice');
    parameters.set(name, decode(value, 'parameter value'));
  }
  return parameters;
}

/**
 * Reads a connection URI as libpq does: `postgresql://user:password@host1:port1,host2:port2/database?parameter=value`.
 * Several hosts, IPv6 in brackets, percent-encoded unix socket directories and every character in a password are understood.
 * Node's `URL` is not used: it refuses lists of hosts and rewrites what it decodes.
 *
 * @throws PoolError `INVALID_SETTINGS`; the message never holds a part of the URL.
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function parseConnectionUrl(url: string): ParsedUrl {
  const scheme = /^postgres(?:ql)?:\/\//i.exec(url);
  if (!scheme) throw invalid('it must begin with postgresql:// or postgres://');
  const [beforeFragment, fragment] = splitOnce(url.slice(scheme[0].length), '#');
  if (fragment !== undefined) throw invalid('it holds a "#" (write it as %23)');
  const [beforeQuery, query] = splitOnce(beforeFragment, '?');
  const [authority, path] = splitOnce(beforeQuery, '/');
  // The last "@" ends the user part, so that a password with a bare "@" still reaches the right host.
  const at = authority.lastIndexOf('@');
  const [user, password] = at === -1 ? [undefined, undefined] : splitOnce(authority.slice(0, at), ':');
  const hostList = authority.slice(at + 1);
  const hosts = hostList === '' ? [] : hostList.split(',').map(parseHost);
  if (path?.includes('/')) throw invalid('its database name holds a "/" (write it as %2F)');
  return {
    hosts,
    ...(path ? { database: decode(path, 'database name') } : {}),
    ...(user ? { user: decode(user, 'user name') } : {}),
    ...(password === undefined ? {} : { password: decode(password, 'password') }),
    parameters: parseParameters(query ?? ''),
  };
}
