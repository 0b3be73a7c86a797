import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { askDatabase } from '../src/advice/ask-database.ts';
import { checkHealth, HEALTH_CHECKS } from '../src/advice/health/check-health.ts';
import { reasonAgainstUnused } from '../src/advice/health/statistics-facts.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();
let owner: pg.Client;

const settings = (url = database.url) => ({
  PG_MCP_DATABASE_NAME: 'shop',
  PG_MCP_DATABASE_URL: url,
  PG_MCP_SERVER_TOOLSETS: 'default,advice',
});

interface Report {
  readonly status: string;
  readonly findings: readonly { check: string; severity: string; object?: string; message: string; advice?: string }[];
  readonly withheld: readonly { check: string; reason: string }[];
  readonly clean: readonly string[];
}

/** Before PostgreSQL 15 a session tells its counters only with its next transaction. */
async function tellCounters(): Promise<void> {
  await owner.query('SELECT 1');
}

async function analyze(args: Record<string, unknown> = {}, url = database.url): Promise<Report> {
  await tellCounters();
  const { client } = await startInProcess(settings(url));
  return (await succeed(client, 'analyze_database_health', args)) as unknown as Report;
}

beforeAll(async () => {
  owner = await database.connect();
  await owner.query(`
    CREATE TABLE item (id int PRIMARY KEY, kind text, price numeric, "Odd ""name" text);
    INSERT INTO item SELECT n, 'kind ' || n % 10, n, repeat('x', 20) FROM generate_series(1, 60000) n;
    CREATE INDEX item_kind ON item (kind);
    CREATE INDEX item_kind_price ON item (kind, price);
    CREATE INDEX "item ""again" ON item (kind, price);
    CREATE INDEX item_kind_down ON item (kind DESC);
    CREATE INDEX item_cheap ON item (kind) WHERE price < 10;
    CREATE UNIQUE INDEX item_id_again ON item (id);
    CREATE TABLE short (id smallint GENERATED ALWAYS AS IDENTITY);
    SELECT setval(pg_get_serial_sequence('short', 'id'), 31000);
    CREATE TABLE neglected (id int, note text) WITH (autovacuum_enabled = false);
    INSERT INTO neglected SELECT n, 'note' FROM generate_series(1, 40000) n;
    ANALYZE;
    UPDATE neglected SET note = 'changed' WHERE id <= 30000;
  `);
  await owner.query('CREATE TABLE twin (a int)');
  await owner.query('INSERT INTO twin VALUES (1), (1)');
  await owner.query('CREATE UNIQUE INDEX CONCURRENTLY twin_a ON twin (a)').catch(() => undefined);
});

