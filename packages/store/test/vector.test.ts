import { Readable } from 'node:stream';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore, createStore, type Store, type VectorMetric } from '../src/index.ts';

const METRICS: readonly VectorMetric[] = ['cosine', 'l2', 'inner-product'];

/** What nearest-neighbour collections do, wherever they are. */
function describeNearest(open: () => Store): void {
  it.each(METRICS)('finds the nearest by %s, in one scope, with a filter', async (metric) => {
    const store = open();
    const points = store.collection<{ kind: string }>(`points_${metric.replace('-', '_')}`, {
      vector: { dimensions: 2, metric },
      fields: { kind: { type: 'string' } },
    });
    await store.migrate();
    const mine = points.within('me');
    await mine.saveMany(
      Array.from({ length: 40 }, (_, n) => ({
        id: String(n).padStart(2, '0'),
        data: { kind: n % 2 === 0 ? 'even' : 'odd' },
        embedding: [Math.cos(n / 20) * (1 + n), Math.sin(n / 20) * (1 + n)],
      })),
    );
    await points.within('other').save({ id: 'other', data: { kind: 'even' }, embedding: [1, 0] });
    await mine.save({ id: 'without', data: { kind: 'even' } });
    const query = [1, 0.01];
    const found = await mine.nearest(query, { where: { kind: 'odd' }, limit: 5 });
    const exact = Array.from({ length: 40 }, (_, n) => n)
      .filter((n) => n % 2 === 1)
      .map((n) => {
        const [x, y] = [Math.cos(n / 20) * (1 + n), Math.sin(n / 20) * (1 + n)];
        const dot = x + y * 0.01;
        const distances = {
          cosine: 1 - dot / (Math.hypot(x, y) * Math.hypot(1, 0.01)),
          l2: Math.hypot(x - 1, y - 0.01),
          'inner-product': -dot,
        };
        return { id: String(n).padStart(2, '0'), distance: distances[metric] };
      })
      .sort((left, right) => left.distance - right.distance)
      .slice(0, 5);
    expect(found.map(({ record }) => record.id)).toEqual(exact.map(({ id }) => id));
    for (const [index, { distance }] of found.entries()) expect(distance).toBeCloseTo(exact[index]!.distance, 4);
    expect(await mine.nearest(query, { limit: 1_000 })).toHaveLength(40);
  });

  it('says what is wrong with an embedding', async () => {
    const store = open();
    const mine = store.collection('checked', { vector: { dimensions: 3 } }).within('me');
    const plain = store.collection('plain').within('me');
    await store.migrate();
    await expect(mine.save({ data: {}, embedding: [1, 2] })).rejects.toThrow(
      /has 2 dimensions, collection "checked" has 3/,
    );
    await expect(mine.save({ data: {}, embedding: [1, Number.NaN, 0] })).rejects.toThrow(/32 bits cannot hold/);
    await expect(mine.save({ data: {}, embedding: [1e39, 0, 0] })).rejects.toThrow(/32 bits cannot hold/);
    for (const embedding of [['1', '2', '3'], [1, null, 0], 'abc', null])
      await expect(mine.save({ data: {}, embedding: embedding as never })).rejects.toThrow(/is an array of numbers/);
    const line = '{"collection":"checked","scope":"me","data":{},"embedding":[1e300,0,1]}';
    await expect(store.restore(Readable.from([line]))).rejects.toMatchObject({ code: 'INVALID_BACKUP' });
    await expect(mine.nearest([0, 0, 0])).rejects.toThrow(/zero, which has no direction/);
    await expect(plain.nearest([1])).rejects.toThrow(/has no vectors; declare "vector"/);
    expect(await mine.nearest([1, 0, 0])).toEqual([]);
  });

  it('keeps the embedding through updates, merges, backup and restore', async () => {
    const store = open();
    const mine = store.collection('kept', { vector: { dimensions: 3 } }).within('me');
    await store.migrate();
    await mine.save({ id: 'a', data: { n: 1 }, embedding: [0.1, 0.2, 0.3] });
    await mine.update('a', { n: 2 } as never);
    await mine.save({ id: 'a', data: { m: 1 } as never }, { onConflict: 'merge' });
    let text = '';
    for await (const line of store.backup({ collections: ['kept'] })) text += line;
    await mine.remove('a');
    async function* source() {
      yield text;
    }
    await store.restore(source());
    const [nearest] = await mine.nearest([0.1, 0.2, 0.3]);
    expect(nearest).toMatchObject({ record: { id: 'a', version: 3, data: { n: 2, m: 1 } } });
    expect(nearest?.distance).toBeCloseTo(0, 6);
  });
}

