import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { createStore, fromPool } from '../src/index.ts';
import { describeStore } from './contract.ts';
import { describeDifferential } from './differential-contract.ts';

describe('a store in PostgreSQL', () => {
  const database = useDatabase();
  let pool: pg.Pool;
  beforeAll(() => {
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
  });
  afterAll(() => pool.end());

  describeStore(async (clock, onEvent) => createStore({ db: fromPool(pool), clock, onEvent }));

  describeDifferential(async () => createStore({ db: fromPool(pool), schema: 'differential' }), 150);
});
