import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { mayTestWith } from '@pgmcp/testing/programs';
import { startSystemPostgres, systemBinariesWith } from '@pgmcp/testing/system-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recommendIndexes } from '../src/advice/indexes/recommend.ts';
import type { Caller } from '../src/call.ts';
import { startCall } from '../src/start-call.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const SHOP = `
  CREATE TABLE customer (id int PRIMARY KEY, email varchar(80), country char(2));
  INSERT INTO customer SELECT n, 'user' || n || '@x.example', chr(65 + n % 20) || 'X' FROM generate_series(1, 5000) n;
  CREATE TABLE "Order" (id int PRIMARY KEY, customer_id int REFERENCES customer, status text, at timestamptz, "Grand Total" numeric);
  INSERT INTO "Order" SELECT n, n % 5000 + 1, CASE WHEN n % 500 = 0 THEN 'open' ELSE 'done' END, now() - n * interval '1 minute', n % 900
    FROM generate_series(1, 60000) n;
  CREATE TABLE small (a int); INSERT INTO small SELECT generate_series(1, 50);
  CREATE TABLE fresh (a int);
  ALTER TABLE fresh SET (autovacuum_enabled = off);
  INSERT INTO fresh SELECT generate_series(1, 20000);
  ANALYZE customer; ANALYZE "Order"; ANALYZE small;`;

interface Advice {
  readonly recommendations: readonly {
    create: string;
    evidence: string;
    cost_before?: number;
    cost_after?: number;
    size_bytes?: number;
    statements?: { calls: number }[];
  }[];
  readonly not_helpful: readonly string[];
  readonly withheld: readonly string[];
  readonly notice: string;
}

const settings = (url: string) => ({
  PG_MCP_DATABASE_NAME: 'shop',
  PG_MCP_DATABASE_URL: url,
  PG_MCP_SERVER_TOOLSETS: 'default,advice',
});

async function advise(url: string, args: Record<string, unknown>): Promise<Advice> {
  const { client } = await startInProcess(settings(url));
  return (await succeed(client, 'recommend_indexes', args)) as unknown as Advice;
}

describe('recommend_indexes by estimate, where HypoPG is not installed', () => {
  let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let owner: pg.Client;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({
      settings: { shared_preload_libraries: 'pg_stat_statements', max_parallel_workers_per_gather: '0' },
    });
    owner = new pg.Client({ connectionString: server.url() });
    await owner.connect();
    await owner.query(SHOP);
  });
  afterAll(async () => {
    await owner?.end();
    await server?.stop();
  });

  it('finds the index for a filter, names quoted, and labels it', async () => {
    const { recommendations, notice } = await advise(server.url(), {
      sql: `SELECT * FROM "Order" WHERE status = 'open' AND at > now() - interval '2 days'`,
    });
    expect(recommendations).toEqual([
      {
        create: 'CREATE INDEX CONCURRENTLY ON public."Order" (status, at)',
        reason: expect.stringContaining('a scan of about 60000 rows keeps about'),
        evidence: 'estimate',
      },
    ]);
    expect(notice).toContain('unproven');
  });

  it('finds the index for a join and for the first rows in an order', async () => {
    const join = await advise(server.url(), {
      sql: `SELECT o.id FROM customer c JOIN "Order" o ON o.customer_id = c.id WHERE c.email = $1`,
      params: ['user7@x.example'],
    });
    expect(join.recommendations.map(({ create }) => create)).toEqual(
      expect.arrayContaining([
        'CREATE INDEX CONCURRENTLY ON public.customer (email)',
        'CREATE INDEX CONCURRENTLY ON public."Order" (customer_id)',
      ]),
    );
    const first = await advise(server.url(), { sql: 'SELECT id FROM "Order" ORDER BY "Grand Total" DESC LIMIT 5' });
    expect(first.recommendations.map(({ create }) => create)).toEqual([
      'CREATE INDEX CONCURRENTLY ON public."Order" ("Grand Total")',
    ]);
  });

  it('recommends nothing for small tables, for conditions that keep much, and where an index serves already', async () => {
    expect((await advise(server.url(), { sql: 'SELECT * FROM small WHERE a = 7' })).recommendations).toEqual([]);
    const much = await advise(server.url(), { sql: `SELECT * FROM "Order" WHERE status = 'done'` });
    expect(much).toMatchObject({
      recommendations: [],
      not_helpful: ['CREATE INDEX CONCURRENTLY ON public."Order" (status)'],
    });
    expect(much.notice).toMatch(/No index is recommended/);
    expect((await advise(server.url(), { sql: 'SELECT * FROM customer WHERE id < 4000' })).recommendations).toEqual([]);
  });

  it('withholds a verdict about a table that was never analyzed', async () => {
    expect(await advise(server.url(), { sql: 'SELECT * FROM fresh WHERE a = 7' })).toMatchObject({
      recommendations: [],
      withheld: [expect.stringContaining('public.fresh was never analyzed: run ANALYZE')],
    });
  });

  it('reads the workload from pg_stat_statements, and says when it is not there', async () => {
    expect((await advise(server.url(), {})).withheld).toEqual([
      expect.stringContaining('pg_stat_statements is not installed'),
    ]);
    await owner.query('CREATE EXTENSION pg_stat_statements');
    for (let n = 1; n <= 5; n += 1) await owner.query(`SELECT count(*) FROM "Order" WHERE customer_id = ${n}`);
    await owner.query('SELECT count(*) FROM customer WHERE email = $1', ['user3@x.example']);
    const { recommendations, withheld } = await advise(server.url(), {});
    expect(withheld).toEqual([]);
    expect(recommendations.find(({ create }) => create.includes('(customer_id)'))).toMatchObject({
      evidence: 'estimate',
      statements: [expect.objectContaining({ sql: 'SELECT count(*) FROM "Order" WHERE customer_id = $1', calls: 5 })],
    });
    expect(recommendations.map(({ create }) => create)).toContain(
      'CREATE INDEX CONCURRENTLY ON public.customer (email)',
    );
    await owner.query('SELECT /* $4294967295 */ count(*) FROM "Order" WHERE status = $1', ['open']);
    expect((await advise(server.url(), {})).withheld).toEqual([expect.stringMatching(/^1 statements .* cannot plan/)]);
    await owner.query(`CREATE ROLE weak LOGIN; GRANT SELECT ON customer TO weak`);
    const weak = new URL(server.url());
    weak.username = 'weak';
    expect((await advise(weak.href, {})).withheld.join()).toContain('GRANT pg_read_all_stats');
    await owner.query('DROP EXTENSION pg_stat_statements');
  });

  it('refuses what the guard refuses, params without sql, and the workload without the scope', async () => {
    const { client } = await startInProcess(settings(server.url()));
    expect(await failure(client, 'recommend_indexes', { sql: 'DELETE FROM "Order"' })).toMatchObject({
      code: 'UNSAFE_SQL',
    });
    expect(await failure(client, 'recommend_indexes', { sql: 'SELEC 1' })).toMatchObject({ code: 'SYNTAX_ERROR' });
    expect(await failure(client, 'recommend_indexes', { params: [1] })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('params go with sql'),
    });
  });

  it('adds remarks to explain_query, and none that are wrong to a good plan', async () => {
    const { client } = await startInProcess(settings(server.url()));
    const bad = await succeed(client, 'explain_query', {
      sql: `SELECT * FROM "Order" WHERE status = 'open'`,
      analyze: true,
    });
    expect((bad['remarks'] as string[]).join('\n')).toMatch(
      /read 60000 rows to keep 120: an index for \(status = 'open'::text\) may help/,
    );
    const good = await succeed(client, 'explain_query', { sql: 'SELECT * FROM customer WHERE id = 7', analyze: true });
    expect((good['remarks'] as string[]).join('\n')).not.toMatch(/may help|expected/);
  });
});

describe.skipIf(!mayTestWith('HypoPG', systemBinariesWith('hypopg') !== undefined))(
  'recommend_indexes with HypoPG',
  () => {
    let server: Awaited<ReturnType<typeof startSystemPostgres>>;
    let owner: pg.Client;
    beforeAll(async () => {
      server = await startSystemPostgres('hypopg');
      owner = new pg.Client({ connectionString: server.url });
      await owner.connect();
      await owner.query(`${SHOP}; CREATE SCHEMA "Tools"; CREATE EXTENSION hypopg SCHEMA "Tools"`);
    });
    afterAll(async () => {
      await owner?.end();
      await server?.stop();
    });

    it('proves what helps by the planner, with size, and tells what would not', async () => {
      const { recommendations, notice } = await advise(server.url, {
        sql: `SELECT * FROM "Order" WHERE status = 'open'`,
      });
      expect(recommendations).toEqual([
        expect.objectContaining({
          create: 'CREATE INDEX CONCURRENTLY ON public."Order" (status)',
          evidence: 'hypopg',
          size_bytes: expect.any(Number),
        }),
      ]);
      const [first] = recommendations;
      expect(first?.cost_after).toBeLessThan((first?.cost_before ?? 0) / 2);
      expect(first?.size_bytes).toBeGreaterThan(100_000);
      expect(notice).toContain('HypoPG');
      expect(await advise(server.url, { sql: `SELECT * FROM "Order" WHERE status = 'done'` })).toMatchObject({
        recommendations: [],
        not_helpful: ['CREATE INDEX CONCURRENTLY ON public."Order" (status)'],
      });
    });

    it('creates nothing, and leaves no hypothetical index to the next borrower of the connection', async () => {
      const { services } = await startInProcess({ ...settings(server.url), PG_MCP_DATABASE_MAX_POOL_SIZE: '1' });
      const database = services.databases.resolve(undefined);
      const caller: Caller = { id: 'local', scopes: 'all' };
      const { call, finish } = startCall({
        tool: 'recommend_indexes',
        caller,
        signal: new AbortController().signal,
        progress: () => undefined,
      });
      const sql = `SELECT * FROM "Order" WHERE status = 'open'`;
      await recommendIndexes(services.executor, { database, sql }, call);
      // However many plans it took: one statement was looked at.
      expect(finish().statements).toHaveLength(1);
      expect((await database.connections.query('SELECT count(*)::int AS n FROM "Tools".hypopg()')).rows).toEqual([
        { n: 0 },
      ]);
      expect((await owner.query(`SELECT count(*)::int AS n FROM pg_indexes WHERE tablename = 'Order'`)).rows).toEqual([
        { n: 1 },
      ]);
    });
  },
);
