import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);
const [via] = PATHS.filter(({ bouncer }) => bouncer);

describe.skipIf(via === undefined)('PgBouncer in transaction mode', () => {
  test('really stands in between: the backend is not the one the client was told of', async () => {
    const { db, events } = open({ ...via, applicationName: 'through a pooler' });
    const { rows } = await db.table(
      'SELECT pg_backend_pid(), application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()',
    );
    const opened = events.find((event) => event.type === 'connection-opened');
    expect(opened).toBeDefined();
    expect(rows[0]?.[0]).not.toBe(String(opened?.processId));
    expect(rows[0]?.[1]).toBe('through a pooler');
  });

  test("refuses a direct connection's start-up parameters, and the error says which setting to change", async () => {
    const { db } = open({ ...via, pooler: 'none', borrowTimeoutMs: 60_000 });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      retryable: false,
      message: expect.stringContaining('set pooler to "transaction"'),
    });
  });

  test('lets many clients share one server connection, each with its own settings', async () => {
    const { db } = open({ ...via, maxConnections: 8, statementsAreGuarded: true });
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, n) =>
        db
          .with({ session: { settings: { 'app.n': String(n) } }, timeoutMs: 5_000 + n })
          .table("SELECT current_setting('app.n'), current_setting('statement_timeout'), pg_backend_pid()"),
      ),
    );
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(Array.from({ length: 32 }, (_, n) => String(n)));
    expect(new Set(answers.map(({ rows }) => rows[0]?.[2])).size).toBe(1);
  });

  test('passes a cancel on to the server', async () => {
    const { db } = open(via);
    const client = await database.connect();
    const running = async () =>
      (
        await client.query(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%marker%' AND pid <> pg_backend_pid()",
        )
      ).rows[0].n;
    const controller = new AbortController();
    const call = db.with({ signal: controller.signal }).table("SELECT pg_sleep(60), 'marker'");
    call.catch(() => {});
    expect(await eventually(running, (n) => n === 1)).toBe(1);
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await running()).toBe(0);
    await client.end();
  });
});
