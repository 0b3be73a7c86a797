import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);
const TENANTS = ['a', 'b'] as const;
let role: { name: string };

beforeAll(async () => {
  role = await database.createRole('data', { login: false });
  const client = await database.connect();
  await client.query(`
    CREATE TABLE document (tenant text, body text);
    INSERT INTO document SELECT t, 'secret of ' || t FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 5);
    ALTER TABLE document ENABLE ROW LEVEL SECURITY;
    ALTER TABLE document FORCE ROW LEVEL SECURITY;
    CREATE POLICY own ON document USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')));
    GRANT SELECT, INSERT, DELETE ON document TO "${role.name}";`);
  await client.end();
});

/** What a caller may do between two reads of its own rows; most of it fails or leaves something behind. */
const DISTURBANCES = [
  'SELECT 1 / 0',
  'SELEC',
  "SELECT set_config('app.tenant', 'b', false)",
  "SELECT set_config('app.tenant', 'a', false)",
  "SELECT set_config('role', 'none', false)",
  'SET ROLE NONE',
  'RESET ROLE',
  'COMMIT',
  'ROLLBACK AND CHAIN',
  'SELECT pg_terminate_backend(pg_backend_pid())',
  'COPY document TO STDOUT',
  "SELECT repeat('x', 20000000)",
  'SELECT pg_advisory_lock(1)',
  'PREPARE leak AS SELECT * FROM document',
  'DECLARE leak CURSOR WITH HOLD FOR SELECT * FROM document',
];

describe.each(PATHS)('1,000 calls of two tenants over a pool of one connection, $path', (via) => {
  test('with errors and disturbances between them: nobody ever sees a row of the other', {
    timeout: 60_000,
  }, async () => {
    const { db } = open({
      ...via,
      maxConnections: 1,
      borrowTimeoutMs: 30_000,
      roles: [role.name],
      statementsAreGuarded: true,
    });
    const seen = { rows: 0, foreign: 0, failed: 0 };
    const worker = async (tenant: 'a' | 'b', calls: number) => {
      for (let call = 0; call < calls; call += 1) {
        const bound = db.with({
          session: { role: role.name, settings: { 'app.tenant': tenant } },
          ...(call % 5 === 0 ? { access: 'read-write' } : {}),
        });
        if (call % 4 === 0) {
          const disturbance = DISTURBANCES[Math.floor(Math.random() * DISTURBANCES.length)] ?? '';
          await bound
            .with({ access: call % 8 === 0 ? 'read-write' : 'read-only' })
            .table(disturbance)
            .catch(() => {
              seen.failed += 1;
            });
        }
        if (call % 50 === 7)
          await bound
            .with({ signal: AbortSignal.timeout(1) })
            .table('SELECT pg_sleep(1)')
            .catch(() => {});
        const rows =
          call % 3 === 0
            ? await bound.transaction(
                async (transaction) => (await transaction.table('SELECT tenant FROM document')).rows,
              )
            : (await bound.table('SELECT tenant FROM document')).rows;
        seen.rows += rows.length;
        seen.foreign += rows.filter(([owner]) => owner !== tenant).length;
      }
    };
    await Promise.all(TENANTS.flatMap((tenant) => [worker(tenant, 250), worker(tenant, 250)]));
    expect(seen).toMatchObject({ rows: 5_000, foreign: 0 });
    expect(seen.failed).toBeGreaterThan(20);
  });
});

test('pg_terminate_backend of a neighbour aside, the tenants were never the superuser that logged in', async () => {
  const { db } = open({ roles: [role.name], statementsAreGuarded: true });
  const bound = db.with({ session: { role: role.name } });
  expect((await bound.table('SELECT current_user, count(*) FROM document')).rows).toEqual([[role.name, '0']]);
});
