/**
 * URL parameters of libpq and of other drivers that set nothing here, each with what to do instead. Only these are named in an error: any
 * other word behind "?" may be a piece of a password.
 */
const FOREIGN_PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['client_encoding', 'leave it out: the encoding is always UTF8'],
  ['connection_limit', 'set maxConnections instead'],
  ['gssencmode', 'leave it out: GSSAPI is not used'],
  ['hostaddr', 'give the address as host'],
  ['pgbouncer', 'set pooler to "transaction" instead'],
  ['pool_timeout', 'set borrowTimeoutMs instead'],
  ['requiressl', 'use sslmode=require, or better verify-full'],
  ['require_auth', 'use channel_binding=require'],
  ['schema', 'set searchPath instead'],
  ['search_path', 'set searchPath instead'],
  ['service', 'service files are not read; write its settings here'],
  ['ssl', 'use sslmode=require, or better verify-full'],
  ['sslcrl', 'lists of revoked certificates are not read'],
  ['sslcrldir', 'lists of revoked certificates are not read'],
  ['sslnegotiation', 'leave it out: TLS begins with a request to the server'],
  ['sslpassword', 'keys with a password are not read'],
  ['statement_timeout', 'set statementTimeoutMs instead'],
  ['uselibpqcompat', 'leave it out: sslmode has the meaning of libpq'],
]);

/** Values that ask for nothing but what is done anyway. */
const HARMLESS: ReadonlyMap<string, readonly string[]> = new Map([
  ['client_encoding', ['utf8', 'utf-8', 'auto']],
  ['gssencmode', ['disable', 'prefer']],
  ['sslnegotiation', ['postgres']],
  ['uselibpqcompat', ['true']],
]);

/** Whether a URL parameter may be passed over. */
export function isHarmless(parameter: string, value: string): boolean {
  return HARMLESS.get(parameter)?.includes(value.toLowerCase()) ?? false;
}

/** What to say of a URL parameter that is not understood; never more than its name, and that only where it is known. */
export function describeUnknown(parameter: string): string {
  const cure = FOREIGN_PARAMETERS.get(parameter);
  return cure === undefined ? 'an unknown parameter' : `the unknown parameter ${parameter} (${cure})`;
}

/** libpq would connect more strictly because of these, so passing over them in silence would weaken a connection. */
const STRICTER_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['PGREQUIREAUTH', 'use PGCHANNELBINDING=require'],
  ['PGREQUIREPEER', 'unset it'],
  ['PGREQUIRESSL', 'use PGSSLMODE=require, or better verify-full'],
  ['PGSSLCRL', 'lists of revoked certificates are not read'],
  ['PGSSLCRLDIR', 'lists of revoked certificates are not read'],
]);

/** libpq would take the host from these. */
const PLACE_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['PGSERVICE', 'service files are not read; write host, database and user here'],
  ['PGHOSTADDR', 'put the address into PGHOST'],
]);

/**
 * The problem with a variable of libpq that is set, is not read here, and would matter; undefined when there is none.
 *
 * @param namesHost whether the settings, the URL or PGHOST say where the server is.
 */
export function problemOfVariables(
  environment: Readonly<Record<string, string | undefined>>,
  namesHost: boolean,
): string | undefined {
  for (const [variable, cure] of [...STRICTER_VARIABLES, ...(namesHost ? [] : PLACE_VARIABLES)])
    if (environment[variable]) return `${variable} is set, which is not understood here (${cure})`;
  return undefined;
}
