import { expect } from 'vitest';
import type { CaseContext, ToolCase } from './tool-case.ts';

let made = 0;

/** A connection to the database of the test itself, under a name that nobody has taken. */
async function wanted({ owner }: CaseContext): Promise<Record<string, unknown> & { readonly name: string }> {
  made += 1;
  const [server] = await owner(
    'SELECT inet_server_port() AS port, current_database() AS database, current_user AS "user"',
  );
  return {
    ...server,
    name: `added_${process.pid}_${made}`,
    host: '127.0.0.1',
    password: 'not asked for',
    ssl_mode: 'disable',
  };
}

async function added(context: CaseContext): Promise<{ name: unknown }> {
  const args = await wanted(context);
  const result = await context.client.callTool('add_connection', args);
  expect(result.isError, result.text).toBe(false);
  return { name: args['name'] };
}

const removeAll = async ({ client }: CaseContext): Promise<void> => {
  const listed = await client.callTool<{ connections: { name: string }[] }>('list_connections', {});
  for (const { name } of listed.structuredContent.connections) await client.callTool('remove_connection', { name });
};

/** Nothing holds on to a server that never answers. */
async function silent({ proxy }: CaseContext): Promise<void> {
  await expect.poll(() => proxy.open, { timeout: 10_000 }).toBe(0);
  proxy.resume();
}

const NOT_FOUND = { args: { name: 'nobody' }, code: 'CONNECTION_NOT_FOUND', message: /no connection "nobody"/ };

/** Tools that add databases while the server runs. */
export const connectionCases: readonly ToolCase[] = [
  {
    tool: 'add_connection',
    good: [
      {
        what: 'a database that answers',
        args: async (context) => {
          await removeAll(context);
          return wanted(context);
        },
        async check(structured, context) {
          expect(structured).toMatchObject({ status: 'added', ssl_mode: 'disable' });
          expect(JSON.stringify(structured)).not.toContain('not asked for');
          const read = await context.client.callTool('execute_query', {
            sql: 'SELECT 1',
            database: structured['name'],
          });
          expect(read.isError, read.text).toBe(false);
          await removeAll(context);
        },
      },
    ],
    bad: [
      {
        why: 'a server that is not on the list',
        args: async (context) => ({ ...(await wanted(context)), host: '169.254.169.254', port: 80 }),
        code: 'ACCESS_DENIED',
        message: /PG_MCP_CONNECTIONS_ALLOWED_HOSTS/,
      },
      {
        why: 'a folder of a socket',
        args: async (context) => ({ ...(await wanted(context)), host: '/var/run/postgresql' }),
        code: 'VALIDATION_ERROR',
        message: /one host name/,
      },
    ],
    valid: { name: 'n', host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'p', ssl_mode: 'disable' },
    slow: {
      args: async (context) => ({ ...(await wanted(context)), port: context.proxy.port }),
      begin: ({ proxy }) => proxy.pause(),
      end: silent,
    },
    beyond: {
      never: 'It returns what its caller has said. One more than PG_MCP_CONNECTIONS_MAX_PER_CALLER is refused.',
    },
  },
  {
    tool: 'list_connections',
    good: [
      {
        what: 'what was added',
        args: async (context) => {
          await removeAll(context);
          await added(context);
          return {};
        },
        async check(structured, context) {
          expect(structured['connections']).toHaveLength(1);
          await removeAll(context);
        },
      },
    ],
    bad: [],
    valid: {},
    slow: { never: 'It asks nobody.' },
    beyond: { never: 'A caller has few connections.' },
  },
  {
    tool: 'test_connection',
    good: [
      {
        what: 'one that answers',
        args: added,
        async check(structured, context) {
          expect(structured).toMatchObject({ status: 'up', server_version: expect.any(String) });
          await removeAll(context);
        },
      },
    ],
    bad: [{ why: 'a name that was not added', ...NOT_FOUND }],
    valid: { name: 'n' },
    slow: { never: 'A server that does not answer within seconds is down.' },
    beyond: { never: 'It returns numbers and a reason, which is cut.' },
  },
  {
    tool: 'remove_connection',
    good: [
      {
        what: 'one that was added',
        args: added,
        check: (structured) => expect(structured).toMatchObject({ status: 'removed' }),
      },
    ],
    bad: [{ why: 'a name that was not added', ...NOT_FOUND }],
    valid: { name: 'n' },
    slow: { never: 'It asks nobody.' },
    beyond: { never: 'It returns a name.' },
  },
];
