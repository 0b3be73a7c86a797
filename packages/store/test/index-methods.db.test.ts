import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, type Filter, fromPool } from '../src/index.ts';

const RECORDS = 20_000;

describe('index methods that are chosen by name', () => {
  const database = useDatabase();
  const statements: { text: string; values: readonly unknown[] }[] = [];
  let pool: pg.Pool;
  beforeAll(() => {
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
  });
  afterAll(() => pool.end());

  const open = () => {
    const db = fromPool(pool);
    return createStore({
      db: {
        ...db,
        query: (text, values = []) => {
          statements.push({ text, values });
          return db.query(text, values);
        },
      },
    });
  };

  it('serve what they are for: gist patterns, hash equality of JSON, brin times that rise', async () => {
    const store = open();
    const records = store
      .collection('methods', {
        fields: { note: { type: 'string' }, shape: { type: 'json' }, when: { type: 'date' } },
        indexes: [
          { field: 'note', method: 'gist' },
          { field: 'shape', method: 'hash' },
          { field: 'when', method: 'brin' },
        ],
      })
      .within('me');
    await store.migrate();
    const minute = (n: number) => new Date(Date.UTC(2020, 0, 1) + n * 60_000).toISOString();
    await records.saveMany(
      Array.from({ length: RECORDS }, (_, n) => ({
        id: String(n).padStart(6, '0'),
        data: { note: `note ${n * 7919}`, shape: { size: n, of: ['a', n] }, when: minute(n), pad: 'x'.repeat(200) },
      })),
    );
    await pool.query('vacuum analyze pgmcp.records_methods');
    const found = async (where: Filter) => {
      const { items } = await records.list({ where, limit: 1_000 });
      const { text, values } = statements.at(-1)!;
      const { rows } = await pool.query(`explain ${text}`, [...values]);
      return { ids: items.map(({ id }) => id), plan: rows.map((row) => row['QUERY PLAN']).join('\n') };
    };
    const byPattern = await found({ note: { $like: `%${7919 * 1234}%` } });
    expect(byPattern.ids).toContain('001234');
    expect(byPattern.plan).toMatch(/Scan.* records_methods_note_/);
    const byShape = await found({ shape: { $eq: { size: 77, of: ['a', 77] } } });
    expect(byShape.ids).toEqual(['000077']);
    expect(byShape.plan).toMatch(/Scan.* records_methods_shape_/);
    const byTime = await found({ when: { $gte: minute(500), $lt: minute(510) } });
    expect(byTime.ids).toHaveLength(10);
    expect(byTime.plan).toMatch(/Bitmap Index Scan on records_methods_when_/);
    const methods = await pool.query(
      "select am.amname as method from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am am on am.oid = c.relam where i.indrelid = 'pgmcp.records_methods'::regclass order by 1",
    );
    expect(methods.rows.map(({ method }) => method)).toEqual(['brin', 'btree', 'btree', 'gist', 'hash']);
  });

  it('and compression by lz4 holds, or the server says that it was built without', async () => {
    const { rows } = await pool.query(
      "select 'lz4' = any(enumvals) as built from pg_settings where name = 'default_toast_compression'",
    );
    const store = open();
    const texts = store.collection('texts', { compression: 'lz4' }).within('me');
    if (!rows[0].built) {
      await expect(store.migrate()).rejects.toThrow(/lz4/);
      return;
    }
    await store.migrate();
    await texts.save({ id: 'long', data: { text: 'select '.repeat(5_000) } });
    const stored = await pool.query('select pg_column_compression(data) as method from pgmcp.records_texts');
    expect(stored.rows).toEqual([{ method: 'lz4' }]);
    expect((await texts.load('long'))?.data['text']).toHaveLength(35_000);
  });
});
