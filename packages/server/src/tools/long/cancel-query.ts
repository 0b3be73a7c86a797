import { z } from 'zod';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { findVisible } from './find-visible.ts';
import { queryIdInput } from './query-id-input.ts';

/** Ends a statement that runs in the background. */
export const cancelQuery = defineTool({
  name: 'cancel_query',
  title: 'Cancel background SQL',
  description: 'Ends a statement of start_query on its server. One that has ended already keeps its rows.',
  input: z.strictObject({ query_id: queryIdInput }),
  output: z.object({
    query_id: z.string(),
    status: z.enum(['running', 'complete', 'failed', 'cancelled']),
    notice: z.string().optional(),
  }),
  annotations: READS_ONLY,
  toolset: 'long',
  scope: 'db:read',
  async run({ query_id: id }, { services, call }) {
    await findVisible(services, call.caller, id);
    const { result } = await services.backgroundQueries.cancel(call.caller, id);
    const notice = 'The statement is being ended and has not answered yet.';
    return { query_id: id, status: result.status, ...(result.status === 'running' && { notice }) };
  },
});
