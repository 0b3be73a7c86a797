import { type PgvectorServer, startPgvectorServer } from '@pgmcp/testing/pgvector';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, fromPool } from '../src/index.ts';

const DIMENSIONS = 8;

const vectorOf = (n: number): number[] =>
  Array.from({ length: DIMENSIONS }, (_, dimension) => Math.sin((n + 1) * (dimension + 1)));

const cosineDistance = (left: readonly number[], right: readonly number[]): number => {
  const dot = left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  return 1 - dot / (Math.hypot(...left) * Math.hypot(...right));
};

describe('nearest neighbours through a driver, on the server of DATABASE_URL where that has pgvector', () => {
  let server: PgvectorServer;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await startPgvectorServer();
    pool = new pg.Pool({ connectionString: server.url, max: 1 });
    pool.on('error', () => undefined);
    await pool.query('SET default_transaction_read_only = off');
  }, 60_000);
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  it('are those of the scope, nearest first, as exact arithmetic finds them', async () => {
    const store = createStore({ db: fromPool(pool), autoMigrate: true });
    const places = store.collection<{ n: number }>('places', {
      vector: { dimensions: DIMENSIONS },
      fields: { n: { type: 'number' } },
    });
    for (const [scope, parity] of [
      ['even', 0],
      ['odd', 1],
    ] as const) {
      await places.within(scope).saveMany(
        Array.from({ length: 150 }, (_, index) => index * 2 + parity).map((n) => ({
          id: String(n),
          data: { n },
          embedding: vectorOf(n),
        })),
      );
    }
    const query = vectorOf(1_000);
    const found = await places.within('odd').nearest(query, { where: { n: { $lt: 200 } }, limit: 5 });
    const exact = Array.from({ length: 100 }, (_, index) => index * 2 + 1)
      .map((n) => ({ n, distance: cosineDistance(vectorOf(n), query) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 5);
    expect(found.map(({ record }) => record.data.n)).toEqual(exact.map(({ n }) => n));
    for (const [index, { distance }] of found.entries()) expect(distance).toBeCloseTo(exact[index]?.distance ?? 0, 5);
  });
});
