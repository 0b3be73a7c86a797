import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPgBouncer, type PgBouncer, startPgBouncer } from '../../pool/test/pgbouncer.ts';
import { createStore, fromPool } from '../src/index.ts';
import { describeStore } from './contract.ts';

describe.skipIf(!hasPgBouncer)('a store behind PgBouncer in transaction mode', () => {
  const database = useDatabase();
  let bouncer: PgBouncer;
  let pool: pg.Pool;
  beforeAll(async () => {
    // Two server connections for eight clients: consecutive transactions of one client land on either.
    bouncer = await startPgBouncer(database, 2);
    pool = new pg.Pool({ host: '127.0.0.1', port: bouncer.port, user: database.user, database: database.name, max: 8 });
    // The pooler is stopped after the pool; what it says to a closing connection is no failure.
    pool.on('error', () => undefined);
  });
  afterAll(async () => {
    await pool?.end();
    await bouncer?.stop();
  });

  describeStore(async (clock, onEvent) => createStore({ db: fromPool(pool), clock, onEvent }));

  it('is migrated by exactly one of eight starters', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => {
        const store = createStore({ db: fromPool(pool), schema: 'starters' });
        store.collection('notes', { fields: { size: { type: 'number' } }, indexes: [{ field: 'size' }] });
        return store.migrate();
      }),
    );
    expect(results.filter(({ statements }) => statements > 0)).toHaveLength(1);
  });
});
