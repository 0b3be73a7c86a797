import type { z } from 'zod';
import { readBlockedWord } from '../../policy/blocked-words.ts';
import { EXTENSIONS } from '../../policy/extensions.ts';
import { MODES, OPERATIONS, type Operation } from '../../policy/operations.ts';
import { choice, lines, toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

/** No bare star and no star for a whole schema: each function is trusted by its name. */
const functionPattern = /^(?:[^\s,;'"()*.]{1,63}\.)?[^\s,;'"()*.]{1,63}\*?$/;

const tablePattern = /^[^\s,;'"()*.]{1,63}\.(?:[^\s,;'"()*.]{1,63}|\*)$/;
const columnPattern = /^[^\s,;'"()*.]{1,63}\.[^\s,;'"()*.]{1,63}\.[^\s,;'"()*.]{1,63}$/;

const tables = () =>
  lines('names separated by commas: schema.table or schema.*, as the catalog stores them', tablePattern);
const columns = () =>
  lines('names separated by commas: schema.table.column, as the catalog stores them', columnPattern);
const operations = OPERATIONS as readonly string[];

/** Also what a database may say for itself. */
export const policySettings = {
  mode: setting(choice(MODES), {
    environment: 'PG_MCP_SECURITY_MODE',
    description:
      'What statements may do: read-only reads; standard also changes rows, through the write tools; admin also changes structure, through the maintenance tools. Without it: read-only, or standard when PG_MCP_SECURITY_READONLY_MODE is false. The scopes of a caller narrow it.',
    example: 'standard',
  }),
  readonlyMode: setting(toggle(), {
    environment: 'PG_MCP_SECURITY_READONLY_MODE',
    description:
      'true: read-only; false: standard, unless PG_MCP_SECURITY_MODE says admin. Another way to write the mode.',
    example: true,
  }),
  allowedOperations: setting(
    lines(`words separated by commas, of ${OPERATIONS.join(', ')}`, /^[A-Za-z-]{1,40}$/, (word) =>
      operations.includes(word.toLowerCase()),
    ),
    {
      environment: 'PG_MCP_SECURITY_ALLOWED_OPERATIONS',
      description:
        'The only kinds of statements that run, of those that the mode has. Naming truncate, refresh, grant or a word with a hyphen also asks for what the mode holds back. Without it: everything that the mode has.',
      example: 'select, explain, insert',
    },
  ),
  blockedKeywords: setting(lines('words separated by commas: kinds of statements and functions', /^.{1,130}$/u), {
    environment: 'PG_MCP_SECURITY_BLOCKED_KEYWORDS',
    description:
      'Kinds of statements (DROP, TRUNCATE) and functions (pg_total_relation_size, upper()) that are refused wherever they stand. Judged on the parse tree: the same word in a value, a name or a comment is no reason.',
    example: 'DROP, TRUNCATE, pg_total_relation_size',
  }),
  maxQueryLength: setting(wholeNumber(1, 65_536), {
    environment: 'PG_MCP_SECURITY_MAX_QUERY_LENGTH',
    description: 'Bytes of a statement at most. Without it: 32768.',
    example: 10_000,
  }),
  allowedTables: setting(tables(), {
    environment: 'PG_MCP_SECURITY_ALLOWED_TABLES',
    description:
      'The only tables and views that statements may name. A view named here without a star shows what it was made to show; others are judged by what they contain.',
    example: 'shop.orders, reporting.*',
  }),
  deniedTables: setting(tables(), {
    environment: 'PG_MCP_SECURITY_DENIED_TABLES',
    description: 'Tables and views that no statement may reach, also not through views, partitions or parents.',
    example: 'shop.payment_cards',
  }),
  deniedColumns: setting(columns(), {
    environment: 'PG_MCP_SECURITY_DENIED_COLUMNS',
    description: 'Columns that no statement may use.',
    example: 'shop.customers.password_hash',
  }),
  maskedColumns: setting(columns(), {
    environment: 'PG_MCP_SECURITY_MASKED_COLUMNS',
    description:
      'Columns that may be selected as they stand and are shown as ***. Any other use of them is refused, and so is writing to their table.',
    example: 'shop.customers.email',
  }),
  hashedColumns: setting(columns(), {
    environment: 'PG_MCP_SECURITY_HASHED_COLUMNS',
    description: 'The same, shown as a keyed hash: equal values have equal hashes, so that rows can be told apart.',
    example: 'shop.customers.phone',
  }),
  allowedFunctions: setting(lines('names separated by commas: name, schema.name or schema.prefix*', functionPattern), {
    environment: 'PG_MCP_SECURITY_ALLOWED_FUNCTIONS',
    description:
      'Functions of your own or of extensions that statements may call besides those of PostgreSQL that are known to be harmless. Each is trusted to read only.',
    example: 'shop.net_price, reports.share_*',
  }),
  allowedExtensions: setting(
    lines(`names separated by commas, of ${EXTENSIONS.join(', ')}`, /^[a-z_-]{1,63}$/, (name) =>
      EXTENSIONS.includes(name),
    ),
    {
      environment: 'PG_MCP_SECURITY_ALLOWED_EXTENSIONS',
      description: `Extensions whose functions statements may call, those that compute and nothing else, by lists that were reviewed: ${EXTENSIONS.join(', ')}. Safer than naming functions: ST_Transform with a text opens files of the server, ST_Transform with a number does not.`,
      example: 'pg_trgm, postgis',
    },
  ),
  maxGeneratedSize: setting(wholeNumber(1, 1_000_000_000), {
    environment: 'PG_MCP_SECURITY_MAX_GENERATED_SIZE',
    description:
      'Largest constant size for functions that build values or rows, such as repeat and generate_series: PostgreSQL builds them before any other limit holds. Rows of a series that are collected into one value are a fifth of it at most. Without it: 1000000.',
    example: 10_000_000,
  }),
  maxPlanCost: setting(wholeNumber(1, 1_000_000_000_000), {
    environment: 'PG_MCP_SECURITY_MAX_PLAN_COST',
    description:
      "Cost of the plan, in the planner's units, above which a statement is refused before it runs. An estimate: the timeout is the real limit. Without it: any cost. 100000 suits most interactive use.",
    example: 100_000,
  }),
  maxPlanRows: setting(wholeNumber(1, 1_000_000_000_000), {
    environment: 'PG_MCP_SECURITY_MAX_PLAN_ROWS',
    description:
      'Rows that some step of the plan is expected to give, above which a statement is refused. Without it: any number.',
    example: 10_000_000,
  }),
  maxSequentialScanRows: setting(wholeNumber(1, 1_000_000_000_000), {
    environment: 'PG_MCP_SECURITY_MAX_SEQUENTIAL_SCAN_ROWS',
    description:
      'Rows of a table, by its statistics, above which a statement that reads it from end to end is refused. Without it: any number.',
    example: 5_000_000,
  }),
};

/** Settings of a policy as an operator wrote them. */
export type WrittenPolicy = {
  readonly [Name in keyof typeof policySettings]?: z.output<(typeof policySettings)[Name]> | undefined;
};

/** What statements may do in one database, before a caller's scopes narrow it. */
export interface PolicyConfiguration {
  readonly mode: (typeof MODES)[number];
  /** The only operations, of those that the mode has; absent: all. */
  readonly allowedOperations?: readonly Operation[];
  readonly blockedOperations: readonly Operation[];
  /** As patterns of the guard. */
  readonly blockedFunctions: readonly string[];
  readonly maxQueryBytes: number;
  readonly allowedTables?: readonly string[];
  readonly deniedTables: readonly string[];
  /** `schema.table.column`, as in the next two. */
  readonly deniedColumns: readonly string[];
  readonly maskedColumns: readonly string[];
  readonly hashedColumns: readonly string[];
  /** Functions that may be called, as `name`, `schema.name` or `schema.prefix*`. */
  readonly allowedFunctions: readonly string[];
  /** Extensions whose harmless functions may be called. */
  readonly allowedExtensions: readonly string[];
  /** Largest constant size for functions that build values or rows. */
  readonly maxGeneratedSize: number;
  /** Limits of a plan; absent: none. */
  readonly maxPlanCost?: number;
  readonly maxPlanRows?: number;
  readonly maxSequentialScanRows?: number;
}

/** What holds where nothing is written. */
export const DEFAULT_POLICY: PolicyConfiguration = {
  mode: 'read-only',
  blockedOperations: [],
  blockedFunctions: [],
  maxQueryBytes: 32_768,
  deniedTables: [],
  deniedColumns: [],
  maskedColumns: [],
  hashedColumns: [],
  allowedFunctions: [],
  allowedExtensions: [],
  maxGeneratedSize: 1_000_000,
};

type Report = (name: string, message: string) => void;

/** Reads what was written into what it means; only what was written is there. */
export function readPolicy(
  written: WrittenPolicy,
  problem: Report,
  notice: (message: string) => void = () => undefined,
): Partial<PolicyConfiguration> {
  const { mode, readonlyMode, allowedOperations, blockedKeywords, maxQueryLength, ...same } = written;
  if (mode !== undefined && readonlyMode !== undefined && (mode === 'read-only') !== readonlyMode) {
    problem('readonlyMode', `It contradicts the mode, which is ${mode}. Remove one of the two.`);
  }
  const chosen = mode ?? (readonlyMode === undefined ? undefined : readonlyMode ? 'read-only' : 'standard');
  const blockedOperations: Operation[] = [];
  const blockedFunctions: string[] = [];
  for (const [index, word] of (blockedKeywords ?? []).entries()) {
    const read = readBlockedWord(word);
    if ('cure' in read) problem('blockedKeywords', `Word ${index + 1} of the list is neither. ${read.cure}`);
    else if ('operations' in read) blockedOperations.push(...read.operations);
    else if ('functions' in read) blockedFunctions.push(...read.functions);
    else
      notice(`Blocked keyword ${word.toUpperCase()}: no mode accepts such a statement, so there is nothing to block.`);
  }
  return withoutAbsent({
    ...same,
    mode: chosen,
    allowedOperations: allowedOperations?.map((word) => word.toLowerCase() as Operation),
    ...(blockedKeywords !== undefined && { blockedOperations, blockedFunctions }),
    maxQueryBytes: maxQueryLength,
  });
}

function withoutAbsent<Value extends object>(
  value: Value,
): { [Name in keyof Value]?: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}
