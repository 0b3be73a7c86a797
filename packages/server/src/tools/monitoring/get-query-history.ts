import { z } from 'zod';
import type { HistoryEntry } from '../../history/entry.ts';
import { firstWithin, UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { allCallersInput, viewerOf } from './viewer.ts';

/** What was called lately, without literals and rows. */
export const getQueryHistory = defineTool({
  name: 'get_query_history',
  title: 'Get query history',
  description:
    'Lists recent calls, the latest first: tool, statement with its literals as $n, rows, duration, outcome.',
  input: z.strictObject({
    limit: z.int().min(1).max(200).optional().describe('Default 20.'),
    after: z.string().min(1).max(500).optional().describe('next of the page before.'),
    all_callers: allCallersInput,
    database: databaseInput,
  }),
  output: z.object({
    calls: z.array(
      z.object({
        at: z.string(),
        tool: z.string(),
        outcome: z.string(),
        code: z.string().optional(),
        duration_ms: z.number(),
        caller: z.string().optional(),
        statements: z.array(
          z.object({
            database: z.string(),
            sql: z.string().optional(),
            fingerprint: z.string().optional(),
            rows: z.number(),
            bytes: z.number(),
            duration_ms: z.number(),
            refused_by: z.string().optional(),
            sqlstate: z.string().optional(),
          }),
        ),
      }),
    ),
    next: z.string().optional(),
    notice: z.string().optional(),
  }),
  annotations: READS_ONLY,
  toolset: 'monitoring',
  scope: 'db:read',
  available: ({ configuration }) => configuration.history.enabled,
  async run({ limit = 20, after, all_callers: allCallers = false, database }, { services, call }) {
    const name = database === undefined ? undefined : services.databases.resolve(database).name;
    const viewer = viewerOf(call, allCallers);
    const read = async (most: number) => {
      const { items, next } = await services.history.calls(viewer, { database: name, limit: most, after });
      return {
        calls: items.map((entry) => ({ ...present(entry), ...(allCallers && { caller: entry.caller }) })),
        next,
      };
    };
    const page = await read(limit);
    const shown = firstWithin(page.calls, services.configuration.server.maxResultTokens);
    // Read again, for the way on from the last one that is shown.
    const { calls, next } = shown.length < page.calls.length ? await read(shown.length) : page;
    return {
      calls,
      ...(next !== undefined && { next }),
      ...(calls.some(({ statements }) => statements.length > 0) && { notice: UNTRUSTED_TEXT_NOTICE }),
    };
  },
});

function present({ at, tool, outcome, code, durationMs, statements }: HistoryEntry) {
  return {
    at,
    tool,
    outcome,
    ...(code !== undefined && { code }),
    duration_ms: durationMs,
    statements: statements.map(
      ({ database, sql, fingerprint, rows, bytes, durationMs: took, refusedBy, sqlstate }) => ({
        database,
        ...(sql !== undefined && { sql }),
        ...(fingerprint !== undefined && { fingerprint }),
        rows,
        bytes,
        duration_ms: took,
        ...(refusedBy !== undefined && { refused_by: refusedBy }),
        ...(sqlstate !== undefined && { sqlstate }),
      }),
    ),
  };
}
