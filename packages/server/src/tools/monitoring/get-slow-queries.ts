import { z } from 'zod';
import { firstWithin, UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { allCallersInput, viewerOf } from './viewer.ts';

/** Statements that took long, with the plan that PostgreSQL would choose. */
export const getSlowQueries = defineTool({
  name: 'get_slow_queries',
  title: 'Get slow queries',
  description: 'Lists statements that took long, the slowest first, with their literals as $n and the estimated plan.',
  input: z.strictObject({
    limit: z.int().min(1).max(50).optional().describe('Default 10.'),
    all_callers: allCallersInput,
    database: databaseInput,
  }),
  output: z.object({
    threshold_ms: z.number(),
    queries: z.array(
      z.object({
        at: z.string(),
        database: z.string(),
        tool: z.string(),
        sql: z.string(),
        fingerprint: z.string(),
        duration_ms: z.number(),
        rows: z.number(),
        plan: z.string().optional(),
        caller: z.string().optional(),
      }),
    ),
    notice: z.string().optional(),
  }),
  annotations: READS_ONLY,
  toolset: 'monitoring',
  scope: 'db:read',
  available: ({ configuration }) => configuration.history.enabled,
  async run({ limit = 10, all_callers: allCallers = false, database }, { services, call }) {
    const name = database === undefined ? undefined : services.databases.resolve(database).name;
    const found = await services.history.slow(viewerOf(call, allCallers), { database: name, limit });
    const { history, server } = services.configuration;
    const queries = found.map(({ requestId: _, durationMs, caller, ...same }) => ({
      ...same,
      duration_ms: durationMs,
      ...(allCallers && { caller }),
    }));
    const shown = firstWithin(queries, server.maxResultTokens);
    const cut = shown.length < queries.length ? [`The ${shown.length} slowest of ${queries.length}.`] : [];
    return {
      threshold_ms: history.slowThresholdMs,
      queries: shown,
      ...(found.length > 0 && { notice: [...cut, UNTRUSTED_TEXT_NOTICE].join(' ') }),
    };
  },
});
