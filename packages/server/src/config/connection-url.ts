/** What a PostgreSQL connection URL says, as far as the configuration must know it. The pool reads it in full. */
export interface ConnectionUrlParts {
  /** Hosts and ports as written, without user and password. */
  readonly hosts: string;
  readonly hasUser: boolean;
  readonly hasPassword: boolean;
  /** Decoded; absent when the URL names none. */
  readonly dbname?: string;
  /** The names of its parameters. */
  readonly parameters: ReadonlySet<string>;
}

const form = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

/**
 * Takes a connection URL apart. Not `new URL()`, which refuses several hosts and folders of sockets.
 *
 * @returns `undefined` when the text has no such form
 */
export function readConnectionUrl(url: string): ConnectionUrlParts | undefined {
  const match = form.exec(url);
  if (match === null) return undefined;
  const [, credentials = '', hosts = '', path = '', query = ''] = match;
  const separator = credentials.indexOf(':');
  const dbname = decoded(path);
  return {
    hosts,
    hasUser: credentials !== '' && separator !== 0,
    hasPassword: separator !== -1 && separator < credentials.length - 1,
    ...(dbname === undefined || dbname === '' ? {} : { dbname }),
    parameters: new Set(new URLSearchParams(query).keys()),
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
