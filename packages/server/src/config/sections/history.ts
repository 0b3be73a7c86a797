import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { duration, toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const historySchema = z.strictObject({
  enabled: setting(toggle(), {
    environment: 'PG_MCP_HISTORY_ENABLED',
    description: 'Whether calls are remembered: statements with their literals taken out, never rows or parameters.',
    default: true,
  }),
  maxEntries: setting(wholeNumber(10, 1_000_000), {
    environment: 'PG_MCP_HISTORY_MAX_ENTRIES',
    description: 'Calls at most that the process itself remembers; what the store keeps is bounded by maxAge.',
    default: 5_000,
  }),
  maxAge: setting(duration('1m', '8760h'), {
    environment: 'PG_MCP_HISTORY_MAX_AGE',
    description: 'How long calls are remembered.',
    default: '168h',
  }),
  slowThreshold: setting(duration('1ms', '1h'), {
    environment: 'PG_MCP_HISTORY_SLOW_THRESHOLD',
    description: 'A statement that took at least this long counts as slow.',
    default: '1s',
  }),
  slowPlans: setting(toggle(), {
    environment: 'PG_MCP_HISTORY_SLOW_PLANS',
    description:
      'Whether the plan of a slow statement is asked for afterwards, by EXPLAIN without ANALYZE: the statement does not run again.',
    default: true,
  }),
});

/** What is remembered of calls. */
export interface HistoryConfiguration {
  readonly enabled: boolean;
  readonly maxEntries: number;
  readonly maxAgeMs: number;
  readonly slowThresholdMs: number;
  readonly slowPlans: boolean;
}

/** The history of calls. */
export const historySection = defineSection({
  title: 'History',
  about:
    'What `get_query_history`, `get_slow_queries` and `get_metrics` show. Kept in the process, and in the store when that is a folder or PostgreSQL.',
  schema: historySchema,
  resolve: ({ maxAge, slowThreshold, ...same }): HistoryConfiguration => ({
    ...same,
    maxAgeMs: maxAge,
    slowThresholdMs: slowThreshold,
  }),
});
