import { z } from 'zod';
import { firstWithin } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput, paramsInput, sqlInput } from '../inputs.ts';

/** Shows how PostgreSQL would run, or ran, a statement. */
export const explainQuery = defineTool({
  name: 'explain_query',
  title: 'Explain SQL',
  description:
    'Shows how PostgreSQL plans one read-only SQL statement, with remarks; with analyze it runs it (read-only) for actual times.',
  input: z.strictObject({
    sql: sqlInput.describe('The statement itself, without EXPLAIN.'),
    analyze: z.boolean().optional().describe('Run it and report what happened. Default false.'),
    params: paramsInput,
    database: databaseInput,
  }),
  output: z.object({
    database: z.string(),
    analyzed: z.boolean(),
    remarks: z.array(z.string()),
    plan: z.string(),
    total_cost: z.number().optional(),
    estimated_rows: z.number().optional(),
    planning_ms: z.number().optional(),
    execution_ms: z.number().optional(),
    notice: z.string().optional(),
  }),
  annotations: READS_ONLY,
  toolset: 'core',
  scope: 'db:read',
  async run({ sql, analyze = false, params, database }, { services, call }) {
    const connected = services.databases.resolve(database);
    const explained = await services.executor.explain({ database: connected, sql, parameters: params, analyze }, call);
    const lines = explained.plan.split('\n');
    const shown = firstWithin(lines, services.configuration.server.maxResultTokens);
    return {
      database: connected.name,
      analyzed: analyze,
      ...explained,
      remarks: [...(explained.remarks ?? [])],
      plan: shown.join('\n'),
      ...(shown.length < lines.length && {
        notice: `TRUNCATED at the token cap: ${shown.length} of the ${lines.length} lines of the plan are here, its top first.`,
      }),
    };
  },
});
