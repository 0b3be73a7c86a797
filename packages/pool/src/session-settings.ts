import { IDENTITY_SETTING } from './identity-sql.ts';
import type { ResolvedSettings } from './settings.ts';

/**
 * PostgreSQL's own settings that may be chosen, for a database with `session` or for a call with `session.settings`: they change how a
 * statement is planned or what its names and times mean, never what it may do, how long, or how its text is read. Memory and workers
 * are the operator's to weigh: `work_mem` counts for each sort and each worker.
 */
export const SESSION_SETTINGS: readonly string[] = [
  'search_path',
  'TimeZone',
  'work_mem',
  'hash_mem_multiplier',
  'jit',
  'jit_above_cost',
  'max_parallel_workers_per_gather',
  'plan_cache_mode',
  'random_page_cost',
  'seq_page_cost',
  'effective_cache_size',
  'effective_io_concurrency',
  'from_collapse_limit',
  'join_collapse_limit',
  'default_text_search_config',
];

const PLAIN_SETTINGS: ReadonlySet<string> = new Set(SESSION_SETTINGS.map((name) => name.toLowerCase()));
const CUSTOM_SETTING = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+$/i;

/** What is wrong with settings of PostgreSQL's own; undefined when nothing is. Values are for PostgreSQL to judge. */
export function problemOfPlainSettings(settings: unknown, key: string): string | undefined {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    return `${key} must be an object of names and texts`;
  for (const [name, value] of Object.entries(settings)) {
    if (!PLAIN_SETTINGS.has(name.toLowerCase()))
      return `"${name}" in ${key} is not allowed; allowed are ${SESSION_SETTINGS.join(', ')}`;
    if (typeof value !== 'string' || value.includes('\0'))
      return `the value of "${name}" in ${key} must be a text without zero bytes`;
  }
  return undefined;
}

/**
 * What is wrong with the settings of one call. A setting with a dot is how PostgREST and others carry an identity, and whoever writes the
 * SQL can change it by one SELECT of `set_config`: so it needs the word of the database's owner that no such statement comes through.
 */
export function problemOfCallSettings(
  { identity, statementsAreGuarded }: ResolvedSettings,
  settings: Readonly<Record<string, unknown>>,
): string | undefined {
  const plain = Object.entries(settings).filter(([name]) => !CUSTOM_SETTING.test(name));
  for (const [name, value] of Object.entries(settings)) {
    if (!CUSTOM_SETTING.test(name)) continue;
    if (identity !== undefined && name.toLowerCase() === IDENTITY_SETTING)
      return `the setting "${name}" carries signed claims; bind session.claims instead`;
    if (!statementsAreGuarded)
      return `the session setting "${name}" is no identity where a statement can call set_config: sign session.claims, or set statementsAreGuarded: true when a guard refuses such statements`;
    if (typeof value !== 'string' || value.includes('\0'))
      return `the value of "${name}" in session.settings must be a text without zero bytes`;
  }
  return problemOfPlainSettings(Object.fromEntries(plain), 'session.settings');
}
