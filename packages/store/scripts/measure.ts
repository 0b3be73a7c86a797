// Holds the store against its floors and bars, in turns on an embedded PostgreSQL; ends with 1 when a bar is missed:
//   pnpm exec node --conditions=@pgmcp/source packages/store/scripts/measure.ts
// Let nothing else run meanwhile. Results that are kept, with their dates: packages/store/MEASUREMENTS.md.
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { createStore, fromPool, type Transactional } from '../src/index.ts';

const BATCH = 100_000;
const RECORDS = 300_000;
const ROUNDS = 5;

const server = await startEmbeddedPostgres();
const pool = new pg.Pool({ connectionString: server.url(), max: 6 });
// The server is stopped after the pool; what it says to a closing connection is no failure.
pool.on('error', () => undefined);
/** The last statement of the store, for its plan. */
let last: { text: string; values: readonly unknown[] } = { text: '', values: [] };
const bare = fromPool(pool);
const db: Transactional = {
  ...bare,
  query: (text, values = []) => {
    last = { text, values };
    return bare.query(text, values);
  },
};

interface Note {
  readonly n: number;
  readonly name: string;
  readonly tags: readonly string[];
}

const recordOf = (n: number) => ({
  id: String(n).padStart(7, '0'),
  data: { n, name: `name ${n}`, tags: ['a', `t${n % 100}`] },
});
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};
const missed: string[] = [];
function report(what: string, measured: string, bar: string, holds: boolean): void {
  console.log(`| ${what} | ${measured} | ${bar} | ${holds ? 'yes' : '**no**'} |`);
  if (!holds) missed.push(what);
}

/** Milliseconds of the two in turns, and the median of the ratios of each round. */
async function inTurns(floor: () => Promise<unknown>, store: () => Promise<unknown>, rounds: number) {
  const times: { floor: number; store: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0;
    const one = await timeOf(first ? floor : store);
    const other = await timeOf(first ? store : floor);
    times.push(first ? { floor: one, store: other } : { floor: other, store: one });
  }
  return {
    floor: median(times.map((each) => each.floor)),
    store: median(times.map((each) => each.store)),
    ratio: median(times.map((each) => each.store / each.floor)),
  };
}

async function measureUpserts(): Promise<void> {
  const notes = createStore({ db, autoMigrate: true }).collection<Note>('upserted').within('me');
  await notes.count();
  // The floor: the same columns that records of this kind fill, written by hand, in batches of the same size.
  await pool.query(`create table floor (scope text, id text, data jsonb not null, version bigint not null default 1,
    created_at timestamptz not null, updated_at timestamptz not null, expires_at timestamptz, primary key (scope, id))`);
  const records = Array.from({ length: BATCH }, (_, n) => recordOf(n));
  const byHand = async () => {
    for (let at = 0; at < records.length; at += 1_000) {
      const batch = records.slice(at, at + 1_000);
      await pool.query(
        `insert into floor as t (scope, id, data, created_at, updated_at)
         select 'me', u.id, u.data, now(), now() from unnest($1::text[], $2::jsonb[]) as u(id, data)
         on conflict (scope, id) do update set data = excluded.data, updated_at = excluded.updated_at, version = t.version + 1
         returning t.id, t.version`,
        [batch.map(({ id }) => id), batch.map(({ data }) => JSON.stringify(data))],
      );
    }
  };
  for (const kind of ['insert', 'update'] as const) {
    const prepared = async (table: string, work: () => Promise<unknown>) => {
      await pool.query(kind === 'insert' ? `truncate ${table}` : `vacuum ${table}`);
      return timeOf(work);
    };
    const times: { floor: number; store: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const steps = [
        ['floor', byHand],
        ['pgmcp.records_upserted', () => notes.saveMany(records)],
      ] as const;
      const measured = new Map<string, number>();
      for (const [table, work] of round % 2 === 0 ? steps : [...steps].reverse())
        measured.set(table, await prepared(table, work));
      times.push({ floor: measured.get('floor') ?? 0, store: measured.get('pgmcp.records_upserted') ?? 0 });
    }
    const ratio = median(times.map(({ floor, store }) => store / floor));
    const shown = `${median(times.map(({ store }) => store)).toFixed(0)} ms against ${median(times.map(({ floor }) => floor)).toFixed(0)} ms by hand: ${ratio.toFixed(2)}`;
    report(`${kind} of 100,000 by saveMany`, shown, '1.3 of a hand-written unnest', ratio <= 1.3);
  }
}

