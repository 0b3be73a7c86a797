import { describe, expect, it } from 'vitest';
import { START, type TaskFixture } from './tasks.ts';

/** Saving and loading, and what keeps records apart. */
export function describeSaving(given: TaskFixture): void {
  describe('saving and loading', () => {
    it('gives back what was saved, with every label, version 1 and the times', async () => {
      const saved = await given.mine.save({
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
      expect(await given.mine.load('a')).toEqual({
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
      for (let index = 0; index < 5; index += 1)
        saved.push((await given.mine.save({ data: { title: `${index}` } })).id);
      given.clock.now += 5;
      saved.push((await given.mine.save({ data: { title: 'last' } })).id);
      expect([...saved].sort()).toEqual(saved);
      expect(await given.ids({})).toEqual(saved);
    });

    it('replaces by default and keeps the time of creation', async () => {
      await given.mine.save({ id: 'a', data: { title: 'one', size: 1 }, type: 'x' });
      given.clock.now += 10;
      expect(await given.mine.save({ id: 'a', data: { title: 'two' } })).toEqual({
        id: 'a',
        outcome: 'updated',
        version: 2,
      });
      const record = await given.mine.load('a');
      expect(record).toMatchObject({
        data: { title: 'two' },
        createdAt: new Date(START),
        updatedAt: new Date(START + 10),
      });
      expect(record?.data).not.toHaveProperty('size');
      expect(record).not.toHaveProperty('type');
    });

    it('merges top-level keys and labels, or skips, where asked', async () => {
      await given.mine.save({
        id: 'a',
        data: { title: 'one', size: 1, nested: { deep: 'x' } },
        type: 'x',
        namespace: ['n'],
        metadata: { a: 1 },
      });
      await given.mine.save(
        { id: 'a', data: { title: 'two', nested: {} }, sessionId: 's', metadata: { b: 2 } },
        { onConflict: 'merge' },
      );
      expect(await given.mine.load('a')).toMatchObject({
        data: { title: 'two', size: 1, nested: {} },
        type: 'x',
        sessionId: 's',
        namespace: ['n'],
        metadata: { a: 1, b: 2 },
        version: 2,
      });
      for (const onConflict of ['skip', 'append'] as const) {
        expect(await given.mine.save({ id: 'a', data: { title: 'three' } }, { onConflict })).toEqual({
          id: 'a',
          outcome: 'skipped',
        });
      }
      expect((await given.mine.load('a'))?.data.title).toBe('two');
    });

    it('saves many at once: new, known and repeated ids, the last of which wins', async () => {
      await given.mine.save({ id: 'b', data: { title: 'old' } });
      const saved = await given.mine.saveMany([
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
      expect(given.events).toEqual([{ type: 'duplicates-dropped', collection: 'tasks', count: 1 }]);
      const [a, b, c] = await given.mine.loadMany(['a', 'b', 'c']);
      expect(a).toMatchObject({ namespace: ['q"u\\o{te}', 'NULL', ','], metadata: { source: 'x' } });
      expect([b?.type, c?.data.title, c?.expiresAt]).toEqual(['kind', 'c2', new Date(START + 5)]);
      expect(b).not.toHaveProperty('expiresAt');
      expect(await given.mine.saveMany([])).toEqual([]);
    });

    it('cuts a large batch into statements', async () => {
      const saved = await given.mine.saveMany(
        Array.from({ length: 2_345 }, (_, n) => ({ id: `n${n}`, data: { title: `${n}` } })),
      );
      expect(saved).toHaveLength(2_345);
      expect(saved.every(({ outcome }) => outcome === 'inserted')).toBe(true);
      expect(await given.mine.count()).toBe(2_345);
      expect(await given.mine.removeMany(saved.map(({ id }) => id))).toBe(2_345);
    });

    it('loads many in the order of the ids and leaves out what is not there', async () => {
      await given.mine.saveMany(['a', 'b', 'c'].map((id) => ({ id, data: { title: id } })));
      expect((await given.mine.loadMany(['c', 'missing', 'a', 'c'])).map(({ id }) => id)).toEqual(['c', 'a', 'c']);
      expect(await given.mine.loadMany([])).toEqual([]);
      expect(await given.mine.load('missing')).toBeUndefined();
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
      for (const [index, size] of values.entries())
        await given.mine.save({ id: `${index}`, data: { title: '', size } });
      const loaded = await given.mine.loadMany(values.map((_, index) => `${index}`));
      expect(loaded.map(({ data }) => data.size)).toEqual(values);
    });

    it('does not share objects with its callers', async () => {
      const data = { title: 'mine', tags: ['a'] };
      await given.mine.save({ id: 'a', data });
      data.tags.push('b');
      const first = await given.mine.load('a');
      first?.data.tags?.push('c');
      expect((await given.mine.load('a'))?.data.tags).toEqual(['a']);
    });

    it('keeps bytes beside the data, and reads them only when loading', async () => {
      const mineToo = given.files.within(given.scope);
      const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
      await mineToo.save({ id: 'f', data: { name: 'f' }, bytes });
      expect((await mineToo.load('f'))?.bytes).toEqual(bytes);
      expect((await mineToo.list()).items[0]).not.toHaveProperty('bytes');
      await mineToo.update('f', { name: 'g' });
      expect(await mineToo.load('f')).toMatchObject({ data: { name: 'g' }, bytes });
      await expect(given.mine.save({ data: { title: '' }, bytes })).rejects.toThrow(/holds no bytes; declare/);
    });
  });

  describe('scopes', () => {
    it('never show, count or change each other', async () => {
      const other = given.tasks.within(`${given.scope} `);
      await given.mine.save({ id: 'a', data: { title: 'mine' } });
      await other.save({ id: 'a', data: { title: 'other' } });
      expect((await given.mine.load('a'))?.data.title).toBe('mine');
      expect(await given.mine.count()).toBe(1);
      expect(await given.mine.removeMany(['a'])).toBe(1);
      expect((await other.load('a'))?.data.title).toBe('other');
      expect(await given.mine.update('a', { title: 'x' })).toEqual({ outcome: 'missing' });
    });

    it('must be named', () => {
      expect(() => given.tasks.within('')).toThrow(/scope must be a text of 1 to 512 characters/);
      expect(() => given.tasks.within(undefined as unknown as string)).toThrow(/scope must be a text/);
    });
  });

  describe('namespaces', () => {
    it('are listed by whole elements: user1 is not user10', async () => {
      await given.mine.saveMany([
        { id: '1', data: { title: '' }, namespace: ['users', 'user1'] },
        { id: '2', data: { title: '' }, namespace: ['users', 'user10'] },
        { id: '3', data: { title: '' }, namespace: ['users', 'user1', 'notes'] },
        { id: '4', data: { title: '' } },
      ]);
      expect(await given.ids({ namespace: ['users', 'user1'] })).toEqual(['1', '3']);
      expect(await given.ids({ namespace: ['users'] })).toEqual(['1', '2', '3']);
      expect(await given.mine.count({ namespace: ['users', 'user1', 'notes', 'more'] })).toBe(0);
    });
  });
}
