import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer, WAYS } from './running-server.ts';

const database = useDatabase();

/** Any call makes the server look for changes, once what it knows is older than this. */
const BELIEVED_MS = 5_000;

describe.each(WAYS)('a change of structure, for a $era client over $transport', (way) => {
  let server: RunningServer;

  beforeAll(async () => {
    const owner = await database.connect();
    await owner.query('DROP SCHEMA IF EXISTS shop CASCADE; CREATE SCHEMA shop');
    await owner.query('CREATE TABLE shop.orders (id int PRIMARY KEY); CREATE TABLE shop.bins (id int PRIMARY KEY)');
    server = await startServer(way, {
      PG_MCP_DATABASE_NAME: 'main',
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_HTTP_SESSIONS: 'true',
    });
  });
  afterAll(() => server?.close());

  it('is told to whoever subscribed, with the addresses that show it and no others', async () => {
    const { client } = server;
    await client.subscribe(['schema://main', 'schema://main/shop/orders', 'schema://main/shop/bins']);
    const before = await client.readResource('schema://main/shop/orders');
    expect(before.contents[0]?.text).not.toContain('added_column');
    const owner = await database.connect();
    await owner.query('ALTER TABLE shop.orders ADD COLUMN added_column int');
    await new Promise((resolve) => setTimeout(resolve, BELIEVED_MS));
    // Somebody calls; it need not be the subscriber.
    await client.callTool('list_tables', {});
    await expect
      .poll(() => client.updatedResources.toSorted(), { timeout: 20_000 })
      .toEqual(['schema://main', 'schema://main/shop/orders']);
    const after = await client.readResource('schema://main/shop/orders');
    expect(after.contents[0]?.text).toContain('added_column');
  });
});

describe('a client of 2025 over HTTP without a session', () => {
  it('is not promised what it could not hear', async () => {
    const server = await startServer(
      { transport: 'http', era: 'legacy' },
      { PG_MCP_DATABASE_NAME: 'main', PG_MCP_DATABASE_URL: database.url },
    );
    try {
      expect(server.client.capabilities['resources']).not.toHaveProperty('subscribe');
      await expect(server.client.subscribe(['schema://main'])).rejects.toThrow();
    } finally {
      await server.close();
    }
  });
});
