import { z } from 'zod';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput, paramsInput, sqlInput } from '../inputs.ts';

/** Starts a statement and gives back its handle at once. */
export const startQuery = defineTool({
  name: 'start_query',
  title: 'Start SQL in the background',
  description:
    'Starts one read-only SQL statement that runs long or returns many rows, and returns a query_id at once. ' +
    'get_query_result reads the rows, all of one run.',
  input: z.strictObject({ sql: sqlInput, params: paramsInput, database: databaseInput }),
  output: z.object({
    query_id: z.string(),
    database: z.string(),
    status: z.literal('running'),
    notice: z.string(),
  }),
  annotations: { ...READS_ONLY, idempotentHint: false },
  toolset: 'long',
  scope: 'db:read',
  async run({ sql, params, database }, { services, call }) {
    const connected = services.databases.resolve(database);
    const id = await services.backgroundQueries.start({ database: connected, sql, parameters: params }, call);
    const notice = `Call get_query_result with query_id ${id} for the rows, cancel_query to end it.`;
    return { query_id: id, database: connected.name, status: 'running' as const, notice };
  },
});
