import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { byteSize, duration, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const resultsSchema = z.strictObject({
  ttl: setting(duration('10s', '168h'), {
    environment: 'PG_MCP_RESULTS_TTL',
    description: 'How long the rows behind a query_id are kept after the statement has ended.',
    default: '30m',
  }),
  keepRows: setting(wholeNumber(0, 1_000_000), {
    environment: 'PG_MCP_RESULTS_KEEP_ROWS',
    description:
      'Rows that are read, in the same run, of a result that is cut, so that get_query_result can go on. 0: cut results have no query_id.',
    default: 5_000,
  }),
  keepBytes: setting(byteSize('64KiB', '256MiB'), {
    environment: 'PG_MCP_RESULTS_KEEP_BYTES',
    description: 'Bytes that are read of a result that is cut.',
    default: '2MiB',
  }),
  maxRows: setting(wholeNumber(1, 100_000_000), {
    environment: 'PG_MCP_RESULTS_MAX_ROWS',
    description: 'Rows at most that start_query captures of one statement.',
    default: 500_000,
  }),
  maxBytes: setting(byteSize('64KiB', '16384MiB'), {
    environment: 'PG_MCP_RESULTS_MAX_BYTES',
    description: 'Bytes at most that start_query captures of one statement. They are stored compressed.',
    default: '64MiB',
  }),
  maxBytesPerCaller: setting(byteSize('64KiB', '65536MiB'), {
    environment: 'PG_MCP_RESULTS_MAX_BYTES_PER_CALLER',
    description: 'Bytes at most of all results of one caller. The oldest are given up first.',
    default: '128MiB',
  }),
  maxMemory: setting(byteSize('1MiB', '1TiB'), {
    environment: 'PG_MCP_RESULTS_MAX_MEMORY',
    description:
      'Compressed bytes at most of the results of all callers while the store is the memory of the process. The oldest results of whoever holds most are given up first.',
    default: '128MiB',
  }),
  maxPerCaller: setting(wholeNumber(1, 10_000), {
    environment: 'PG_MCP_RESULTS_MAX_PER_CALLER',
    description: 'Results at most of one caller. The oldest that have ended are given up first.',
    default: 20,
  }),
  maxRunningPerCaller: setting(wholeNumber(1, 1_000), {
    environment: 'PG_MCP_RESULTS_MAX_RUNNING_PER_CALLER',
    description: 'Statements of start_query that one caller may have running in one process. Each takes a connection.',
    default: 3,
  }),
  queryTimeout: setting(duration('1s', '24h'), {
    environment: 'PG_MCP_RESULTS_QUERY_TIMEOUT',
    description: 'How long a statement of start_query may run in all.',
    default: '10m',
  }),
});

/** How results are kept behind handles. */
export interface ResultsConfiguration {
  readonly ttlMs: number;
  readonly keepRows: number;
  readonly keepBytes: number;
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly maxBytesPerCaller: number;
  readonly maxMemoryBytes: number;
  readonly maxPerCaller: number;
  readonly maxRunningPerCaller: number;
  readonly queryTimeoutMs: number;
}

/** How results are kept behind handles. */
export const resultsSection = defineSection({
  title: 'Results',
  about:
    'Rows of long statements and of results that were cut, captured once and kept for their caller. They lie where `store` says.',
  schema: resultsSchema,
  resolve({ ttl, queryTimeout, maxMemory, ...same }, { problem }): ResultsConfiguration {
    if (same.maxBytes > same.maxBytesPerCaller)
      problem(
        'maxBytes',
        'One result may not be larger than all results of its caller: lower it, or raise maxBytesPerCaller.',
      );
    return { ...same, maxMemoryBytes: maxMemory, ttlMs: ttl, queryTimeoutMs: queryTimeout };
  },
});
