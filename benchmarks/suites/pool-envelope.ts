import { createPools } from '@pgmcp/pool';
import pg from 'pg';
import { interleave } from '../measure/interleave.ts';
import { pinApart } from '../measure/pin-apart.ts';
import type { Suite } from '../suite.ts';

/** What a READ ONLY transaction with timeouts and limits costs beside a bare query of the driver. */
export const poolEnvelope: Suite = {
  name: 'pool-envelope',
  title: 'The envelope of the pool around `SELECT 1`',
  goal: 'P5: `database.query` at most 1.6 in one flight and 4.5 step by step, with the timeout of the database in force',
  async run({ databaseUrl, rounds }) {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const settings = { url: databaseUrl, maxConnections: 1 };
    const pools = createPools([
      { name: 'direct', ...settings },
      { name: 'pooler', ...settings, pooler: 'transaction' },
    ]);
    const [direct, pooler] = [pools.database('direct'), pools.database('pooler')];
    const bound = { direct: direct.with({ timeoutMs: 5_000 }), pooler: pooler.with({ timeoutMs: 5_000 }) };
    const byHand = async () => {
      await client.query('BEGIN READ ONLY');
      await client.query('SET LOCAL statement_timeout = 30000');
      await client.query('SELECT 1');
      await client.query('ROLLBACK');
    };
    let release: (() => void) | undefined;
    try {
      for (const database of [direct, pooler]) await database.query('SELECT 1');
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'",
      );
      release = pinApart(rows.map(({ pid }) => pid));
      return {
        facts: {
          'client and server': release === undefined ? 'placed by the scheduler' : 'on processors of their own',
        },
        measurements: await interleave(
          [
            { name: 'pg.Client.query, no transaction', call: () => client.query('SELECT 1') },
            { name: 'BEGIN, SET, query, ROLLBACK by hand, each awaited', call: byHand },
            { name: 'database.query, in one flight', call: () => direct.query('SELECT 1') },
            { name: 'database.table, in one flight', call: () => direct.table('SELECT 1') },
            {
              name: 'database.query, in one flight, with a timeout of the call',
              call: () => bound.direct.query('SELECT 1'),
            },
            { name: 'database.query, step by step', call: () => pooler.query('SELECT 1') },
            {
              name: 'database.query, step by step, with a timeout of the call',
              call: () => bound.pooler.query('SELECT 1'),
            },
            {
              name: 'database.transaction of one query',
              call: () => direct.transaction((one) => one.query('SELECT 1')),
            },
          ],
          { rounds, calls: 150, warmUpCalls: 500 },
        ),
      };
    } finally {
      release?.();
      await client.end();
      await pools.close();
    }
  },
};