describe('analyze_database_health', () => {
  it('finds duplicate and prefix indexes, and not those that differ in order, predicate or constraint', async () => {
    const { findings } = await analyze({ checks: ['duplicate_indexes'] });
    expect(findings.map(({ object, severity }) => [object, severity])).toEqual([
      [expect.stringMatching(/^public\.("item ""again"|item_kind_price)$/), 'warning'],
      ['public.item_id_again', 'warning'],
      ['public.item_kind', 'notice'],
    ]);
    expect(findings.find(({ object }) => object === 'public.item_id_again')).toMatchObject({
      message: expect.stringContaining('The same as public.item_pkey'),
      advice: 'DROP INDEX CONCURRENTLY public.item_id_again;',
    });
  });

  it('finds what an interrupted CREATE INDEX CONCURRENTLY left', async () => {
    const { findings } = await analyze({ checks: ['invalid_indexes'] });
    expect(findings).toEqual([expect.objectContaining({ object: 'public.twin_a', severity: 'warning' })]);
  });

  it('withholds "unused" while the counters are young or few, and gives it when they are not', async () => {
    const young = await analyze({ checks: ['unused_indexes'] });
    expect(young.findings).toEqual([]);
    expect(young.withheld).toEqual([
      { check: 'unused_indexes', reason: expect.stringMatching(/scans were counted|days ago/) },
    ]);
    const facts = {
      serverVersionNum: 180000,
      seesOtherRoles: true,
      isReplica: false,
      countsUse: true,
      countedDays: undefined,
      scans: 5_000,
    };
    expect(reasonAgainstUnused(facts)).toBeUndefined();
    expect(reasonAgainstUnused({ ...facts, countedDays: 2 })).toMatch(/2\.0 days ago/);
    expect(reasonAgainstUnused({ ...facts, isReplica: true })).toMatch(/replica/);
    expect(reasonAgainstUnused({ ...facts, countsUse: false })).toMatch(/track_counts/);
    // Before PostgreSQL 15 counting begins with a reset, so that a new database is always young.
    const { rows } = await owner.query('SHOW server_version_num');
    if (Number(rows[0].server_version_num) < 150_000) return;
    await owner.query(`DO $$ BEGIN FOR n IN 1..1200 LOOP PERFORM FROM item WHERE id = n; END LOOP; END $$`);
    await expect
      .poll(async () => (await analyze({ checks: ['unused_indexes'] })).findings.map(({ object }) => object), {
        timeout: 20_000,
      })
      .toEqual(expect.arrayContaining(['public.item_kind_price']));
    const { findings } = await analyze({ checks: ['unused_indexes'] });
    expect(findings.map(({ object }) => object)).not.toContain('public.item_id_again');
    expect(findings.map(({ object }) => object)).not.toContain('public.item_pkey');
  });

  it('finds a sequence near the end of its column, tables without autovacuum and with dead rows', async () => {
    const { findings, status } = await analyze({ checks: ['sequences', 'vacuum'] });
    expect(status).toBe('critical');
    expect(findings).toContainEqual({
      check: 'sequences',
      severity: 'critical',
      object: 'public.short_id_seq',
      message: expect.stringMatching(/^95 % of its values for short\.id are used \(31000 of 32767\)/),
      advice: expect.stringContaining('bigint'),
    });
    await expect
      .poll(
        async () =>
          (await analyze({ checks: ['vacuum'] })).findings
            .filter(({ object }) => object === 'public.neglected')
            .map(({ message }) => message)
            .join(' '),
        { timeout: 20_000 },
      )
      .toMatch(/switched off.*30000 dead rows, 43 % of all/s);
  });

  it('finds an old open transaction and who blocks whom', async () => {
    const holder = await database.connect();
    const waiter = await database.connect();
    await holder.query('BEGIN; LOCK TABLE twin IN ACCESS EXCLUSIVE MODE');
    const waiting = waiter.query('SELECT count(*) FROM twin');
    try {
      await expect
        .poll(async () => (await analyze({ checks: ['locks'] })).findings.map(({ message }) => message), {
          timeout: 20_000,
        })
        .toEqual([expect.stringMatching(/^Waits \d+ s for AccessShareLock on twin, held by \d+\.$/)]);
    } finally {
      await holder.query('ROLLBACK');
      await waiting;
      await holder.end();
      await waiter.end();
    }
  });

  it('runs every check on a server, and says of a weak role what stays invisible instead of "ok"', async () => {
    const all = await analyze();
    const named = new Set([...all.findings, ...all.withheld].map(({ check }) => check).concat(all.clean));
    expect([...named].sort()).toEqual(HEALTH_CHECKS.map(({ name }) => name).sort());
    expect(all.withheld.map(({ reason }) => reason).join()).not.toContain('did not answer');
    const weak = await database.createRole('weak');
    const report = await analyze({}, weak.url);
    expect(report.withheld).toEqual(
      expect.arrayContaining([
        { check: 'connections', reason: expect.stringContaining('GRANT pg_read_all_stats') },
        { check: 'sequences', reason: expect.stringMatching(/^\d+ sequences that the role may not read/) },
      ]),
    );
    expect(report.clean).not.toContain('connections');
  });

  it('turns an error of one check into a withheld verdict, and an abort into an error', async () => {
    const { services } = await startInProcess(settings());
    const connected = services.databases.resolve(undefined);
    const failing = {
      name: 'broken',
      check: async (ask: <Row>(sql: string) => Promise<readonly Row[]>) => ({
        findings: [],
        withheld: String(await ask('SELECT 1/0')),
      }),
    };
    const ask = askDatabase(connected, undefined, new AbortController().signal);
    expect(await checkHealth(ask, [failing])).toMatchObject({
      status: 'ok',
      clean: [],
      withheld: [{ check: 'broken', reason: 'the database did not answer the question (22012).' }],
    });
    await expect(checkHealth(askDatabase(connected, undefined, AbortSignal.abort()), [])).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('refuses unknown checks and arguments, naming what there is', async () => {
    const { client } = await startInProcess(settings());
    expect(await failure(client, 'analyze_database_health', { checks: ['index'] })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('unused_indexes'),
    });
    expect(await failure(client, 'analyze_database_health', { check: ['vacuum'] })).toMatchObject({
      message: expect.stringContaining('checks'),
    });
    expect(await failure(client, 'analyze_database_health', { database: 'shp' })).toMatchObject({
      code: 'UNKNOWN_DATABASE',
    });
  });
});
