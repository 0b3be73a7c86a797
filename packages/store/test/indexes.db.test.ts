import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CollectionOptions,
  createMemoryStore,
  createStore,
  type Filter,
  fromPool,
  type ListOptions,
} from '../src/index.ts';

const OPTIONS: CollectionOptions<{ n: number }> = {
  fields: {
    n: { type: 'number' },
    name: { type: 'string' },
    code: { type: 'string' },
    note: { type: 'string' },
    when: { type: 'date' },
    done: { type: 'boolean' },
    tags: { type: 'json' },
  },
  indexes: [
    { field: 'n' },
    { field: 'name' },
    { field: 'code', method: 'hash' },
    { field: 'note', method: 'gin' },
    { field: 'when' },
    { field: 'tags' },
    { field: 'createdAt' },
  ],
};

describe('indexes', () => {
  const database = useDatabase();
  let pool: pg.Pool;
  beforeAll(() => {
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
  });
  afterAll(() => pool.end());

  it('serve equality, ranges, containment, patterns and pages: the plans name them', async () => {
    const statements: { text: string; values: readonly unknown[] }[] = [];
    const db = fromPool(pool);
    const store = createStore({
      db: {
        ...db,
        query: (text, values = []) => {
          statements.push({ text, values });
          return db.query(text, values);
        },
      },
    });
    const records = store.collection('planned', OPTIONS).within('me');
    expect((await store.check()).statements).toContain('create extension if not exists pg_trgm');
    await store.migrate();
    const day = (n: number) => new Date(Date.UTC(2000, 0, 1) + n * 86_400_000).toISOString();
    await records.saveMany(
      Array.from({ length: 6_000 }, (_, n) => ({
        id: String(n).padStart(5, '0'),
        data: {
          n,
          name: `name ${n}`,
          code: `c${n}`,
          note: `a note of ${n * 7919}`,
          when: day(n),
          done: n % 2 === 0,
          tags: [`t${n % 500}`],
        },
      })),
    );
    // Vacuum empties the pending list of the GIN indexes, which the planner counts as cost.
    await pool.query('vacuum analyze pgmcp.records_planned');
    const plan = async (options: ListOptions): Promise<string> => {
      await records.list(options);
      const { text, values } = statements.at(-1)!;
      const { rows } = await pool.query(`explain ${text}`, [...values]);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const filtered = (where: Filter) => plan({ where });
    expect(await filtered({ n: { $gt: 5_990 } })).toMatch(/Scan.* records_planned_n_/);
    expect(await filtered({ n: 17 })).toMatch(/Scan.* records_planned_n_/);
    expect(await filtered({ n: { $in: [17, 18] } })).toMatch(/Scan.* records_planned_n_/);
    expect(await filtered({ name: 'name 17' })).toMatch(/Scan.* records_planned_name_/);
    expect(await filtered({ name: { $gte: 'name 5990', $lt: 'name 5999' } })).toMatch(/Scan.* records_planned_name_/);
    expect(await filtered({ code: 'c17' })).toMatch(/Scan.* records_planned_code_/);
    expect(await filtered({ note: { $like: '%79190%' } })).toMatch(/Scan.* records_planned_note_/);
    expect(await filtered({ when: { $gt: day(5_990) } })).toMatch(/Scan.* records_planned_when_/);
    expect(await filtered({ tags: { $contains: 't17' } })).toMatch(/Scan.* records_planned_tags_/);
    const { next = '' } = await records.list({ orderBy: { field: 'n' }, limit: 10 });
    const page = await plan({ orderBy: { field: 'n' }, limit: 10, after: next });
    expect(page).toMatch(/Index Scan using records_planned_n_/);
    expect(page).not.toMatch(/Sort/);
    expect(await plan({ orderBy: { field: 'createdAt', direction: 'desc' }, limit: 10 })).toMatch(
      /Index Scan Backward using records_planned_createdat_/,
    );
    expect(await plan({ limit: 10 })).toMatch(/using records_planned_pkey/);
  });

  it('take texts and values of any size: an insert never fails for an index', async () => {
    const store = createStore({ db: fromPool(pool) });
    const records = store.collection('huge', OPTIONS).within('me');
    await store.migrate();
    const text = Array.from({ length: 8_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join('');
    await records.save({ id: 'a', data: { n: [text] as never, name: text, when: text, done: text } as never });
    expect(await records.count({ where: { name: text } })).toBe(1);
    expect(await records.count({ where: { name: { $gt: text.slice(0, 400) } } })).toBe(1);
    expect(await records.count({ where: { n: { $gt: 0 } } })).toBe(0);
  });

  it('are built later without blocking, and built anew after a failure left one invalid', async () => {
    const db = fromPool(pool);
    const first = createStore({ db });
    const records = first.collection('late', { fields: { n: { type: 'number' } } }).within('me');
    await first.migrate();
    await records.save({ data: { n: 1 } });
    const second = createStore({ db });
    second.collection('late', { fields: { n: { type: 'number' } }, indexes: [{ field: 'n' }] });
    const { ready, missingIndexes } = await second.check();
    expect([ready, missingIndexes]).toEqual([true, [expect.stringMatching(/^records_late_n_[0-9a-f]{8}$/)]]);
    expect((await second.health()).problems).toEqual([expect.stringMatching(/run buildIndexes/)]);
    expect(await second.buildIndexes()).toEqual(missingIndexes);
    expect(await second.buildIndexes()).toEqual([]);
    await pool.query(
      `update pg_index set indisvalid = false where indexrelid = 'pgmcp.${missingIndexes[0]}'::regclass`,
    );
    expect((await second.indexAdvice()).map(({ kind }) => kind)).toContain('invalid');
    expect(await second.buildIndexes()).toEqual(missingIndexes);
    expect((await second.check()).missingIndexes).toEqual([]);
  });

  it('are advised: missing, unused and undeclared', async () => {
    const db = fromPool(pool);
    const store = createStore({ db });
    const records = store
      .collection('advised', { fields: { a: { type: 'number' }, b: { type: 'number' } }, indexes: [{ field: 'a' }] })
      .within('me');
    await store.migrate();
    await pool.query('create index extra on pgmcp.records_advised (type)');
    for (let n = 0; n < 100; n += 1) await records.count({ where: { $or: [{ b: n }, { b: { $gt: 1_000 } }] } });
    const advice = await store.indexAdvice();
    expect(advice.map(({ kind, subject }) => `${kind} ${subject.replace(/_[0-9a-f]{8}$/, '')}`).sort()).toEqual([
      'missing b',
      'undeclared extra',
      'unused records_advised_a',
    ]);
    expect(
      (await store.indexUsage()).map(({ name, declared, valid }) => [
        name.replace(/_[0-9a-f]{8}$/, ''),
        declared,
        valid,
      ]),
    ).toEqual([
      ['extra', false, true],
      ['records_advised_a', true, true],
      ['records_advised_expiry', true, true],
      ['records_advised_pkey', true, true],
    ]);
  });

  it('of collections whose long names begin alike are two', async () => {
    const store = createStore({ db: fromPool(pool), schema: 'alike', autoMigrate: true });
    const names = ['customer_support_conversation_drafts', 'customer_support_conversation_letters'];
    for (const name of names) {
      const collection = store.collection(name, { fields: { n: { type: 'number' } }, indexes: [{ field: 'n' }] });
      await collection.within('me').count();
    }
    const usage = await store.indexUsage();
    const indexed = usage.filter(({ name }) => !/_(?:pkey|expiry)$/.test(name)).map(({ collection }) => collection);
    expect(indexed).toEqual(names);
  });

  it.each([
    [
      { fields: { n: { type: 'number' } }, indexes: [{ field: 'n', method: 'gin' }] },
      /gin does not serve fields of type number; use btree/,
    ],
    [{ indexes: [{ field: 'n' }] }, /no such field; declare it/],
    [{ fields: { id: { type: 'string' } } }, /name of a field of every record/],
    [{ fields: { n: { type: 'text' } } }, /unknown type "text"/],
    [{ fields: { n: { type: 'number', path: ['a', '0'] } } }, /positions in arrays cannot be declared/],
    [{ fields: { 'a"b': { type: 'number' } } }, /needs a name of letters/],
    [{ indexes: [{ field: 'type' }, { field: 'type' }] }, /declared twice/],
    [{ ttl: 5 }, /has no option "ttl"/],
    [{ vector: { dimensions: 3_000 } }, /dimensions takes 1 to 2,000/],
    [{ compression: 'zstd' }, /compression takes lz4 or pglz/],
  ])('and fields are refused when declared wrongly: %j', (options, message) => {
    expect(() => createMemoryStore().collection('x', options as never)).toThrow(message);
  });
});
