import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Collection, ListOptions, ScopedCollection, Store, StoreEvent } from '../src/index.ts';

interface Task {
  title: string;
  size?: number | bigint | string | null;
  done?: boolean;
  due?: string;
  tags?: string[];
  nested?: { deep?: string };
}

const START = Date.UTC(2026, 0, 15, 12);

/** What every store does, whatever is behind it. */
export function describeStore(
  open: (clock: () => number, onEvent: (event: StoreEvent) => void) => Promise<Store>,
): void {
  const clock = { now: START };
  const events: StoreEvent[] = [];
  let store: Store;
  let tasks: Collection<Task>;
  let strict: Collection<Task>;
  let files: Collection<{ name: string }>;
  let scopeNumber = 0;
  let mine: ScopedCollection<Task>;
  let scope = '';

  beforeAll(async () => {
    store = await open(
      () => clock.now,
      (event) => events.push(event),
    );
    tasks = store.collection<Task>('tasks', {
      fields: {
        title: { type: 'string' },
        size: { type: 'number' },
        done: { type: 'boolean' },
        due: { type: 'date' },
        tags: { type: 'json' },
        deep: { type: 'string', path: ['nested', 'deep'] },
        source: { type: 'string', in: 'metadata' },
      },
      indexes: [
        { field: 'title' },
        { field: 'size' },
        { field: 'done' },
        { field: 'due' },
        { field: 'tags' },
        { field: 'deep', method: 'hash' },
        { field: 'createdAt', method: 'brin' },
        { field: 'sessionId' },
      ],
    });
    strict = store.collection<Task>('strict', {
      ttlMs: 60_000,
      parse: (data) => {
        const { title } = data as Task;
        if (typeof title !== 'string' || title === '') throw new TypeError('no title');
        return { ...(data as Task), title: title.trim() };
      },
    });
    files = store.collection('files', { bytes: true });
    await store.migrate();
  }, 60_000);

  beforeEach(() => {
    scopeNumber += 1;
    scope = `scope ${scopeNumber}`;
    mine = tasks.within(scope);
    clock.now = START;
    events.length = 0;
  });

  const ids = async (options: ListOptions) => (await mine.list(options)).items.map(({ id }) => id);

  describe('saving and loading', () => {
    it('gives back what was saved, with every label, version 1 and the times', async () => {
      const saved = await mine.save({
        id: 'a',
        data: { title: 'Grüße 🙂', size: 0.1 },
        type: 'chore',
        sessionId: 's1',
        threadId: 't1',
        namespace: ['users', '42'],
        metadata: { source: 'test' },
        ttlMs: 1_000,
      });
      expect(saved).toEqual({ id: 'a', outcome: 'inserted', version: 1 });
      expect(await mine.load('a')).toEqual({
        id: 'a',
        data: { title: 'Grüße 🙂', size: 0.1 },
        type: 'chore',
        sessionId: 's1',
        threadId: 't1',
        namespace: ['users', '42'],
        metadata: { source: 'test' },
        version: 1,
        createdAt: new Date(START),
        updatedAt: new Date(START),
        expiresAt: new Date(START + 1_000),
      });
    });

    it('makes ids that sort by time of creation', async () => {
      const saved = [];
      for (let index = 0; index < 5; index += 1) saved.push((await mine.save({ data: { title: `${index}` } })).id);
      clock.now += 5;
      saved.push((await mine.save({ data: { title: 'last' } })).id);
      expect([...saved].sort()).toEqual(saved);
      expect(await ids({})).toEqual(saved);
    });

    it('replaces by default and keeps the time of creation', async () => {
      await mine.save({ id: 'a', data: { title: 'one', size: 1 }, type: 'x' });
      clock.now += 10;
      expect(await mine.save({ id: 'a', data: { title: 'two' } })).toEqual({ id: 'a', outcome: 'updated', version: 2 });
      const record = await mine.load('a');
      expect(record).toMatchObject({
        data: { title: 'two' },
        createdAt: new Date(START),
        updatedAt: new Date(START + 10),
      });
      expect(record?.data).not.toHaveProperty('size');
      expect(record).not.toHaveProperty('type');
    });

    it('merges top-level keys and labels, or skips, where asked', async () => {
      await mine.save({
        id: 'a',
        data: { title: 'one', size: 1, nested: { deep: 'x' } },
        type: 'x',
        namespace: ['n'],
        metadata: { a: 1 },
      });
      await mine.save(
        { id: 'a', data: { title: 'two', nested: {} }, sessionId: 's', metadata: { b: 2 } },
        { onConflict: 'merge' },
      );
      expect(await mine.load('a')).toMatchObject({
        data: { title: 'two', size: 1, nested: {} },
        type: 'x',
        sessionId: 's',
        namespace: ['n'],
        metadata: { a: 1, b: 2 },
        version: 2,
      });
      for (const onConflict of ['skip', 'append'] as const) {
        expect(await mine.save({ id: 'a', data: { title: 'three' } }, { onConflict })).toEqual({
          id: 'a',
          outcome: 'skipped',
        });
      }
      expect((await mine.load('a'))?.data.title).toBe('two');
    });

    it('saves many at once: new, known and repeated ids, the last of which wins', async () => {
      await mine.save({ id: 'b', data: { title: 'old' } });
      const saved = await mine.saveMany([
        { id: 'c', data: { title: 'c1' } },
        { id: 'b', data: { title: 'b1' }, type: 'kind' },
        { id: 'c', data: { title: 'c2' }, ttlMs: 5 },
        { id: 'a', data: { title: 'a1' }, metadata: { source: 'x' }, namespace: ['q"u\\o{te}', 'NULL', ','] },
      ]);
      expect(saved).toEqual([
        { id: 'b', outcome: 'updated', version: 2 },
        { id: 'c', outcome: 'inserted', version: 1 },
        { id: 'a', outcome: 'inserted', version: 1 },
      ]);
      expect(events).toEqual([{ type: 'duplicates-dropped', collection: 'tasks', count: 1 }]);
      const [a, b, c] = await mine.loadMany(['a', 'b', 'c']);
      expect(a).toMatchObject({ namespace: ['q"u\\o{te}', 'NULL', ','], metadata: { source: 'x' } });
      expect([b?.type, c?.data.title, c?.expiresAt]).toEqual(['kind', 'c2', new Date(START + 5)]);
      expect(b).not.toHaveProperty('expiresAt');
      expect(await mine.saveMany([])).toEqual([]);
    });

    it('cuts a large batch into statements', async () => {
      const saved = await mine.saveMany(
        Array.from({ length: 2_345 }, (_, n) => ({ id: `n${n}`, data: { title: `${n}` } })),
      );
      expect(saved).toHaveLength(2_345);
      expect(saved.every(({ outcome }) => outcome === 'inserted')).toBe(true);
      expect(await mine.count()).toBe(2_345);
      expect(await mine.removeMany(saved.map(({ id }) => id))).toBe(2_345);
    });

    it('loads many in the order of the ids and leaves out what is not there', async () => {
      await mine.saveMany(['a', 'b', 'c'].map((id) => ({ id, data: { title: id } })));
      expect((await mine.loadMany(['c', 'missing', 'a', 'c'])).map(({ id }) => id)).toEqual(['c', 'a', 'c']);
      expect(await mine.loadMany([])).toEqual([]);
      expect(await mine.load('missing')).toBeUndefined();
    });

    it('keeps integers that a float would change, and floats as they are', async () => {
      const values = [
        12345678901234567890n,
        -(2n ** 70n) - 1n,
        9007199254740993n,
        1e23,
        5e-324,
        1.7976931348623157e308,
        -0.1,
        3,
      ];
      for (const [index, size] of values.entries()) await mine.save({ id: `${index}`, data: { title: '', size } });
      const loaded = await mine.loadMany(values.map((_, index) => `${index}`));
      expect(loaded.map(({ data }) => data.size)).toEqual(values);
    });

    it('does not share objects with its callers', async () => {
      const data = { title: 'mine', tags: ['a'] };
      await mine.save({ id: 'a', data });
      data.tags.push('b');
      const first = await mine.load('a');
      first?.data.tags?.push('c');
      expect((await mine.load('a'))?.data.tags).toEqual(['a']);
    });

    it('keeps bytes beside the data, and reads them only when loading', async () => {
      const mineToo = files.within(scope);
      const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
      await mineToo.save({ id: 'f', data: { name: 'f' }, bytes });
      expect((await mineToo.load('f'))?.bytes).toEqual(bytes);
      expect((await mineToo.list()).items[0]).not.toHaveProperty('bytes');
      await mineToo.update('f', { name: 'g' });
      expect(await mineToo.load('f')).toMatchObject({ data: { name: 'g' }, bytes });
      await expect(mine.save({ data: { title: '' }, bytes })).rejects.toThrow(/holds no bytes; declare/);
    });
  });

  describe('scopes', () => {
    it('never show, count or change each other', async () => {
      const other = tasks.within(`${scope} `);
      await mine.save({ id: 'a', data: { title: 'mine' } });
      await other.save({ id: 'a', data: { title: 'other' } });
      expect((await mine.load('a'))?.data.title).toBe('mine');
      expect(await mine.count()).toBe(1);
      expect(await mine.removeMany(['a'])).toBe(1);
      expect((await other.load('a'))?.data.title).toBe('other');
      expect(await mine.update('a', { title: 'x' })).toEqual({ outcome: 'missing' });
    });

    it('must be named', () => {
      expect(() => tasks.within('')).toThrow(/scope must be a text of 1 to 512 characters/);
      expect(() => tasks.within(undefined as unknown as string)).toThrow(/scope must be a text/);
    });
  });

  describe('namespaces', () => {
    it('are listed by whole elements: user1 is not user10', async () => {
      await mine.saveMany([
        { id: '1', data: { title: '' }, namespace: ['users', 'user1'] },
        { id: '2', data: { title: '' }, namespace: ['users', 'user10'] },
        { id: '3', data: { title: '' }, namespace: ['users', 'user1', 'notes'] },
        { id: '4', data: { title: '' } },
      ]);
      expect(await ids({ namespace: ['users', 'user1'] })).toEqual(['1', '3']);
      expect(await ids({ namespace: ['users'] })).toEqual(['1', '2', '3']);
      expect(await mine.count({ namespace: ['users', 'user1', 'notes', 'more'] })).toBe(0);
    });
  });

  describe('changing', () => {
    it('sets keys, or takes a function, and raises the version', async () => {
      await mine.save({ id: 'a', data: { title: 'one', size: 1 }, type: 'x', ttlMs: 100 });
      expect(await mine.update('a', { size: 2 })).toMatchObject({
        outcome: 'updated',
        record: { version: 2, data: { title: 'one', size: 2 }, type: 'x', expiresAt: new Date(START + 100) },
      });
      const result = await mine.update('a', ({ title }) => ({ title: `${title}!` }), { type: 'y', ttlMs: null });
      expect(result).toMatchObject({ outcome: 'updated', record: { version: 3, data: { title: 'one!' }, type: 'y' } });
      const record = await mine.load('a');
      expect(record).not.toHaveProperty('expiresAt');
      expect(record?.data).toEqual({ title: 'one!' });
    });

    it('answers a conflict with the record as it is when the version is another', async () => {
      await mine.save({ id: 'a', data: { title: 'one' } });
      expect(await mine.update('a', { title: 'two' }, { ifVersion: 1 })).toMatchObject({ outcome: 'updated' });
      expect(await mine.update('a', { title: 'lost' }, { ifVersion: 1 })).toMatchObject({
        outcome: 'conflict',
        current: { version: 2, data: { title: 'two' } },
      });
      expect(await mine.remove('a', { ifVersion: 1 })).toMatchObject({ outcome: 'conflict', current: { version: 2 } });
      expect(await mine.remove('a', { ifVersion: 2 })).toEqual({ outcome: 'removed' });
      expect(await mine.remove('a', { ifVersion: 2 })).toEqual({ outcome: 'missing' });
      expect(await mine.update('a', { title: 'x' })).toEqual({ outcome: 'missing' });
    });

    it('loses no update of many at once', async () => {
      await mine.save({ id: 'a', data: { title: '', size: 0 } });
      await Promise.all(
        Array.from({ length: 8 }, () => mine.update('a', (data) => ({ ...data, size: Number(data.size) + 1 }))),
      );
      expect(await mine.load('a')).toMatchObject({ version: 9, data: { size: 8 } });
    });
  });

  describe('expiry', () => {
    it('hides what has expired from every read, at the millisecond', async () => {
      await mine.saveMany([
        { id: 'short', data: { title: 's' }, ttlMs: 10 },
        { id: 'long', data: { title: 'l' } },
      ]);
      clock.now = START + 9;
      expect(await ids({})).toEqual(['long', 'short']);
      clock.now = START + 10;
      expect(await ids({})).toEqual(['long']);
      expect(await mine.load('short')).toBeUndefined();
      expect(await mine.count()).toBe(1);
      expect(await mine.loadMany(['short', 'long'])).toHaveLength(1);
      expect(await mine.update('short', { title: 'x' })).toEqual({ outcome: 'missing' });
      expect(await mine.removeMany(['short'])).toBe(0);
      expect(await mine.remove('short')).toEqual({ outcome: 'missing' });
    });

    it('starts anew when an expired id is saved again, also with skip and merge', async () => {
      for (const onConflict of ['replace', 'skip', 'merge'] as const) {
        clock.now = START;
        await mine.save({ id: onConflict, data: { title: 'old', size: 1 }, type: 'old', ttlMs: 5 });
        clock.now = START + 5;
        const saved = await mine.save({ id: onConflict, data: { title: 'new' } }, { onConflict });
        expect(saved).toEqual({ id: onConflict, outcome: 'inserted', version: 1 });
        const record = await mine.load(onConflict);
        expect(record).toMatchObject({ version: 1, createdAt: new Date(START + 5), data: { title: 'new' } });
        expect(record?.data).not.toHaveProperty('size');
        expect(record).not.toHaveProperty('type');
      }
    });

    it('sweeps in batches what has expired and nothing else', async () => {
      clock.now = START + 10 ** 9;
      await store.sweep();
      clock.now = START;
      events.length = 0;
      await mine.saveMany(
        Array.from({ length: 25 }, (_, n) => ({ id: `${n}`, data: { title: '' }, ttlMs: n < 20 ? 10 : 11 })),
      );
      expect(await store.sweep()).toBe(0);
      clock.now = START + 10;
      expect(await store.sweep({ batch: 7 })).toBe(20);
      expect(events).toMatchObject([{ type: 'swept', collection: 'tasks', count: 20 }]);
      expect(await mine.count()).toBe(5);
    });

    it('comes from the collection where the record says nothing', async () => {
      const scoped = strict.within(scope);
      await scoped.save({ id: 'a', data: { title: 'x' } });
      await scoped.save({ id: 'b', data: { title: 'x' }, ttlMs: null });
      expect((await scoped.load('a'))?.expiresAt).toEqual(new Date(START + 60_000));
      expect(await scoped.load('b')).not.toHaveProperty('expiresAt');
    });
  });

  describe('listing', () => {
    const sizes: (number | bigint | string | null | undefined)[] = [
      10,
      9,
      -1,
      9.5,
      100n,
      '9',
      null,
      undefined,
      2n ** 70n + 1n,
      1e3,
      9,
    ];
    const save = () =>
      mine.saveMany(
        sizes.map((size, n) => ({
          id: `id${String(n).padStart(2, '0')}`,
          data: size === undefined ? { title: `t${n}` } : { title: `t${n}`, size },
        })),
      );

    it('compares numbers as numbers, and lets other types never match', async () => {
      await save();
      expect(await ids({ where: { size: { $gt: 9 } } })).toEqual(['id00', 'id03', 'id04', 'id08', 'id09']);
      expect(await ids({ where: { size: { $lte: 9 } } })).toEqual(['id01', 'id02', 'id10']);
      expect(await ids({ where: { size: 9 } })).toEqual(['id01', 'id10']);
      expect(await ids({ where: { size: { $in: [100, null] } } })).toEqual(['id04', 'id06']);
      expect(await ids({ where: { size: { $exists: false } } })).toEqual(['id07']);
      expect(await ids({ where: { size: { $gt: 2n ** 70n } } })).toEqual(['id08']);
    });

    it('pages through an order with ties, in both directions, records without the field last', async () => {
      await save();
      const wanted = ['id02', 'id01', 'id10', 'id03', 'id00', 'id04', 'id09', 'id08'];
      for (const direction of ['asc', 'desc'] as const) {
        const present = direction === 'asc' ? wanted : [...wanted].reverse();
        const lacking = direction === 'asc' ? ['id05', 'id06', 'id07'] : ['id07', 'id06', 'id05'];
        for (const limit of [1, 3, 8, 50]) {
          const seen: string[] = [];
          let after: string | undefined;
          do {
            const page = await mine.list({ orderBy: { field: 'size', direction }, limit, ...(after ? { after } : {}) });
            seen.push(...page.items.map(({ id }) => id));
            after = page.next;
          } while (after !== undefined);
          expect(seen).toEqual([...present, ...lacking]);
        }
      }
    });

    it('pages through texts by code point, dates by instant, booleans and columns', async () => {
      const long = 'x'.repeat(300);
      const titles = ['b', 'a', '\u{1F600}', '\uFFFD', `${long}b`, `${long}a`, '', 'B', 'é'];
      const due = [
        '2026-01-01T00:00:00Z',
        '2026-01-01T00:30:00+01:00',
        '2025-12-31',
        'never',
        '2026-02-30',
        '2026-01-01T00:00:00.5Z',
        '2026-01-01T00:00:00',
        '0001-01-01',
        '9999-12-31T23:59:59.999Z',
      ];
      for (const [n, title] of titles.entries()) {
        clock.now = START + n;
        await mine.save({
          id: `${n}`,
          data: { title, due: due[n] ?? '', done: n % 2 === 0 },
          ...(n % 3 === 0 ? { sessionId: `s${n % 4}` } : {}),
        });
      }
      const walk = async (field: string, direction: 'asc' | 'desc' = 'asc') => {
        const seen: string[] = [];
        for await (const { id } of mine.stream({ orderBy: { field, direction } })) seen.push(id);
        const paged: string[] = [];
        let after: string | undefined;
        do {
          const page = await mine.list({ orderBy: { field, direction }, limit: 2, ...(after ? { after } : {}) });
          paged.push(...page.items.map(({ id }) => id));
          after = page.next;
        } while (after !== undefined);
        expect(paged).toEqual(seen);
        return seen.join('');
      };
      expect(await walk('title')).toBe('671054832');
      expect(await walk('due')).toBe('721058346');
      expect(await walk('done')).toBe('135702468');
      expect(await walk('createdAt', 'desc')).toBe('876543210');
      expect(await walk('sessionId')).toBe('063124578');
      expect(await walk('version', 'desc')).toBe('876543210');
    });

    it('orders and compares versions as numbers', async () => {
      for (const [id, version] of Object.entries({ a: 10, b: 9, c: 2 })) {
        for (let n = 0; n < version; n += 1) await mine.save({ id, data: { title: '' } });
      }
      expect(await ids({ orderBy: { field: 'version' } })).toEqual(['c', 'b', 'a']);
      expect(await ids({ where: { version: { $gt: 2 } }, orderBy: { field: 'version', direction: 'desc' } })).toEqual([
        'a',
        'b',
      ]);
    });

    it('counts with a filter, exactly or by estimate', async () => {
      await save();
      expect(await mine.count({ where: { size: { $gt: 9 } } })).toBe(5);
      expect(await mine.count({ estimate: true })).toBeGreaterThanOrEqual(0);
    });

    it('streams every record once and stops at a signal', async () => {
      await mine.saveMany(Array.from({ length: 1_203 }, (_, n) => ({ id: `n${n}`, data: { title: `${n}` } })));
      const seen = new Set<string>();
      for await (const { id } of mine.stream()) seen.add(id);
      expect(seen.size).toBe(1_203);
      const controller = new AbortController();
      const reading = async () => {
        for await (const _ of mine.stream({ signal: controller.signal })) controller.abort();
      };
      await expect(reading()).rejects.toThrow(/abort/);
    });

    it('finds by containment, by pattern, by part, by label and by metadata', async () => {
      await mine.saveMany([
        {
          id: 'a',
          data: { title: '100% real', tags: ['red', 'blue'], nested: { deep: 'one' } },
          type: 'x',
          metadata: { source: 'web' },
        },
        { id: 'b', data: { title: '100 real', tags: ['red'] }, threadId: 't' },
        { id: 'c', data: { title: 'a_b\\c', tags: [] }, metadata: { source: 'cli' } },
      ]);
      expect(await ids({ where: { tags: { $contains: 'red' } } })).toEqual(['a', 'b']);
      expect(await ids({ where: { tags: { $contains: ['blue', 'red'] } } })).toEqual(['a']);
      expect(await ids({ where: { tags: { $eq: ['red'] } } })).toEqual(['b']);
      expect(await ids({ where: { title: { $like: '100\\%%' } } })).toEqual(['a']);
      expect(await ids({ where: { title: { $like: 'a\\_b\\\\_' } } })).toEqual(['c']);
      expect(await ids({ where: { title: { $contains: '%' } } })).toEqual(['a']);
      expect(await ids({ where: { source: { $in: ['web', 'cli'] } } })).toEqual(['a', 'c']);
      expect(await ids({ where: { deep: 'one', type: 'x' } })).toEqual(['a']);
      expect(await ids({ where: { type: { $exists: false }, $not: { threadId: 't' } } })).toEqual(['c']);
      expect(
        await ids({ where: { $or: [{ type: 'x' }, { $and: [{ threadId: 't' }, { title: { $gte: '1' } }] }] } }),
      ).toEqual(['a', 'b']);
      expect(await ids({ where: { createdAt: { $lte: new Date(START) }, version: 1 } })).toEqual(['a', 'b', 'c']);
      expect(await ids({ where: { title: { $not: { $like: '100%' } } } })).toEqual(['c']);
    });
  });

  describe('refusals', () => {
    it.each([
      [{ age: 1 }, /"age" is no declared field of collection "tasks"; declare it/],
      [{ size: { $regex: 'x' } }, /"\$regex" is no operator; use \$eq/],
      [{ size: { $gt: '9' } }, /declared as number and cannot be compared with a value of type string/],
      [{ size: Number.NaN }, /NaN, which JSON cannot hold/],
      [{ title: { $gt: null } }, /cannot be compared with null/],
      [{ title: { $like: 'x\\' } }, /lone backslash/],
      [{ size: { $like: 'x' } }, /\$like works on fields of type string/],
      [{ due: 'yesterday' }, /ISO 8601/],
      [{ tags: { $gt: 1 } }, /declared as json, which has no order/],
      [{ tags: { a: 1 } }, /object without an operator/],
      [{ type: null }, /never null/],
      [{ $nor: [] }, /"\$nor" is no operator here/],
      [{ $and: { size: 1 } }, /\$and takes an array/],
      [{ size: {} }, /object without an operator/],
      [{ title: 'x'.repeat(70_000) }, /at most 65536 bytes/],
      [{ $or: Array.from({ length: 70 }, () => ({ size: 1 })) }, /at most 64 conditions/],
    ])('names what is wrong with the filter: %#', async (where, message) => {
      await expect(mine.list({ where: where as never })).rejects.toThrow(message);
      await expect(mine.list({ where: where as never })).rejects.toMatchObject({
        code: 'INVALID_FILTER',
        name: 'StoreError',
      });
    });

    it('takes no filter deeper than eight', async () => {
      const nest = (depth: number): object => (depth === 0 ? { size: 1 } : { $not: nest(depth - 1) });
      await expect(mine.count({ where: nest(7) as never })).resolves.toBe(0);
      await expect(mine.count({ where: nest(8) as never })).rejects.toThrow(/nested at most 8/);
    });

    it.each([
      [{ title: Number.NaN }, /data\.title is NaN/],
      [{ title: 'x', a: { b: [undefined] } }, /data\.a\.b\[0\] is undefined/],
      [{ title: new Date(0) }, /data\.title is Date/],
      [{ title: new Map() }, /data\.title is Map/],
      [{ title: 'a\u0000' }, /data\.title contains U\+0000/],
      [{ title: '\ud800' }, /data\.title contains half of a surrogate pair/],
      [{ title: 10n ** 1_000n }, /more than 1000 digits/],
      [{ ['\u0000']: 1 }, /key contains U\+0000/],
      [[1], /data must be an object at its root/],
    ])('names the path of what JSON cannot hold: %#', async (data, message) => {
      await expect(mine.save({ data: data as never })).rejects.toThrow(message);
      await expect(mine.save({ data: data as never })).rejects.toMatchObject({ code: 'INVALID_RECORD' });
    });

    it('names unknown options, bad limits and bad cursors', async () => {
      await expect(mine.list({ offset: 5 } as never)).rejects.toThrow(/list has no option "offset"; it takes where/);
      await expect(mine.save({ data: { title: '' }, ttl: 5 } as never)).rejects.toThrow(/no option "ttl"/);
      await expect(mine.save({ data: { title: '' } }, { onConflict: 'ignore' as never })).rejects.toThrow(
        /replace, merge, skip or append/,
      );
      await expect(mine.save({ data: { title: '' }, ttlMs: 0 })).rejects.toThrow(/ttlMs is 0/);
      await expect(mine.list({ limit: 0 })).rejects.toThrow(/limit is 0; it takes 1 to 1,000/);
      await expect(mine.update('a', {}, { version: 1 } as never)).rejects.toThrow(/update has no option "version"/);
      await expect(mine.stream({ limit: 5 } as never).next()).rejects.toThrow(/stream has no option "limit"/);
      await expect(mine.list({ after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
      await expect(mine.update('a', {}, { ifVersion: 0 })).rejects.toThrow(/ifVersion is 0/);
      await expect(mine.list({ orderBy: { field: 'tags' } })).rejects.toThrow(/has no order/);
      await mine.saveMany(['a', 'b'].map((id) => ({ id, data: { title: id } })));
      const { next = '' } = await mine.list({ limit: 1 });
      await expect(mine.list({ after: next, orderBy: { field: 'size' } })).rejects.toThrow(
        /another collection or order/,
      );
      expect(() => store.collection('tasks')).toThrow(/already declared/);
    });

    it('parses on write and on read', async () => {
      const scoped = strict.within(scope);
      await expect(scoped.save({ data: { title: '' } })).rejects.toMatchObject({
        code: 'INVALID_RECORD',
        cause: new TypeError('no title'),
      });
      await scoped.save({ id: 'a', data: { title: '  trimmed ' } });
      expect((await scoped.load('a'))?.data.title).toBe('trimmed');
      await expect(scoped.update('a', { title: '' })).rejects.toThrow(/parse refused/);
      await scoped.save({ id: 'a', data: { title: '' } }, { onConflict: 'merge' });
      await expect(scoped.load('a')).rejects.toThrow(/as it was read/);
      await scoped.remove('a').catch(() => undefined);
    });
  });

  describe('operations', () => {
    it('is healthy, has nothing to migrate and says how large it is', async () => {
      await mine.save({ id: 'a', data: { title: 'x' } });
      expect(await store.health()).toMatchObject({ ok: true, problems: [] });
      expect(await store.check()).toEqual({ ready: true, statements: [], missingIndexes: [] });
      expect(await store.migrate()).toEqual({ statements: 0 });
      expect((await store.stats()).map(({ collection }) => collection)).toEqual(['tasks', 'strict', 'files']);
    });

    it('backs up and restores every field of living records', async () => {
      const mineToo = files.within(scope);
      await mineToo.save({
        id: 'f',
        data: { name: 'ü🙂' },
        bytes: Uint8Array.of(0, 255),
        type: 'k',
        sessionId: 's',
        threadId: 't',
        namespace: ['a', 'b'],
        metadata: { n: 2n ** 64n + 1n },
        ttlMs: 1_000,
      });
      await mineToo.save({ id: 'gone', data: { name: '' }, ttlMs: 1 });
      clock.now += 5;
      await mineToo.update('f', { name: 'second' });
      const before = await mineToo.load('f');
      let text = '';
      for await (const line of store.backup({ collections: ['files'] })) text += line;
      expect(text.split('\n')[0]).toBe('{"format":"pgmcp-store","version":1}');
      expect(text).not.toContain('"gone"');
      await mineToo.remove('f');
      // In pieces that cut characters and lines apart.
      const whole = Buffer.from(text);
      async function* pieces() {
        for (let at = 0; at < whole.length; at += 7) yield whole.subarray(at, at + 7);
      }
      const result = await store.restore(pieces());
      expect(result.read).toBeGreaterThan(0);
      expect(await mineToo.load('f')).toEqual(before);
      await mineToo.update('f', { name: 'third' });
      await store.restore(pieces(), { onConflict: 'skip' });
      expect((await mineToo.load('f'))?.data.name).toBe('third');
    });

    it('takes records of another program and names the line that is none', async () => {
      async function* lines(...texts: string[]) {
        for (const each of texts) yield `${each}\n`;
      }
      const result = await store.restore(
        lines(`{"collection":"tasks","scope":"${scope}","data":{"title":"from SQLite","size":12345678901234567890}}`),
      );
      expect(result).toEqual({ read: 1, written: 1 });
      expect((await mine.list()).items[0]).toMatchObject({
        data: { title: 'from SQLite', size: 12345678901234567890n },
        version: 1,
      });
      const good = `{"collection":"tasks","scope":"s","data":{}}`;
      await expect(store.restore(lines(good, 'no json'))).rejects.toThrow(/Line 2 is no JSON/);
      await expect(store.restore(lines('{"collection":"tasks","scope":"s"}'))).rejects.toThrow(
        /Line 1: data is missing/,
      );
      await expect(store.restore(lines('{"collection":"tasks","data":{}}'))).rejects.toThrow(
        /Line 1: scope must be a text/,
      );
      await expect(store.restore(lines('{"collection":"x","scope":"s","data":{}}'))).rejects.toThrow(
        /no collection "x"; declare it/,
      );
      await expect(store.restore(lines('{"format":"pgmcp-store","version":9}'))).rejects.toMatchObject({
        code: 'INVALID_BACKUP',
      });
      await expect(store.restore(lines('{"collection":"tasks","scope":"s","data":{},"extra":1}'))).rejects.toThrow(
        /no option "extra"/,
      );
    });
  });
}
