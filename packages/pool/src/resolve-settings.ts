import { userInfo } from 'node:os';
import { PoolError } from './errors.ts';
import { checkIdentityKey, type IdentityKey } from './identity-sql.ts';
import { problemOfVariables } from './passed-over.ts';
import { readHosts, readReplicas } from './resolve-hosts.ts';
import { readTls } from './resolve-tls.ts';
import { problemOfPlainSettings } from './session-settings.ts';
import {
  DEFAULT_PORT,
  type Environment,
  fromEnvironment,
  fromUrl,
  type Given,
  invalid,
  pick,
} from './setting-sources.ts';
import { type DatabaseSettings, LOAD_BALANCE_HOSTS, type ResolvedSettings, TARGET_SESSION_ATTRS } from './settings.ts';
import { parseConnectionUrl } from './url.ts';

/** A timer that is set to more fires at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Limits of the numeric settings: [default, smallest, largest]. */
const NUMBERS = {
  minConnections: [0, 0, 1_000],
  maxConnections: [10, 1, 1_000],
  connectTimeoutMs: [2_000, 1, MAX_TIMER_MS],
  borrowTimeoutMs: [3_000, 1, MAX_TIMER_MS],
  idleTimeoutMs: [30_000, 1, MAX_TIMER_MS],
  maxLifetimeMs: [600_000, 1, MAX_TIMER_MS],
  statementTimeoutMs: [30_000, 1, MAX_TIMER_MS - 1_000],
  lockTimeoutMs: [5_000, 0, MAX_TIMER_MS],
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
  'loadBalanceHosts',
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
  if (typeof settings !== 'object' || settings === null)
    throw new PoolError('INVALID_SETTINGS', 'A database must be an object: { name: "main", url: "postgresql://..." }.');
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
  for (const key of ['sslMode', 'channelBinding', 'targetSessionAttrs', 'loadBalanceHosts'] as const)
    if ((settings[key] as unknown) === '') throw invalid(name, `${key} is empty; give a value or leave it out`);
}

function copyKey({ id, secret }: IdentityKey): IdentityKey {
  return { id, secret: typeof secret === 'string' ? secret : Uint8Array.from(secret) };
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
  return { session: { ...session }, statementsAreGuarded };
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
  const own: readonly Given[] = [settings, parsed === undefined ? {} : fromUrl(name, parsed)];
  const sources = [...own, fromEnvironment(name, environment, own)];

  const targetSessionAttrs = pick('targetSessionAttrs', sources) ?? 'any';
  if (!TARGET_SESSION_ATTRS.includes(targetSessionAttrs))
    throw invalid(name, `targetSessionAttrs must be one of ${TARGET_SESSION_ATTRS.join(', ')}`);
  const loadBalanceHosts = pick('loadBalanceHosts', sources) ?? 'disable';
  if (!LOAD_BALANCE_HOSTS.includes(loadBalanceHosts))
    throw invalid(name, `loadBalanceHosts must be one of ${LOAD_BALANCE_HOSTS.join(', ')}`);
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
  const namesHost = Boolean(pick('host', sources)) || (parsed?.hosts.length ?? 0) > 0;
  const problem = problemOfVariables(environment, namesHost);
  if (problem !== undefined) throw invalid(name, problem);
  return {
    name,
    hosts,
    database: pick('database', sources) ?? user,
    user,
    password: pick('password', sources),
    ...readTls(name, sources),
    applicationName: pick('applicationName', sources) ?? 'pgmcp',
    minConnections,
    maxConnections,
    connectTimeoutMs: number('connectTimeoutMs'),
    borrowTimeoutMs: number('borrowTimeoutMs'),
    idleTimeoutMs: number('idleTimeoutMs'),
    maxLifetimeMs: number('maxLifetimeMs'),
    statementTimeoutMs: number('statementTimeoutMs'),
    lockTimeoutMs: number('lockTimeoutMs'),
    idleInTransactionTimeoutMs: number('idleInTransactionTimeoutMs'),
    maxMessageBytes: number('maxMessageBytes'),
    targetSessionAttrs,
    loadBalanceHosts,
    passwordFile: pick('passwordFile', sources),
    pooler,
    searchPath: pick('searchPath', sources),
    timeZone: pick('timeZone', sources),
    options,
    // Copies: a list that its owner changes afterwards would be neither checked nor seen as changed by a reload.
    roles: [...(settings.roles ?? [])],
    identity: settings.identity === undefined ? undefined : copyKey(settings.identity),
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
