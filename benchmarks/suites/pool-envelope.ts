import { createPools } from '@pgmcp/pool';
import pg from 'pg';
import { interleave } from '../measure/interleave.ts';
import type { Suite } from '../suite.ts';

/** What a READ ONLY transaction with timeouts and limits costs beside a bare query of the driver. */
export const poolEnvelope: Suite = {
  name: 'pool-envelope',
  title: 'The envelope of the pool around `SELECT 1`',
  goal: 'one round trip directly, at most four through a pooler (P5); pipelined by hand it costs 1.16 to 1.24',
  async run({ databaseUrl, rounds }) {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const settings = { url: databaseUrl, maxConnections: 1 };
    const pools = createPools([
      { name: 'direct', ...settings },
      { name: 'pooler', ...settings, pooler: 'transaction' },
    ]);
    const [direct, pooler] = [pools.database('direct'), pools.database('pooler')];
    const byHand = async () => {
      await client.query('BEGIN READ ONLY');
      await client.query('SET LOCAL statement_timeout = 30000');
      await client.query('SELECT 1');
      await client.query('ROLLBACK');
    };
    try {
      return {
        measurements: await interleave(
          [
            { name: 'pg.Client.query, no transaction', call: () => client.query('SELECT 1') },
            { name: 'BEGIN, SET, query, ROLLBACK by hand, each awaited', call: byHand },
            { name: 'database.table, in one flight', call: () => direct.table('SELECT 1') },
            { name: 'database.table, step by step', call: () => pooler.table('SELECT 1') },
          ],
          { rounds, calls: 150, warmUpCalls: 500 },
        ),
      };
    } finally {
      await client.end();
      await pools.close();
    }
  },
};
