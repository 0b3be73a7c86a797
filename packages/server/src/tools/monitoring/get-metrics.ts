import { z } from 'zod';
import { callerKey } from '../../call.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { allCallersInput, viewerOf } from './viewer.ts';

/** Numbers over the calls of the last minutes. */
export const getMetrics = defineTool({
  name: 'get_metrics',
  title: 'Get metrics',
  description:
    'Sums up recent calls: how many, success rate, calls per minute, duration (average, median, p95, max), use of limits.',
  input: z.strictObject({
    minutes: z.int().min(1).max(1_440).optional().describe('Default 60.'),
    all_callers: allCallersInput,
    database: databaseInput,
  }),
  output: z.object({
    minutes: z.number(),
    calls: z.number(),
    succeeded: z.number(),
    refused: z.number(),
    failed: z.number(),
    cancelled: z.number(),
    success_rate: z.number(),
    calls_per_minute: z.number(),
    duration_ms: z.object({ average: z.number(), median: z.number(), p95: z.number(), max: z.number() }),
    limits: z.array(z.object({ limit: z.string(), maximum: z.number(), used: z.number(), reset_ms: z.number() })),
  }),
  annotations: READS_ONLY,
  toolset: 'monitoring',
  scope: 'db:read',
  async run({ minutes = 60, all_callers: allCallers = false, database }, { services, call }) {
    const name = database === undefined ? undefined : services.databases.resolve(database).name;
    const summary = services.history.summary(viewerOf(call, allCallers), minutes * 60_000, name);
    const limits = await services.limits.status(callerKey(call.caller));
    const { successRate, callsPerMinute, durationMs, ...counts } = summary;
    return {
      minutes,
      ...counts,
      success_rate: successRate,
      calls_per_minute: callsPerMinute,
      duration_ms: durationMs,
      limits: limits.map(({ limit, maximum, used, resetMs }) => ({ limit, maximum, used, reset_ms: resetMs })),
    };
  },
});
