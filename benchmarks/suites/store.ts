import { createStore, fromPool } from '@pgmcp/store';
import pg from 'pg';
import { interleave } from '../measure/interleave.ts';
import type { Suite } from '../suite.ts';

const BATCH = 1_000;

/** Saving a batch of records beside the same columns written by hand. */
export const storeBatch: Suite = {
  name: 'store-batch',
  title: `Saving ${BATCH.toLocaleString('en')} records in PostgreSQL`,
  goal: 'at most 1.3x of one hand-written upsert; more on the store: packages/store/scripts/measure.ts',
  run: ({ databaseUrl, rounds }) =>
    withRecords(databaseUrl, async ({ pool, notes, records }) => ({
      measurements: await interleave(
        [
          { name: 'unnest ... on conflict, by hand', call: () => saveByHand(pool, records) },
          { name: 'saveMany()', call: () => notes.saveMany(records) },
        ],
        { rounds, calls: 3, warmUpCalls: 5 },
      ),
    })),
};

/** Loading one record by its name. */
export const storeLoad: Suite = {
  name: 'store-load',
  title: 'Loading one record from PostgreSQL',
  goal: 'no bar of its own; the floor is the same statement on the same pool',
  run: ({ databaseUrl, rounds }) =>
    withRecords(databaseUrl, async ({ pool, notes, records }) => {
      await saveByHand(pool, records);
      await notes.saveMany(records);
      const byHand = "select id, data, version from by_hand where scope = 'me' and id = $1";
      return {
        measurements: await interleave(
          [
            { name: 'select by primary key, by hand', call: () => pool.query(byHand, ['0000500']) },
            { name: 'load()', call: () => notes.load('0000500') },
          ],
          { rounds, calls: 100, warmUpCalls: 300 },
        ),
      };
    }),
};

type NewRecord = { readonly id: string; readonly data: { readonly n: number; readonly name: string } };

function saveByHand(pool: pg.Pool, records: readonly NewRecord[]) {
  return pool.query(
    `insert into by_hand as t (scope, id, data, created_at, updated_at)
     select 'me', u.id, u.data, now(), now() from unnest($1::text[], $2::jsonb[]) as u(id, data)
     on conflict (scope, id) do update set data = excluded.data, updated_at = excluded.updated_at, version = t.version + 1
     returning t.id, t.version`,
    [records.map(({ id }) => id), records.map(({ data }) => JSON.stringify(data))],
  );
}

async function withRecords<Result>(
  databaseUrl: string,
  work: (parts: {
    pool: pg.Pool;
    notes: ReturnType<ReturnType<ReturnType<typeof createStore>['collection']>['within']>;
    records: readonly NewRecord[];
  }) => Promise<Result>,
): Promise<Result> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  try {
    await pool.query(`create table if not exists by_hand (scope text, id text, data jsonb not null, version bigint not null default 1,
      created_at timestamptz not null, updated_at timestamptz not null, expires_at timestamptz, primary key (scope, id))`);
    const notes = createStore({ db: fromPool(pool), autoMigrate: true })
      .collection('measured')
      .within('me');
    const records = Array.from({ length: BATCH }, (_, n) => ({
      id: String(n).padStart(7, '0'),
      data: { n, name: `name ${n}` },
    }));
    return await work({ pool, notes, records });
  } finally {
    await pool.end();
  }
}
