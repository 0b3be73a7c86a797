import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, fromPool } from '../src/index.ts';

describe('a store whose server is killed', () => {
  let server: EmbeddedPostgres;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await startEmbeddedPostgres();
    pool = new pg.Pool({ connectionString: server.url(), max: 2 });
    // Idle connections hear of the end of their server; the next statement opens new ones.
    pool.on('error', () => undefined);
  }, 60_000);
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  it('between two batches keeps every batch that was answered, whole, and nothing of the others', async () => {
    const db = fromPool(pool);
    let answered = 0;
    const store = createStore({
      autoMigrate: true,
      db: {
        ...db,
        query: async (text, values) => {
          if (text.startsWith('insert into') && answered === 2) await server.crash();
          const answer = await db.query<never>(text, values);
          if (text.startsWith('insert into')) answered += 1;
          return answer;
        },
      },
    });
    const notes = store.collection('notes').within('me');
    const records = Array.from({ length: 5_000 }, (_, n) => ({ id: String(n).padStart(5, '0'), data: { n } }));
    await expect(notes.saveMany(records)).rejects.toThrow();
    expect(answered).toBe(2);
    await server.resume();
    expect(await notes.count()).toBe(2_000);
    // The same call again is all it takes.
    answered = Number.NEGATIVE_INFINITY;
    const saved = await notes.saveMany(records, { onConflict: 'skip' });
    expect(saved.filter(({ outcome }) => outcome === 'skipped')).toHaveLength(2_000);
    expect(await notes.count()).toBe(5_000);
  }, 60_000);
});
