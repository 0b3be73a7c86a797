import { gunzipSync, gzipSync } from 'node:zlib';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, vi } from 'vitest';
import { startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();

describe('schema snapshots in the records of the server', () => {
  it('spare a restart the reading of a schema that has not changed, and only that', async () => {
    const owner = await database.connect();
    const records = await database.createRole('records');
    await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${records.name}`);
    await owner.query('CREATE TABLE orders (id integer PRIMARY KEY)');
    const environment = {
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_STORE_URL: records.url,
      PG_MCP_STORE_AUTO_MIGRATE: 'true',
      PG_MCP_STORE_SCHEMA: 'snapshots',
    };
    const listTables = async () => {
      const { client } = await startInProcess(environment);
      return JSON.stringify(await succeed(client, 'list_tables', {}));
    };
    const kept = async () => {
      const { rows } = await owner.query('SELECT version::int, bytes FROM snapshots.records_schema_snapshots');
      return rows[0] as { version: number; bytes: Buffer } | undefined;
    };
    const keptAfter = (version = 0) =>
      vi.waitFor(async () => expect((await kept())?.version).toBeGreaterThan(version), { timeout: 5_000 });

    expect(await listTables()).toContain('orders');
    await keptAfter(0);
    // The first start made the tables of the records, in the same database: only now is its schema as it stays.
    await listTables();
    await keptAfter(1);

    // What a restart shows is what was kept: tampered with, to tell the two apart.
    const catalog = gunzipSync((await kept())?.bytes ?? '').toString();
    const tampered = gzipSync(catalog.replaceAll('"orders"', '"orders_as_kept"'));
    // A start waits half a second for the records; on a busy machine it may have to read the schema, which is then kept.
    await vi.waitFor(
      async () => {
        await owner.query('UPDATE snapshots.records_schema_snapshots SET bytes = $1', [tampered]);
        expect(await listTables()).toContain('orders_as_kept');
      },
      { timeout: 15_000 },
    );
    const before = (await kept())?.version;
    await owner.query('CREATE TABLE added_meanwhile (id integer)');
    const changed = await listTables();
    expect(changed).toContain('added_meanwhile');
    expect(changed).not.toContain('orders_as_kept');
    await keptAfter(before);

    await owner.query("UPDATE snapshots.records_schema_snapshots SET bytes = 'no catalog'");
    expect(await listTables()).toContain('added_meanwhile');
  });

  it('hold up nobody when the records are down', async () => {
    const { client } = await startInProcess({
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_STORE_URL: 'postgresql://records@127.0.0.1:1/none',
    });
    expect(JSON.stringify(await succeed(client, 'list_tables', {}))).toContain('added_meanwhile');
  });
});
