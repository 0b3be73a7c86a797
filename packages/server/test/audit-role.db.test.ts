import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();

/** The script of docs/store.md, for a role of this test. */
function grants(role: string): string {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/store.md', import.meta.url)), 'utf8');
  const section = page.slice(page.indexOf('### A role that can only add to the audit log'));
  const script = /```sql\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
  expect(script).toContain('pg_partition_tree');
  return script.replaceAll('pgmcp_server', role);
}

it('a role that can only add to the audit log writes it, and can neither change nor remove what it has written', async () => {
  const owner = await database.createRole('records_owner');
  const role = await database.createRole('records_writer');
  const admin = await database.connect();
  await admin.query(`GRANT CREATE ON DATABASE ${database.name} TO ${owner.name}`);
  const settings = {
    DATABASE_URL: database.url,
    PG_MCP_STORE_URL: owner.url,
    PG_MCP_AUDIT_STORE: 'true',
    PG_MCP_AUDIT_ON_FAILURE: 'fail-closed',
  };
  const migrating = await startInProcess(settings);
  await migrating.services.storage.store.migrate();
  await admin.query(`SET ROLE ${owner.name}`);
  await admin.query(grants(role.name));
  await admin.query('RESET ROLE');

  const { client, services } = await startInProcess({ ...settings, PG_MCP_STORE_URL: role.url });
  await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one' });
  await succeed(client, 'start_query', { sql: 'SELECT 2 AS two' });
  // The work that start_query began is recorded too, when it is done.
  await expect.poll(() => ({ ...services.audit.state })).toEqual({ failing: false, waiting: 0, dropped: 0 });
  const { rows } = await admin.query('SELECT data FROM pgmcp.records_audit');
  expect(new Set(rows.map(({ data }) => data.tool))).toEqual(new Set(['execute_query', 'start_query']));

  const server = new pg.Client(role.url);
  await server.connect();
  onTestFinished(() => server.end());
  const [{ part }] = (
    await admin.query("SELECT relid::regclass::text AS part FROM pg_partition_tree('pgmcp.records_audit') WHERE isleaf")
  ).rows;
  for (const table of ['pgmcp.records_audit', part]) {
    for (const statement of [`UPDATE ${table} SET data = '{}'`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      await expect(server.query(statement), statement).rejects.toThrow(/permission denied/);
  }
  await expect(server.query(`DROP TABLE ${part}`)).rejects.toThrow(/must be owner/);
  await expect(server.query(`ALTER TABLE pgmcp.records_audit DETACH PARTITION ${part}`)).rejects.toThrow(
    /must be owner/,
  );
});
