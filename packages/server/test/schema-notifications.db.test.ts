import { ddlNotifierSql } from '@pgmcp/schema-introspect';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { startInProcess } from './in-process-client.ts';

const database = useDatabase();

describe('a server that listens for changes of the schema', () => {
  const settings = (more: Record<string, string> = {}) => ({
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_DATABASE_NAME: 'shop',
    ...more,
  });

  it('knows a new table moments after it was created, without being asked', async () => {
    const owner = await database.connect();
    await owner.query(ddlNotifierSql());
    const { services } = await startInProcess(settings({ PG_MCP_SERVER_SCHEMA_NOTIFICATIONS: 'true' }));
    const shop = services.databases.resolve(undefined);
    const heard: string[] = [];
    services.onCatalogChange(({ name }) => heard.push(name));
    await shop.catalog();
    const listening = async () =>
      (
        await owner.query(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE query ~ '^LISTEN' AND datname = current_database()`,
        )
      ).rows[0].n;
    await expect.poll(listening, { timeout: 10_000 }).toBe(1);
    await owner.query('CREATE TABLE announced (id int)');
    await expect
      .poll(() => shop.catalogs.current()?.catalog.tables.map(({ name }) => name), { timeout: 10_000 })
      .toContain('announced');
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['shop']);
  });

  it('takes no connection for it unless asked to', async () => {
    const { services } = await startInProcess(settings());
    const shop = services.databases.resolve(undefined);
    await shop.catalog();
    await shop.connections.query('SELECT 1');
    expect(shop.connections.stats()).toMatchObject({ total: 1 });
  });

  it('says that a pooler in transaction mode cannot carry notifications', async () => {
    const { services, log } = await startInProcess(
      settings({ PG_MCP_SERVER_SCHEMA_NOTIFICATIONS: 'true', PG_MCP_DATABASE_POOLER: 'transaction' }),
    );
    await services.databases.resolve(undefined).catalog();
    expect(log.map(({ msg }) => msg)).toContain(
      'schema notifications cannot be heard through a pooler in transaction mode',
    );
  });
});