async function measureReads(): Promise<void> {
  const notes = createStore({ db, autoMigrate: true })
    .collection<Note>('read', {
      fields: { n: { type: 'number' }, name: { type: 'string' }, tags: { type: 'json' } },
      indexes: [{ field: 'n' }, { field: 'name' }],
    })
    .within('me');
  const records = Array.from({ length: RECORDS }, (_, n) => recordOf(n));
  for (let at = 0; at < RECORDS; at += BATCH) await notes.saveMany(records.slice(at, at + BATCH));
  await pool.query('vacuum analyze pgmcp.records_read');
  const byScan = () => pool.query("select id from pgmcp.records_read where data->>'name' = 'name 77777'");
  for (const [what, index, ask] of [
    ['equality on 300,000', 'records_read_name_', () => notes.list({ where: { name: 'name 77777' } })],
    ['range on 300,000', 'records_read_n_', () => notes.list({ where: { n: { $gt: RECORDS - 20 } } })],
  ] as const) {
    const { floor, store } = await inTurns(byScan, ask, 9);
    await ask();
    const { rows } = await pool.query(`explain ${last.text}`, [...last.values]);
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    const shown = `${store.toFixed(2)} ms by ${index}…, ${floor.toFixed(1)} ms by ->> without index`;
    report(what, shown, 'by index, 10 times as fast as without', plan.includes(index) && store * 10 <= floor);
  }

  const pages: number[] = [];
  let after: string | undefined;
  for (let page = 0; page < 1_000; page += 1) {
    const started = performance.now();
    const { next } = await notes.list({ orderBy: { field: 'n' }, limit: 50, ...(after ? { after } : {}) });
    pages.push(performance.now() - started);
    after = next;
  }
  const [early, late] = [median(pages.slice(1, 101)), median(pages.slice(-100))];
  const shown = `pages 2-101: ${early.toFixed(2)} ms, pages 901-1000: ${late.toFixed(2)} ms (medians)`;
  report('keyset page 1,000', shown, 'as fast as page 1 (1.3)', late <= early * 1.3);
}

async function measureSweep(): Promise<void> {
  const store = createStore({ db: bare, autoMigrate: true });
  const doomed = store.collection('doomed').within('me');
  await doomed.saveMany(Array.from({ length: 150_000 }, (_, n) => ({ id: `${n}`, data: { n }, ttlMs: 1 })));
  const workers = Array.from({ length: 3 }, () => {
    const worker = createStore({ db: bare });
    worker.collection('doomed');
    return worker;
  });
  let swept: number[] = [];
  const ms = await timeOf(async () => {
    swept = await Promise.all(workers.map((worker) => worker.sweep()));
  });
  const together = swept.reduce((sum, each) => sum + each, 0);
  const { rows } = await pool.query('select count(*)::int as left from pgmcp.records_doomed');
  const shown = `${ms.toFixed(0)} ms; ${swept.join(' + ')} = ${together}, left ${rows[0].left}`;
  report(
    'sweep of 150,000 by three workers',
    shown,
    'none twice, none left',
    together === 150_000 && rows[0].left === 0,
  );
}

try {
  console.log('| What | Measured | Bar | Holds |\n|---|---|---|---|');
  await measureUpserts();
  await measureReads();
  await measureSweep();
} finally {
  await pool.end();
  await server.stop();
}
if (missed.length > 0) process.exitCode = 1;
