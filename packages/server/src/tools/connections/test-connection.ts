import { z } from 'zod';
import { findOwn, show } from '../../connections/added-connections.ts';
import { databaseText } from '../../database-text.ts';
import { redact } from '../../observe/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { connectionNameInput, connectionShape, someHostIsAllowed } from './connection-tool.ts';

/** Asks a database that the caller has added whether it answers. */
export const testConnection = defineTool({
  name: 'test_connection',
  title: 'Test a connection',
  description: 'Says whether a connection that you have added answers, how fast, and what server it is.',
  input: z.strictObject({ name: connectionNameInput }),
  output: z.object({
    ...connectionShape,
    status: z.enum(['up', 'down']),
    latency_ms: z.number().optional(),
    server_version: z.string().optional(),
    reason: z.string().optional(),
  }),
  annotations: { ...READS_ONLY, openWorldHint: true },
  toolset: 'connections',
  scope: 'db:read',
  available: someHostIsAllowed,
  async run({ name }, { services, call }) {
    const found = findOwn(services, call, name);
    const health = await found.connections.with({ signal: call.signal }).health();
    const { latencyMs, serverVersion, error } = health;
    return {
      ...show(found),
      status: health.status === 'up' ? ('up' as const) : ('down' as const),
      ...(latencyMs !== undefined && { latency_ms: Math.round(latencyMs) }),
      ...(serverVersion !== undefined && { server_version: databaseText(serverVersion) }),
      ...(error !== undefined && { reason: databaseText(redact(error.message)) }),
    };
  },
});
