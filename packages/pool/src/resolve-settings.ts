import { userInfo } from 'node:os';
import { PoolError } from './errors.ts';
import { checkIdentityKey } from './identity-sql.ts';
import { problemOfPlainSettings } from './session-settings.ts';
import {
  CHANNEL_BINDINGS,
  type DatabaseSettings,
  type ResolvedSettings,
  SSL_MODES,
  TARGET_SESSION_ATTRS,
} from './settings.ts';
import { type ParsedUrl, parseConnectionUrl, parsePort } from './url.ts';

/** The environment variables to read defaults from. */
export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 5432;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Limits of the numeric settings: [default, smallest, largest]. */
const NUMBERS = {
  minConnections: [0, 0, 1_000],
  maxConnections: [10, 1, 1_000],
  connectTimeoutMs: [2_000, 1, MAX_TIMER_MS],
  borrowTimeoutMs: [3_000, 1, MAX_TIMER_MS],
  idleTimeoutMs: [30_000, 1, MAX_TIMER_MS],
  maxLifetimeMs: [600_000, 1, MAX_TIMER_MS],
  statementTimeoutMs: [30_000, 1, MAX_TIMER_MS - 1_000],
  idleInTransactionTimeoutMs: [60_000, 1, MAX_TIMER_MS],
  maxReplicaLagMs: [10_000, 1, MAX_TIMER_MS],
  maxMessageBytes: [8 * 1024 * 1024, 1_024, 256 * 1024 * 1024],
} as const satisfies Partial<Record<keyof DatabaseSettings, readonly [number, number, number]>>;

type NumericSetting = keyof typeof NUMBERS;

const TEXTS = [
  'url',
  'host',
  'database',
  'user',
  'sslRootCert',
  'sslCert',
  'sslKey',
  'applicationName',
  'searchPath',
  'timeZone',
  'options',
  'passwordFile',
] as const satisfies readonly (keyof DatabaseSettings)[];

const KNOWN_KEYS: readonly string[] = [
  'name',
  'port',
  'password',
  'sslMode',
  'targetSessionAttrs',
  'channelBinding',
  'pooler',
  'roles',
  'replicas',
  'identity',
  'session',
  'statementsAreGuarded',
  ...TEXTS,
  ...Object.keys(NUMBERS),
] satisfies (keyof DatabaseSettings | string)[];

/** libpq's names of the URL parameters that are understood, with the setting each one sets. */
const URL_PARAMETERS: ReadonlyMap<string, keyof DatabaseSettings> = new Map<string, keyof DatabaseSettings>([
  ['host', 'host'],
  ['port', 'port'],
  ['user', 'user'],
  ['password', 'password'],
  ['dbname', 'database'],
  ['sslmode', 'sslMode'],
  ['sslrootcert', 'sslRootCert'],
  ['sslcert', 'sslCert'],
  ['sslkey', 'sslKey'],
  ['application_name', 'applicationName'],
  ['connect_timeout', 'connectTimeoutMs'],
  ['options', 'options'],
  ['passfile', 'passwordFile'],
  ['target_session_attrs', 'targetSessionAttrs'],
  ['channel_binding', 'channelBinding'],
]);

function invalid(name: string, problem: string): PoolError {
  return new PoolError('INVALID_SETTINGS', `Database "${name}": ${problem}.`, { database: name });
}

/** What one source (URL, environment, caller) says; undefined where it says nothing. */
type Given = { [K in keyof DatabaseSettings]?: DatabaseSettings[K] };

function secondsToMs(name: string, text: string, source: string): number | undefined {
  if (!/^\d{1,6}$/.test(text)) throw invalid(name, `${source} must be a whole number of seconds`);
  return text === '0' ? undefined : Number(text) * 1_000;
}

function fromUrl(name: string, parsed: ParsedUrl): Given {
  const given: Record<string, unknown> = { database: parsed.database, user: parsed.user, password: parsed.password };
  for (const [parameter, value] of parsed.parameters) {
    const key = URL_PARAMETERS.get(parameter);
    if (key === undefined) {
      throw invalid(name, `its URL has an unknown parameter; known are ${[...URL_PARAMETERS.keys()].join(', ')}`);
    }
    if (key === 'connectTimeoutMs') given[key] = secondsToMs(name, value, 'connect_timeout');
    else if (key === 'port') given[key] = parsePort(value) ?? Number.NaN;
    else given[key] = value;
  }
  return given as Given;
}

