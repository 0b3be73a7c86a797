import { z } from 'zod';
import { callerKey } from '../../call.ts';
import { findOwn } from '../../connections/added-connections.ts';
import { defineTool } from '../define-tool.ts';
import { connectionNameInput, someHostIsAllowed } from './connection-tool.ts';

/** Takes a database away that the caller has added. */
export const removeConnection = defineTool({
  name: 'remove_connection',
  title: 'Remove a connection',
  description: 'Removes a connection that you have added. Nothing in its database changes.',
  input: z.strictObject({ name: connectionNameInput }),
  output: z.object({ status: z.literal('removed'), name: z.string() }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  toolset: 'connections',
  scope: 'db:write',
  available: someHostIsAllowed,
  async run({ name }, { services, call }) {
    findOwn(services, call, name);
    services.removeDatabase(name, callerKey(call.caller));
    return { status: 'removed' as const, name };
  },
});
