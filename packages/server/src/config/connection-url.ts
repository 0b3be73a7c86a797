import { type HostAndPort, type ParsedUrl, PoolError, parseConnectionUrl } from '@pgmcp/pool';

/** What a PostgreSQL connection URL says, as the pool reads it, or what is wrong with it, without a part of it. */
export type ReadUrl = { readonly url: ParsedUrl } | { readonly cure: string };

/**
 * A bare "@" behind the first "/" or "?" is most often that of the credentials: a password with such a character moved what
 * follows it into the place of the database. Read to the letter, the beginning of the password would be a host, and be shown.
 */
const lateAt = /^[a-z]+:\/\/[^/?#]*[/?].*@/is;

/** Reads a connection URL by the rules of the pool. */
export function readConnectionUrl(text: string): ReadUrl {
  if (lateAt.test(text)) {
    return {
      cure:
        'It holds a "@" behind the host. Write it as %40; when it is the one behind the password, ' +
        'write / ? # @ and % in the password as %2F %3F %23 %40 and %25, or give the password apart from the URL.',
    };
  }
  try {
    return { url: parseConnectionUrl(text) };
  } catch (error) {
    if (error instanceof PoolError) return { cure: error.message };
    throw error;
  }
}

/** The database that a URL names: its parameter wins over its path, as in the pool. */
export function databaseOf(url: ParsedUrl): string | undefined {
  return url.parameters.get('dbname') ?? url.database;
}

const shownHost = /^(?:[\w.-]{1,253}|\/[\w./-]{0,252})$/;
const shownAddress = /^[0-9a-f:.]{2,45}$/i;
const shownDatabase = /^[\w.-]{1,63}$/;

function showHost({ host, port }: HostAndPort): string | undefined {
  const text = shownHost.test(host) ? host : shownAddress.test(host) ? `[${host}]` : undefined;
  return text === undefined || port === undefined ? text : `${text}:${port}`;
}

/**
 * What of a URL may be shown to tell databases apart: `host:port,host:port/database`. `undefined` as soon as one host is not
 * certainly a host, since it might be a part of a password.
 */
export function showTarget(url: ParsedUrl): string | undefined {
  const hosts = url.hosts.map(showHost);
  if (hosts.length === 0 || hosts.includes(undefined)) return undefined;
  const database = databaseOf(url);
  return `${hosts.join(',')}${database !== undefined && shownDatabase.test(database) ? `/${database}` : ''}`;
}
