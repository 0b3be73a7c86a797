import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AskFactoryOptions, createAsk } from '../src/index.ts';
import { pgRunner, selectOnly } from './pg-ports.ts';
import { answerWith, scriptedModel, slice } from './scripted-ports.ts';

const database = useDatabase();
let client: pg.Client;
let other: pg.Client;

beforeAll(async () => {
  client = await database.connect();
  other = await database.connect();
  await client.query(`
    CREATE TABLE stores (id int PRIMARY KEY, name text NOT NULL, region text);
    INSERT INTO stores VALUES (1, 'Harbour', 'north'), (2, 'Station', 'south'), (3, 'Market', 'north');
    CREATE TABLE sales (id int PRIMARY KEY, store_id int REFERENCES stores, amount numeric(10,2));
    INSERT INTO sales VALUES (1, 1, 10.50), (2, 1, 5), (3, 2, 7.25);
    SET statement_timeout = '2s'`);
});
afterEach(async () => {
  expect((await client.query('SELECT count(*)::int AS n FROM stores')).rows).toEqual([{ n: 3 }]);
});

const createFor = (model: ReturnType<typeof scriptedModel>, options: AskFactoryOptions = {}) =>
  createAsk(
    {
      schema: { describe: async () => slice },
      check: selectOnly,
      runner: pgRunner(client, (pid) => other.query('SELECT pg_cancel_backend($1)', [pid])),
      model,
    },
    options,
  );

describe('a question to PostgreSQL', () => {
  it('is answered with rows', async () => {
    const model = scriptedModel(answerWith('SELECT region, count(*) FROM stores GROUP BY region ORDER BY region'));
    const outcome = await createFor(model)('Stores by region?');
    expect(outcome).toMatchObject({ kind: 'answered', plan: { totalCost: expect.any(Number) } });
    expect(outcome).toHaveProperty('result.rows', [
      ['north', '2'],
      ['south', '1'],
    ]);
  });

  it('is repaired with the position and the hint of PostgreSQL', async () => {
    const model = scriptedModel(
      answerWith('SELECT nme FROM stores'),
      answerWith('SELECT name FROM stores ORDER BY id'),
    );
    const outcome = await createFor(model)('Names?');
    expect(outcome).toMatchObject({
      kind: 'answered',
      attempts: [{ stage: 'explain', error: { sqlState: '42703', position: 8 } }, {}],
    });
    const feedback = model.requests[1]!.messages.at(-1)!.content;
    expect(feedback).toContain('SELECT nme FROM stores\n       ^');
    expect(feedback).toContain('stores.name');
  });

  it('is repaired when it fails only while it runs', async () => {
    const model = scriptedModel(
      answerWith('SELECT sum(amount) / (count(*) - 3) FROM sales'),
      answerWith('SELECT sum(amount) / NULLIF(count(*) - 3, 0) FROM sales'),
    );
    const outcome = await createFor(model)('Ratio?');
    expect(outcome).toMatchObject({ kind: 'answered', attempts: [{ stage: 'run', error: { sqlState: '22012' } }, {}] });
  });

  it('is refused, and nothing changes, when the model insists on DELETE', async () => {
    const model = scriptedModel(answerWith('DELETE FROM stores'), answerWith('DELETE FROM stores WHERE true'));
    const outcome = await createFor(model, { maxRepairs: 1 })('Remove the stores');
    expect(outcome).toMatchObject({ kind: 'refused', violations: [{ code: 'statement' }] });
  });

  it('ends in a timeout without a second try', async () => {
    const model = scriptedModel(answerWith('SELECT pg_sleep(60)'), answerWith('SELECT 1'));
    const outcome = await createFor(model)('Slow?');
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'STATEMENT_TIMEOUT', sqlState: '57014' } });
    expect(model.requests).toHaveLength(1);
  });

  it('leaves no statement behind when its caller gives up', async () => {
    const caller = new AbortController();
    const started = createFor(scriptedModel(answerWith('SELECT pg_sleep(60)')))('Slow?', {
      signal: caller.signal,
      onProgress: ({ type }) => type === 'executing' && setTimeout(() => caller.abort(), 50),
    });
    expect(await started).toMatchObject({ kind: 'failed', error: { code: 'ABORTED' } });
    const running = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()`;
    await expect.poll(async () => (await other.query(running)).rows).toEqual([{ n: 0 }]);
  });

  it('is answered by its verified pair, which runs through the same gate', async () => {
    const model = scriptedModel();
    const verifiedPairs = [
      { question: 'What did each store sell?', sql: 'SELECT store_id, sum(amount) FROM sales GROUP BY 1 ORDER BY 1' },
      { question: 'Forget the stores', sql: 'DELETE FROM stores' },
    ];
    const ask = createFor(model, { verifiedPairs });
    expect(await ask('what did each store sell')).toMatchObject({
      kind: 'answered',
      source: 'verified',
      result: {
        rows: [
          ['1', '15.50'],
          ['2', '7.25'],
        ],
      },
    });
    const forget = await ask('Forget the stores');
    expect(forget.attempts[0]).toMatchObject({ source: 'verified', stage: 'check' });
    expect(forget.kind).toBe('failed');
  });
});
