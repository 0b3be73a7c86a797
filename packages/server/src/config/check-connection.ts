import { checkSettings, type DatabaseSettings, PoolError } from '@pgmcp/pool';
import { poolSettings } from './pool-settings.ts';
import type { DatabaseConfiguration } from './sections/databases.ts';
import type { Environment } from './source.ts';

/** Why no connection can be made with the settings of a database, and what to change. */
interface ConnectionProblem {
  /** The setting to change, or the variable of libpq when its removal would cure it. */
  readonly at: { readonly setting: string } | { readonly variable: string };
  readonly message: string;
}

/** Settings that the message of the pool may be about, where a person set one; else it is about the URL. */
const settingNames = [
  'pooler',
  'sslMode',
  'sslRootCert',
  'sslCert',
  'sslKey',
  'host',
  'port',
  'user',
  'searchPath',
  'timeZone',
  'channelBinding',
  'targetSessionAttrs',
  'replicas',
] as const;

/**
 * Lets the pool check the settings of a database together with the `PG*` variables that complete them: what it refuses
 * would end the program when it starts to serve.
 */
export function checkConnection(
  database: DatabaseConfiguration,
  statementTimeoutMs: number,
  environment: Environment,
): ConnectionProblem | undefined {
  const settings = poolSettings(database, statementTimeoutMs);
  const message = refusal(settings, environment);
  if (message === undefined) return undefined;
  const variable = Object.keys(environment).find(
    (name) => /^PG(?!_MCP_)/.test(name) && refusal(settings, { ...environment, [name]: undefined }) !== message,
  );
  if (variable !== undefined) return { at: { variable }, message };
  const reason = message.slice(`Database "${database.name}": `.length);
  const setting = settingNames.find((name) => database[name] !== undefined && reason.includes(name));
  return { at: { setting: setting ?? 'url' }, message };
}

function refusal(settings: DatabaseSettings, environment: Environment): string | undefined {
  try {
    checkSettings(settings, environment);
    return undefined;
  } catch (error) {
    if (error instanceof PoolError) return error.message;
    throw error;
  }
}
