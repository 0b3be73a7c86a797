import type { AddressInfo } from 'node:net';
import { connect as connectSocket, createServer } from 'node:net';
import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { resolveLostCommit } from '../src/execution/commit-outcome.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();

beforeAll(async () => {
  const admin = await database.connect();
  await admin.query('CREATE TABLE notes (id int PRIMARY KEY, note text)');
});

/** Forwards to the server; the connection that commits is cut `before` the server hears of it, or `after` it has answered. */
async function cutAtCommit(when: 'before' | 'after'): Promise<string> {
  const server = createServer((client) => {
    const upstream = connectSocket(database.port, database.host);
    let committing = false;
    client.on('data', (chunk) => {
      committing ||= chunk.includes('RESET ROLE; COMMIT');
      if (committing && when === 'before') upstream.destroy();
      else upstream.write(chunk);
    });
    upstream.on('data', (chunk) => (committing ? client.destroy() : client.write(chunk)));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  const url = new URL(database.url);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return url.toString();
}

async function commitThrough(when: 'before' | 'after', id: number) {
  const { client } = await startInProcess({
    PG_MCP_DATABASE_URL: await cutAtCommit(when),
    PG_MCP_SECURITY_MODE: 'standard',
  });
  const args = { queries: [{ sql: "INSERT INTO notes VALUES ($1, 'x')", params: [id] }] };
  const preview = await succeed(client, 'execute_transaction', args);
  return { client, args: { ...args, confirmation_token: preview['confirmation_token'] } };
}

const isThere = async (id: number) =>
  ((await (await database.connect()).query('SELECT 1 FROM notes WHERE id = $1', [id])).rowCount ?? 0) > 0;

it('reports a commit whose answer was lost as committed, when the server says so', async () => {
  const { client, args } = await commitThrough('after', 1);
  expect(await succeed(client, 'execute_transaction', args)).toMatchObject({ status: 'committed' });
  expect(await isThere(1)).toBe(true);
});

it('reports a commit that never arrived as not written, and does not run it again', async () => {
  const { client, args } = await commitThrough('before', 2);
  expect(await failure(client, 'execute_transaction', args)).toMatchObject({
    code: 'EXECUTION_ERROR',
    message: expect.stringMatching(/nothing was written/),
  });
  expect(await isThere(2)).toBe(false);
});

it('says that it does not know while the transaction is still open', async () => {
  const { services } = await startInProcess({ PG_MCP_DATABASE_URL: database.url });
  const { connections } = services.databases.resolve(undefined);
  const holder = await database.connect();
  await holder.query('BEGIN');
  const { rows } = await holder.query('SELECT pg_current_xact_id()::text AS id');
  await expect(resolveLostCommit(connections, rows[0].id, new Error('lost'))).rejects.toMatchObject({
    code: 'COMMIT_UNKNOWN',
    message: expect.stringMatching(/before you repeat/),
  });
  await holder.query('ROLLBACK');
  await expect(resolveLostCommit(connections, rows[0].id, new Error('lost'))).rejects.toMatchObject({
    code: 'EXECUTION_ERROR',
  });
});
