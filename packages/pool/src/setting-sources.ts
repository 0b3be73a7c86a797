import { PoolError } from './errors.ts';
import { describeUnknown, isHarmless } from './passed-over.ts';
import type { DatabaseSettings } from './settings.ts';
import { type ParsedUrl, parsePort } from './url.ts';

/** The environment variables to read defaults from. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const DEFAULT_PORT = 5432;

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
  ['load_balance_hosts', 'loadBalanceHosts'],
]);

/** A URL that was put together from an empty variable must not quietly weaken what it was to say. */
const CHOICES: ReadonlySet<keyof DatabaseSettings> = new Set([
  'sslMode',
  'sslRootCert',
  'channelBinding',
  'targetSessionAttrs',
  'loadBalanceHosts',
] as const);

/** libpq takes these as they are, and refuses to connect when they are empty: an empty PGSSLMODE would else be taken for `prefer`. */
const CHOICE_VARIABLES = {
  sslMode: 'PGSSLMODE',
  channelBinding: 'PGCHANNELBINDING',
  targetSessionAttrs: 'PGTARGETSESSIONATTRS',
  loadBalanceHosts: 'PGLOADBALANCEHOSTS',
} as const satisfies Partial<Record<keyof DatabaseSettings, string>>;

export function invalid(name: string, problem: string): PoolError {
  return new PoolError('INVALID_SETTINGS', `Database "${name}": ${problem}.`, { database: name });
}

/** What one source (URL, environment, caller) says; undefined where it says nothing. */
export type Given = { [K in keyof DatabaseSettings]?: DatabaseSettings[K] } & {
  /** One for all hosts, or one for each, as libpq takes them from a text. */
  readonly ports?: readonly number[] | undefined;
};

function readPorts(text: string): readonly number[] {
  return text.split(',').map((port) => (port === '' ? DEFAULT_PORT : (parsePort(port) ?? Number.NaN)));
}

function secondsToMs(name: string, text: string, source: string): number | undefined {
  if (!/^\d{1,6}$/.test(text)) throw invalid(name, `${source} must be a whole number of seconds`);
  return text === '0' ? undefined : Number(text) * 1_000;
}

export function fromUrl(name: string, parsed: ParsedUrl): Given {
  const given: Record<string, unknown> = { database: parsed.database, user: parsed.user, password: parsed.password };
  for (const [parameter, value] of parsed.parameters) {
    const key = URL_PARAMETERS.get(parameter);
    if (key === undefined) {
      if (isHarmless(parameter, value)) continue;
      throw invalid(
        name,
        `its URL has ${describeUnknown(parameter)}; known are ${[...URL_PARAMETERS.keys()].join(', ')}`,
      );
    }
    if (value === '' && CHOICES.has(key))
      throw invalid(name, `its URL gives ${parameter} without a value; write one or leave it out`);
    if (key === 'connectTimeoutMs') given[key] = secondsToMs(name, value, 'connect_timeout');
    else if (key === 'port') given['ports'] = readPorts(value);
    else given[key] = value;
  }
  return given as Given;
}

/**
 * What the `PG*` variables say.
 *
 * @param stronger sources that are asked first: a variable that they overrule is not looked at
 */
export function fromEnvironment(name: string, environment: Environment, stronger: readonly Given[]): Given {
  for (const [key, variable] of Object.entries(CHOICE_VARIABLES))
    if (environment[variable] === '' && pick(key as keyof typeof CHOICE_VARIABLES, stronger) === undefined)
      throw invalid(name, `${variable} is set to nothing; write a value or unset it`);
  // Any other variable that is set to nothing says nothing, as in files for containers that pass on what is unset outside.
  const timeout = environment['PGCONNECT_TIMEOUT'] || undefined;
  const port = environment['PGPORT'] || undefined;
  return {
    host: environment['PGHOST'],
    ports: port === undefined ? undefined : readPorts(port),
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
    loadBalanceHosts: environment['PGLOADBALANCEHOSTS'] as Given['loadBalanceHosts'],
    connectTimeoutMs: timeout === undefined ? undefined : secondsToMs(name, timeout, 'PGCONNECT_TIMEOUT'),
  };
}

/** The first source that says something; an empty text says nothing, as in libpq. */
export function pick<K extends keyof DatabaseSettings>(
  key: K,
  sources: readonly Given[],
): DatabaseSettings[K] | undefined {
  for (const source of sources) {
    const value = source[key];
    if (value !== undefined && value !== '') return value as DatabaseSettings[K];
  }
  return undefined;
}
