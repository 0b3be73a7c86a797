import type { PGlite } from '@electric-sql/pglite';
import type pg from 'pg';
import { expectTypeOf, it } from 'vitest';
import { type ClientPool, createMemoryStore, type Queryable, type Transactional } from '../src/index.ts';

it('takes drivers as they are', () => {
  expectTypeOf<pg.Pool>().toExtend<ClientPool>();
  expectTypeOf<pg.Client>().toExtend<Queryable>();
  expectTypeOf<PGlite>().toExtend<Transactional>();
});

it('types records by their collection', async () => {
  const notes = createMemoryStore().collection<{ title: string }>('notes').within('me');
  expectTypeOf<Awaited<ReturnType<typeof notes.load>>>().toExtend<{ data: { title: string } } | undefined>();
  // @ts-expect-error: the data is no note.
  await notes.save({ data: { name: 'x' } });
  const parsed = createMemoryStore()
    .collection('parsed', { parse: (data) => ({ n: Number(data) }) })
    .within('me');
  expectTypeOf<Awaited<ReturnType<typeof parsed.load>>>().toExtend<{ data: { n: number } } | undefined>();
});