describe('nearest neighbours in memory', () => {
  describeNearest(() => createMemoryStore());
});

describe('nearest neighbours in PGlite with pgvector', { timeout: 60_000 }, () => {
  let db: PGlite;
  let number = 0;
  beforeAll(async () => {
    db = await PGlite.create({ extensions: { vector } });
  }, 60_000);
  afterAll(() => db.close());

  describeNearest(() => {
    number += 1;
    return createStore({ db, schema: `vectors_${number}` });
  });

  it('finds the index of a collection with a long name again', async () => {
    const store = createStore({ db, schema: 'long', autoMigrate: true });
    await store
      .collection('c'.repeat(40), { vector: { dimensions: 2, metric: 'inner-product' } })
      .within('me')
      .count();
    expect(await store.check()).toEqual({ ready: true, statements: [], missingIndexes: [] });
  });

  it('finds few records of a scope among many of another through the HNSW index', async () => {
    const plans: string[] = [];
    const store = createStore({
      db: {
        query: (text, values) => db.query(text, [...(values ?? [])]),
        transaction: (work) =>
          db.transaction((transaction) =>
            work({
              query: async (text, values = []) => {
                if (text.includes('<=>')) {
                  // So that the index is taken although an exact scan of so few is cheaper.
                  for (const name of ['seqscan', 'bitmapscan', 'sort'])
                    await transaction.query(`set local enable_${name} = off`);
                  const { rows } = await transaction.query<Record<string, string>>(`explain ${text}`, [...values]);
                  plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
                }
                return transaction.query(text, [...values]);
              },
            }),
          ),
      },
      schema: 'crowded',
    });
    const points = store.collection('points', { vector: { dimensions: 2 } });
    await store.migrate();
    const circle = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({
        id: `${n}`,
        data: {},
        embedding: [Math.cos(from + n / count), Math.sin(from + n / count)],
      }));
    await points.within('crowd').saveMany(circle(0, 1_500));
    await points.within('few').saveMany(circle(2, 5));
    const found = await points.within('few').nearest([1, 0], { limit: 5 });
    expect(plans).toEqual([expect.stringContaining('Index Scan using records_points_embedding_cosine')]);
    expect(found.map(({ record }) => record.id)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('goes on without the extension where the role may not create it', async () => {
    const own = await PGlite.create({ extensions: { vector } });
    try {
      await own.exec('create role plain; create schema given authorization plain; set role plain');
      const store = createStore({ db: own, schema: 'given', autoMigrate: true });
      const points = store.collection('points', { vector: { dimensions: 2 } }).within('me');
      await points.save({ id: 'a', data: {}, embedding: [1, 0] });
      await expect(points.nearest([1, 0])).rejects.toMatchObject({ code: 'VECTOR_UNAVAILABLE' });
    } finally {
      await own.close();
    }
  });
});

describe('a database without pgvector', { timeout: 60_000 }, () => {
  it('keeps embeddings, says what nearest needs, and finds them once the extension is there', async () => {
    const directory = 'memory://';
    const db = await PGlite.create(directory);
    let dump: Awaited<ReturnType<PGlite['dumpDataDir']>>;
    try {
      const store = createStore({ db, autoMigrate: true });
      const points = store.collection('points', { vector: { dimensions: 2 } }).within('me');
      await points.save({ id: 'a', data: { n: 1 }, embedding: [1, 0] });
      await points.save({ id: 'b', data: { n: 2 }, embedding: [0, 1] });
      expect((await points.list()).items).toHaveLength(2);
      await expect(points.nearest([1, 0])).rejects.toMatchObject({ code: 'VECTOR_UNAVAILABLE' });
      dump = await db.dumpDataDir('none');
    } finally {
      await db.close();
    }
    const later = await PGlite.create({ loadDataDir: dump, extensions: { vector } });
    try {
      const store = createStore({ db: later });
      const points = store.collection('points', { vector: { dimensions: 2 } }).within('me');
      // The extension is offered and not installed: nothing is broken, migrate makes the step.
      expect(await store.migrate()).toMatchObject({ statements: 1 });
      await store.buildIndexes();
      expect((await points.nearest([1, 0.1])).map(({ record }) => record.id)).toEqual(['a', 'b']);
    } finally {
      await later.close();
    }
  });
});
