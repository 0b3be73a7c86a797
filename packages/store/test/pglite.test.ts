import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe } from 'vitest';
import { createStore } from '../src/index.ts';
import { describeStore } from './contract.ts';
import { describeDifferential } from './differential-contract.ts';

describe('a store in PGlite', { timeout: 60_000 }, () => {
  let db: PGlite;
  beforeAll(async () => {
    db = await PGlite.create();
  }, 60_000);
  afterAll(() => db.close());

  describeStore(async (clock, onEvent) => createStore({ db, clock, onEvent }));

  describeDifferential(async () => createStore({ db, schema: 'differential' }), 60);
});
