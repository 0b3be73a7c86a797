import { z } from 'zod';
import { addOwn, show } from '../../connections/added-connections.ts';
import { defineTool } from '../define-tool.ts';
import { connectionNameInput, connectionShape, someHostIsAllowed } from './connection-tool.ts';

/** No list of hosts, no folder of a socket, no address with a user. */
const HOST = /^[a-z0-9](?:[a-z0-9.:-]{0,251}[a-z0-9])?$/;

const line = (what: string) =>
  z
    .string()
    .min(1, `${what} is empty`)
    .max(1_000)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be a text without NUL');

/** Adds a database for the caller alone. */
export const addConnection = defineTool({
  name: 'add_connection',
  title: 'Add a connection',
  description:
    'Adds a PostgreSQL database that only you can read, until the server ends, if its server is on the operator’s list. It is tried first. The password is never shown again.',
  input: z.strictObject({
    name: connectionNameInput,
    host: z.string().regex(HOST, 'must be one host name or address in lower case'),
    port: z.int().min(1).max(65_535).optional(),
    database: line('database'),
    user: line('user'),
    password: line('password'),
    ssl_mode: z.enum(['disable', 'require', 'verify-ca', 'verify-full']).optional().describe('Default verify-full.'),
  }),
  output: z.object({ status: z.literal('added'), ...connectionShape }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  toolset: 'connections',
  scope: 'db:write',
  available: someHostIsAllowed,
  async run({ port = 5432, ssl_mode: sslMode = 'verify-full', ...wanted }, { services, call }) {
    return { status: 'added' as const, ...show(await addOwn(services, call, { ...wanted, port, sslMode })) };
  },
});
