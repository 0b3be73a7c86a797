import type { PGlite } from '@electric-sql/pglite';
import type pg from 'pg';
import { expectTypeOf, it } from 'vitest';
import type { Queryable } from '../src/index.ts';

it('takes drivers as they are', () => {
  expectTypeOf<pg.Pool>().toExtend<Queryable>();
  expectTypeOf<pg.Client>().toExtend<Queryable>();
  expectTypeOf<PGlite>().toExtend<Queryable>();
});
