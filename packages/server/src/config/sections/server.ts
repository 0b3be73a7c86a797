import { z } from 'zod';
import { TOOLSET_WORDS, type ToolsetWord } from '../../tools/toolset.ts';
import { defineSection } from '../define-section.ts';
import { byteSize, choice, choices, duration, toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const serverSchema = z.strictObject({
  toolsets: setting(choices(TOOLSET_WORDS), {
    environment: 'PG_MCP_SERVER_TOOLSETS',
    description:
      'Which groups of tools clients see (docs/tools.md). default stands for core, long, write and maintenance; a tool that the mode does not allow is absent all the same.',
    default: 'default',
  }),
  cacheRefreshInterval: setting(duration('1s', '24h'), {
    environment: 'PG_MCP_SERVER_CACHE_REFRESH_INTERVAL',
    description: 'How old the snapshot of the schema may get before it is read again.',
    default: '3600s',
  }),
  schemaNotifications: setting(toggle(), {
    environment: 'PG_MCP_SERVER_SCHEMA_NOTIFICATIONS',
    description:
      'Listen for changes of the schema that an event trigger announces (pgmcp doctor --schema-notifier prints it for an administrator). Takes one connection of each database; not through a pooler in transaction mode. Without it changes are found by asking.',
    default: false,
  }),
  maxResultRows: setting(wholeNumber(1, 1_000_000), {
    environment: 'PG_MCP_SERVER_MAX_RESULT_ROWS',
    description: 'Rows of a result at most. A larger limit in a call is lowered to this, with a notice.',
    default: 1000,
  }),
  maxResultBytes: setting(byteSize('1KiB', '256MiB'), {
    environment: 'PG_MCP_SERVER_MAX_RESULT_BYTES',
    description:
      'Bytes of a result at most. Several stdio clients end the connection at a message of 10 MiB, and a result is sent twice in it.',
    default: '1MiB',
  }),
  maxResultTokens: setting(wholeNumber(200, 100_000_000), {
    environment: 'PG_MCP_SERVER_MAX_RESULT_TOKENS',
    description: 'Estimated tokens of the rows of a result at most.',
    default: 20_000,
  }),
  maxCellCharacters: setting(wholeNumber(100, 100_000_000), {
    environment: 'PG_MCP_SERVER_MAX_CELL_CHARACTERS',
    description: 'Characters of one cell at most. A longer one is cut, and a notice lists it.',
    default: 8000,
  }),
  queryTimeout: setting(duration('100ms', '1h'), {
    environment: 'PG_MCP_SERVER_QUERY_TIMEOUT',
    description: 'How long one statement may run. A statement that timed out is never tried again.',
    default: '30s',
  }),
  useReadonlyTransactions: setting(toggle(), {
    environment: 'PG_MCP_SERVER_USE_READONLY_TRANSACTIONS',
    description:
      'A check on the mode: true refuses to start in a mode that writes, false in one that does not (see PG_MCP_SECURITY_MODE). Statements of the reading tools run in READ ONLY transactions whatever it says.',
    example: true,
  }),
  maxSqlRetry: setting(wholeNumber(0, 5), {
    environment: 'PG_MCP_SERVER_MAX_SQL_RETRY',
    description: 'How often the model may repair SQL that PostgreSQL or the guard refused.',
    default: 2,
  }),
  enableResultValidation: setting(toggle(), {
    environment: 'PG_MCP_SERVER_ENABLE_RESULT_VALIDATION',
    description:
      'Let the model look at the result once more. Costs one further call, and shows the model a sample of the rows.',
    default: false,
  }),
  logLevel: setting(choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), {
    environment: 'PG_MCP_SERVER_LOG_LEVEL',
    description: 'The least level that is logged, as JSON lines on standard error.',
    flag: 'log-level',
    default: 'info',
  }),
});

/** Limits and behaviour of the server. */
export interface ServerConfiguration {
  /** Toolsets by name; `default` and `all` stand for several. */
  readonly toolsets: readonly ToolsetWord[];
  readonly cacheRefreshIntervalMs: number;
  readonly schemaNotifications: boolean;
  readonly maxResultRows: number;
  readonly maxResultBytes: number;
  readonly maxResultTokens: number;
  readonly maxCellCharacters: number;
  readonly queryTimeoutMs: number;
  /** What the operator expects of the modes; checked when the configuration is loaded. */
  readonly useReadonlyTransactions?: boolean;
  readonly maxSqlRetry: number;
  readonly enableResultValidation: boolean;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

/** Limits of every call and behaviour of the server. */
export const serverSection = defineSection({
  title: 'Server',
  about: 'Limits of every call and behaviour of the server.',
  schema: serverSchema,
  resolve: ({ useReadonlyTransactions, cacheRefreshInterval, queryTimeout, ...same }): ServerConfiguration => ({
    ...same,
    ...(useReadonlyTransactions !== undefined && { useReadonlyTransactions }),
    cacheRefreshIntervalMs: cacheRefreshInterval,
    queryTimeoutMs: queryTimeout,
  }),
});