function fromEnvironment(name: string, environment: Environment): Given {
  // As in libpq a variable that is set to nothing says nothing.
  const timeout = environment['PGCONNECT_TIMEOUT'] || undefined;
  const port = environment['PGPORT'] || undefined;
  return {
    host: environment['PGHOST'],
    port: port === undefined ? undefined : (parsePort(port) ?? Number.NaN),
    database: environment['PGDATABASE'],
    user: environment['PGUSER'],
    password: environment['PGPASSWORD'],
    sslMode: environment['PGSSLMODE'] as Given['sslMode'],
    sslRootCert: environment['PGSSLROOTCERT'],
    sslCert: environment['PGSSLCERT'],
    sslKey: environment['PGSSLKEY'],
    applicationName: environment['PGAPPNAME'],
    options: environment['PGOPTIONS'],
    passwordFile: environment['PGPASSFILE'],
    targetSessionAttrs: environment['PGTARGETSESSIONATTRS'] as Given['targetSessionAttrs'],
    channelBinding: environment['PGCHANNELBINDING'] as Given['channelBinding'],
    connectTimeoutMs: timeout === undefined ? undefined : secondsToMs(name, timeout, 'PGCONNECT_TIMEOUT'),
  };
}

/** The first source that says something; an empty text says nothing, as in libpq. */
function pick<K extends keyof DatabaseSettings>(key: K, sources: readonly Given[]): DatabaseSettings[K] | undefined {
  for (const source of sources) {
    const value = source[key];
    if (value !== undefined && value !== '') return value as DatabaseSettings[K];
  }
  return undefined;
}

function readNumber(name: string, key: NumericSetting, sources: readonly Given[]): number {
  const [fallback, smallest, largest] = NUMBERS[key];
  const value = pick(key, sources) ?? fallback;
  if (!Number.isInteger(value) || value < smallest || value > largest) {
    throw invalid(name, `${key} must be a whole number from ${smallest} to ${largest}`);
  }
  return value;
}

function nearest(word: string, known: readonly string[]): string | undefined {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  return (
    known.find((key) => letters(key) === letters(word)) ??
    known.find((key) => letters(key).includes(letters(word)) || letters(word).includes(letters(key)))
  );
}

function checkShape(settings: DatabaseSettings): void {
  const { name } = settings;
  if (typeof name !== 'string' || name === '') {
    throw new PoolError('INVALID_SETTINGS', 'Every database needs a name: { name: "main", url: "postgresql://..." }.');
  }
  for (const key of Object.keys(settings)) {
    if (KNOWN_KEYS.includes(key)) continue;
    const suggestion = nearest(key, KNOWN_KEYS);
    throw invalid(name, `unknown setting "${key}"${suggestion === undefined ? '' : `, did you mean "${suggestion}"?`}`);
  }
  for (const key of TEXTS) {
    const value = settings[key];
    if (value !== undefined && (typeof value !== 'string' || value.includes('\0')))
      throw invalid(name, `${key} must be a text without zero bytes`);
  }
  if (
    settings.password !== undefined &&
    typeof settings.password !== 'function' &&
    (typeof settings.password !== 'string' || settings.password.includes('\0'))
  ) {
    throw invalid(name, 'password must be a text without zero bytes, or a function that returns it');
  }
  if (
    settings.roles !== undefined &&
    !(Array.isArray(settings.roles) && settings.roles.every((role) => typeof role === 'string' && role !== ''))
  ) {
    throw invalid(name, 'roles must be a list of role names');
  }
}

function readHosts(
  name: string,
  parsed: ParsedUrl | undefined,
  sources: readonly Given[],
  caller: Given,
): ResolvedSettings['hosts'] {
  const port = pick('port', sources) ?? DEFAULT_PORT;
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw invalid(name, 'port must be a whole number from 1 to 65535');
  if (caller.host === undefined && parsed !== undefined && parsed.hosts.length > 0 && !parsed.parameters.has('host')) {
    return parsed.hosts.map((host) => ({ host: host.host || 'localhost', port: caller.port ?? host.port ?? port }));
  }
  return [{ host: pick('host', sources) ?? 'localhost', port: caller.port ?? parsed?.hosts[0]?.port ?? port }];
}

function readReplicas({ name, replicas }: DatabaseSettings, primaryPort: number): ResolvedSettings['replicas'] {
  if (replicas === undefined) return [];
  if (!Array.isArray(replicas)) throw invalid(name, 'replicas must be a list of { host, port }');
  return replicas.map((replica: unknown) => {
    const {
      host,
      port = primaryPort,
      ...unknown
    } = typeof replica === 'object' && replica !== null ? (replica as Record<string, unknown>) : {};
    if (typeof host !== 'string' || host === '' || host.includes('\0') || Object.keys(unknown).length > 0) {
      throw invalid(name, 'each of the replicas must be { host, port } with a host');
    }
    if (typeof port !== 'number' || parsePort(String(port)) === undefined)
      throw invalid(name, 'the port of a replica must be a whole number from 1 to 65535');
    return { host, port };
  });
}

function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // The user id has no entry in the password database, as in many containers.
    return undefined;
  }
}

function readSession({ name, session = {}, statementsAreGuarded = false }: DatabaseSettings) {
  const problem = problemOfPlainSettings(session, 'session');
  if (problem !== undefined) throw invalid(name, problem);
  if (typeof statementsAreGuarded !== 'boolean') throw invalid(name, 'statementsAreGuarded must be true or false');
  return { session, statementsAreGuarded };
}

