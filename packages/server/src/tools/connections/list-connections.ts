import { z } from 'zod';
import { listOwn, show } from '../../connections/added-connections.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { connectionShape, someHostIsAllowed } from './connection-tool.ts';

/** Lists the databases that the caller has added. */
export const listConnections = defineTool({
  name: 'list_connections',
  title: 'List connections',
  description: 'Lists the connections that you have added, without passwords.',
  input: z.strictObject({}),
  output: z.object({ connections: z.array(z.object(connectionShape)) }),
  annotations: READS_ONLY,
  toolset: 'connections',
  scope: 'db:read',
  available: someHostIsAllowed,
  async run(_input, { services, call }) {
    return { connections: listOwn(services, call).map(show) };
  },
});
