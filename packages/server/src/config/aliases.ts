import { environmentSource, write } from './environment.ts';
import type { Environment, Section } from './source.ts';

/** A variable that similar servers read, and the one it stands for here. */
export interface Alias {
  readonly name: string;
  /** The variable of this server. */
  readonly target: string;
  /** Section and name of its setting. */
  readonly section: string;
  readonly setting: string;
  /** How the value is read, for the documentation; absent when it is taken as it stands. */
  readonly reading?: string;
  /** Says the value as this server's variable takes it; `undefined` leaves it aside. */
  readonly convert?: (value: string) => string | undefined;
}

const isNumber = (value: string): boolean => /^\d+(\.\d+)?$/.test(value.trim());
const withUnit = (unit: string) => (value: string) => (isNumber(value) ? `${value.trim()}${unit}` : value);

const LEVELS: Readonly<Record<string, string>> = {
  warning: 'warn',
  critical: 'fatal',
  notice: 'info',
  verbose: 'debug',
};
const level = (value: string): string => LEVELS[value.toLowerCase()] ?? value.toLowerCase();

const seconds = { reading: 'a plain number is seconds' };
const database = (name: string, target: string, setting: string, more: Partial<Alias> = {}): Alias => ({
  name,
  target: `PG_MCP_DATABASE_${target}`,
  section: 'databases',
  setting,
  ...more,
});
const security = (name: string, setting: string, more: Partial<Alias> = {}): Alias => ({
  name,
  target: `PG_MCP_SECURITY_${name}`,
  section: 'security',
  setting,
  ...more,
});
const monitoring = (name: string, target: string, setting: string, more: Partial<Alias> = {}): Alias => ({
  name,
  target: `PG_MCP_MONITORING_${target}`,
  section: 'monitoring',
  setting,
  ...more,
});
const mebibytes = { reading: 'a plain number is MiB', convert: withUnit('MiB') };

/** Every alias, in the order of the documentation. */
export const ALIASES: readonly Alias[] = [
  { name: 'MCP_SERVER_PORT', target: 'PG_MCP_HTTP_PORT', section: 'http', setting: 'port' },
  { name: 'MCP_SERVER_HOST', target: 'PG_MCP_HTTP_HOST', section: 'http', setting: 'host' },
  {
    name: 'MCP_LOG_LEVEL',
    target: 'PG_MCP_SERVER_LOG_LEVEL',
    section: 'server',
    setting: 'logLevel',
    reading: 'WARNING is warn, CRITICAL is fatal',
    convert: level,
  },
  database('DB_HOST', 'HOST', 'host'),
  database('DB_PORT', 'PORT', 'port'),
  database('DB_NAME', 'DBNAME', 'dbname'),
  database('DB_DATABASE', 'DBNAME', 'dbname'),
  database('DB_USER', 'USER', 'user'),
  database('DB_PASSWORD', 'PASSWORD', 'password'),
  database('DB_SSL_MODE', 'SSL_MODE', 'sslMode'),
  database('DB_SSLMODE', 'SSL_MODE', 'sslMode'),
  database('DEFAULT_POOL_SIZE', 'MIN_POOL_SIZE', 'minPoolSize', { reading: 'connections kept open' }),
  database('MAX_CONNECTIONS', 'MAX_POOL_SIZE', 'maxPoolSize'),
  database('CONNECTION_TIMEOUT', 'CONNECT_TIMEOUT', 'connectTimeout', seconds),
  database('IDLE_CONNECTION_TIMEOUT', 'IDLE_TIMEOUT', 'idleTimeout', seconds),
  {
    name: 'QUERY_TIMEOUT',
    target: 'PG_MCP_SERVER_QUERY_TIMEOUT',
    section: 'server',
    setting: 'queryTimeout',
    ...seconds,
  },
  security('READONLY_MODE', 'readonlyMode', {
    reading: 'only true: nothing but a name of this server lets statements write',
    convert: (value) => (/^(true|yes|on|1)$/i.test(value.trim()) ? 'true' : undefined),
  }),
  security('ALLOWED_OPERATIONS', 'allowedOperations'),
  security('BLOCKED_KEYWORDS', 'blockedKeywords'),
  security('MAX_QUERY_LENGTH', 'maxQueryLength'),
  {
    name: 'ENABLE_QUERY_LOGGING',
    target: 'PG_MCP_TELEMETRY_LOG_SQL',
    section: 'telemetry',
    setting: 'logSql',
    reading: 'true is normalized, false is none',
    convert: (value) => (/^(true|yes|on|1)$/i.test(value.trim()) ? 'normalized' : 'none'),
  },
  {
    name: 'SLOW_QUERY_THRESHOLD',
    target: 'PG_MCP_HISTORY_SLOW_THRESHOLD',
    section: 'history',
    setting: 'slowThreshold',
    reading: 'a plain number is milliseconds',
    convert: withUnit('ms'),
  },
  monitoring('HEALTH_CHECK_INTERVAL', 'INTERVAL', 'interval', seconds),
  monitoring('MEMORY_WARNING_THRESHOLD', 'MEMORY_WARNING', 'memoryWarning', mebibytes),
  monitoring('MEMORY_CRITICAL_THRESHOLD', 'MEMORY_CRITICAL', 'memoryCritical', mebibytes),
  monitoring('CPU_WARNING_THRESHOLD', 'CPU_WARNING', 'cpuWarning', { reading: 'percent of one processor' }),
  monitoring('CPU_CRITICAL_THRESHOLD', 'CPU_CRITICAL', 'cpuCritical', { reading: 'percent of one processor' }),
];

/** What names a database: read only when nothing of this server does. */
const LOCATION: ReadonlySet<string> = new Set(['host', 'port', 'dbname', 'user', 'password', 'sslMode']);

/** What the aliases say. */
export interface AliasValues {
  /** Below everything that this server's own names say. */
  readonly sections: Map<string, Section>;
  /** The part of `databases` that names one. */
  readonly location: Section;
  readonly notices: readonly string[];
}

/**
 * Reads the names that similar servers use. Many of them are so general that another program may be meant, hence every use is
 * told, and each gives way to the file and to this server's own variables.
 *
 * @param mayNameDatabase - whether nothing of this server's own names one
 */
export function readAliases(environment: Environment, mayNameDatabase: boolean): AliasValues {
  const sections = new Map<string, Section>();
  const location: Section = new Map();
  const notices: string[] = [];
  for (const { name, target, section, setting, convert = String } of ALIASES) {
    const raw = environment[name];
    if (raw === undefined || raw === '') continue;
    const isLocation = section === 'databases' && LOCATION.has(setting);
    if (isLocation && !mayNameDatabase) continue;
    const value = convert(raw);
    if (value === undefined || environment[target]) {
      const reason = value === undefined ? 'only true is taken from it' : `${target} is set`;
      notices.push(`${name} is set but not used, because ${reason}.`);
      continue;
    }
    notices.push(`${name} is read as ${target}. Use that name: it is this server's own, and wins over it.`);
    const written = { value, source: environmentSource(name) };
    if (isLocation) location.set(setting, written);
    else write(sections, section, setting, written);
  }
  return { sections, location, notices };
}
