// Measures the store against its floors on an embedded PostgreSQL:
//   pnpm exec node --conditions=@pgmcp/source packages/store/scripts/measure.ts
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { createStore, fromPool } from '../src/index.ts';

const server = await startEmbeddedPostgres();
const pool = new pg.Pool({ connectionString: server.url(), max: 6 });
// The server is stopped after the pool; what it says to a closing connection is no failure.
pool.on('error', () => undefined);

async function time(what: string, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  console.log(`${what.padEnd(72)} ${ms.toFixed(1).padStart(9)} ms`);
  return ms;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

try {
  const store = createStore({ db: fromPool(pool) });
  const notes = store
    .collection<{ n: number; name: string; tags: string[] }>('notes', {
      fields: { n: { type: 'number' }, name: { type: 'string' } },
      indexes: [{ field: 'n' }],
    })
    .within('me');
  const bare = store.collection<{ n: number; name: string; tags: string[] }>('bare').within('me');
  await store.migrate();
  const records = Array.from({ length: 100_000 }, (_, n) => ({
    id: String(n).padStart(7, '0'),
    data: { n, name: `name ${n}`, tags: ['a', `t${n % 100}`] },
  }));

  // The floor: the same table shape, written by hand, in batches of the same size.
  await pool.query(`create table floor (scope text, id text, data jsonb not null, version bigint not null default 1,
    created_at timestamptz not null, updated_at timestamptz not null, expires_at timestamptz, primary key (scope, id))`);
  const floor = async () => {
    for (let at = 0; at < records.length; at += 1_000) {
      const batch = records.slice(at, at + 1_000);
      await pool.query(
        `insert into floor as t (scope, id, data, created_at, updated_at)
         select 'me', u.id, u.data, now(), now() from unnest($1::text[], $2::jsonb[]) as u(id, data)
         on conflict (scope, id) do update set data = excluded.data, updated_at = excluded.updated_at, version = t.version + 1`,
        [batch.map(({ id }) => id), batch.map(({ data }) => JSON.stringify(data))],
      );
    }
  };
  for (const round of [1, 2, 3]) {
    const kind = round === 1 ? 'insert' : 'update';
    const floorMs = await time(`${kind} 100,000: hand-written unnest`, floor);
    const storeMs = await time(`${kind} 100,000: saveMany`, () => bare.saveMany(records));
    console.log(`  ratio ${(storeMs / floorMs).toFixed(2)}`);
  }

  await notes.saveMany(records);
  await pool.query('vacuum analyze pgmcp.records_notes');
  const pages: number[] = [];
  let after: string | undefined;
  for (let page = 0; page < 1_000; page += 1) {
    const started = performance.now();
    const { next } = await notes.list({ orderBy: { field: 'n' }, limit: 50, ...(after ? { after } : {}) });
    pages.push(performance.now() - started);
    after = next;
  }
  console.log(
    `page of 50 by a number: pages 2-51 ${median(pages.slice(1, 51)).toFixed(2)} ms, pages 951-1000 ${median(pages.slice(-50)).toFixed(2)} ms (medians)`,
  );
  await time('equality on 100,000', () => notes.list({ where: { n: 77_777 } }));
  await time('range on 100,000', () => notes.count({ where: { n: { $gt: 99_900 } } }));

  const doomed = store.collection('doomed').within('me');
  await store.migrate();
  await doomed.saveMany(Array.from({ length: 150_000 }, (_, n) => ({ id: `${n}`, data: { n }, ttlMs: 1 })));
  const workers = Array.from({ length: 3 }, () => {
    const worker = createStore({ db: fromPool(pool) });
    worker.collection('doomed');
    return worker;
  });
  let swept: number[] = [];
  await time('sweep of 150,000 by three workers', async () => {
    swept = await Promise.all(workers.map((worker) => worker.sweep()));
  });
  console.log(
    `  each ${swept.join(', ')}, together ${swept.reduce((sum, each) => sum + each, 0)}, left ${(await pool.query('select count(*) from pgmcp.records_doomed')).rows[0].count}`,
  );
} finally {
  await pool.end();
  await server.stop();
}