/**
 * Decides every setting of a database from, in this order: the caller's parts, the URL, the `PG*` variables, the defaults.
 *
 * @param environment where the `PG*` variables are read. Default: `process.env`.
 * @throws PoolError `INVALID_SETTINGS` with the name of the database and of the setting, never with a password.
 * @see https://www.postgresql.org/docs/current/libpq-envars.html
 */
export function resolveSettings(settings: DatabaseSettings, environment: Environment = process.env): ResolvedSettings {
  checkShape(settings);
  const { name } = settings;
  const parsed = settings.url === undefined || settings.url === '' ? undefined : parseConnectionUrl(settings.url);
  const sources: readonly Given[] = [
    settings,
    parsed === undefined ? {} : fromUrl(name, parsed),
    fromEnvironment(name, environment),
  ];

  const sslMode = pick('sslMode', sources) ?? 'prefer';
  if (!SSL_MODES.includes(sslMode)) throw invalid(name, `sslMode must be one of ${SSL_MODES.join(', ')}`);
  const targetSessionAttrs = pick('targetSessionAttrs', sources) ?? 'any';
  if (!TARGET_SESSION_ATTRS.includes(targetSessionAttrs))
    throw invalid(name, `targetSessionAttrs must be one of ${TARGET_SESSION_ATTRS.join(', ')}`);
  const channelBinding = pick('channelBinding', sources) ?? 'prefer';
  if (!CHANNEL_BINDINGS.includes(channelBinding))
    throw invalid(name, `channelBinding must be one of ${CHANNEL_BINDINGS.join(', ')}`);
  if (channelBinding === 'require' && sslMode === 'disable')
    throw invalid(name, 'channelBinding require needs TLS, and sslMode is disable');
  const sslRootCert = pick('sslRootCert', sources);
  if (sslMode === 'verify-ca' && (sslRootCert === undefined || sslRootCert === 'system')) {
    throw invalid(
      name,
      'sslMode verify-ca needs sslRootCert, a file with your own root certificate (with public roots only verify-full is safe)',
    );
  }
  const sslCert = pick('sslCert', sources);
  const sslKey = pick('sslKey', sources);
  if ((sslCert === undefined) !== (sslKey === undefined))
    throw invalid(name, 'sslCert and sslKey must be given together');

  if (settings.identity !== undefined) checkIdentityKey(settings.identity);
  const pooler = settings.pooler ?? 'none';
  if (pooler !== 'none' && pooler !== 'transaction') throw invalid(name, 'pooler must be none or transaction');
  const options = pick('options', sources);
  if (pooler === 'transaction' && options !== undefined)
    throw invalid(name, 'options cannot be sent through a pooler in transaction mode');

  const user = pick('user', sources) ?? systemUser();
  if (user === undefined) throw invalid(name, 'no user: set user, the user in the URL, or PGUSER');

  const number = (key: NumericSetting) => readNumber(name, key, sources);
  const maxConnections = number('maxConnections');
  const minConnections = number('minConnections');
  if (minConnections > maxConnections) throw invalid(name, 'minConnections must not be larger than maxConnections');

  const hosts = readHosts(name, parsed, sources, settings);
  return {
    name,
    hosts,
    database: pick('database', sources) ?? user,
    user,
    password: pick('password', sources),
    sslMode,
    sslRootCert,
    sslCert,
    sslKey,
    applicationName: pick('applicationName', sources) ?? 'pgmcp',
    minConnections,
    maxConnections,
    connectTimeoutMs: number('connectTimeoutMs'),
    borrowTimeoutMs: number('borrowTimeoutMs'),
    idleTimeoutMs: number('idleTimeoutMs'),
    maxLifetimeMs: number('maxLifetimeMs'),
    statementTimeoutMs: number('statementTimeoutMs'),
    idleInTransactionTimeoutMs: number('idleInTransactionTimeoutMs'),
    maxMessageBytes: number('maxMessageBytes'),
    targetSessionAttrs,
    channelBinding,
    passwordFile: pick('passwordFile', sources),
    pooler,
    searchPath: pick('searchPath', sources),
    timeZone: pick('timeZone', sources),
    options,
    roles: settings.roles ?? [],
    identity: settings.identity,
    ...readSession(settings),
    replicas: readReplicas(settings, hosts[0]?.port ?? DEFAULT_PORT),
    maxReplicaLagMs: number('maxReplicaLagMs'),
  };
}

/**
 * Checks settings without making a pool: for a configuration check that connects nowhere.
 *
 * @throws PoolError `INVALID_SETTINGS`, as `createPools` would.
 */
export function checkSettings(settings: DatabaseSettings, environment: Environment = process.env): void {
  resolveSettings(settings, environment);
}
