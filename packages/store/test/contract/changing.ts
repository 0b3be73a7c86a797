import { describe, expect, it } from 'vitest';
import { START, type TaskFixture } from './tasks.ts';

/** Updates, removals and the end of records. */
export function describeChanging(given: TaskFixture): void {
  describe('changing', () => {
    it('sets keys, or takes a function, and raises the version', async () => {
      await given.mine.save({ id: 'a', data: { title: 'one', size: 1 }, type: 'x', ttlMs: 100 });
      expect(await given.mine.update('a', { size: 2 })).toMatchObject({
        outcome: 'updated',
        record: { version: 2, data: { title: 'one', size: 2 }, type: 'x', expiresAt: new Date(START + 100) },
      });
      const result = await given.mine.update('a', ({ title }) => ({ title: `${title}!` }), { type: 'y', ttlMs: null });
      expect(result).toMatchObject({ outcome: 'updated', record: { version: 3, data: { title: 'one!' }, type: 'y' } });
      const record = await given.mine.load('a');
      expect(record).not.toHaveProperty('expiresAt');
      expect(record?.data).toEqual({ title: 'one!' });
    });

    it('answers a conflict with the record as it is when the version is another', async () => {
      await given.mine.save({ id: 'a', data: { title: 'one' } });
      expect(await given.mine.update('a', { title: 'two' }, { ifVersion: 1 })).toMatchObject({ outcome: 'updated' });
      expect(await given.mine.update('a', { title: 'lost' }, { ifVersion: 1 })).toMatchObject({
        outcome: 'conflict',
        current: { version: 2, data: { title: 'two' } },
      });
      expect(await given.mine.remove('a', { ifVersion: 1 })).toMatchObject({
        outcome: 'conflict',
        current: { version: 2 },
      });
      expect(await given.mine.remove('a', { ifVersion: 2 })).toEqual({ outcome: 'removed' });
      expect(await given.mine.remove('a', { ifVersion: 2 })).toEqual({ outcome: 'missing' });
      expect(await given.mine.update('a', { title: 'x' })).toEqual({ outcome: 'missing' });
    });

    it('loses no update of many at once', async () => {
      await given.mine.save({ id: 'a', data: { title: '', size: 0 } });
      await Promise.all(
        Array.from({ length: 8 }, () => given.mine.update('a', (data) => ({ ...data, size: Number(data.size) + 1 }))),
      );
      expect(await given.mine.load('a')).toMatchObject({ version: 9, data: { size: 8 } });
    });
  });

  describe('expiry', () => {
    it('hides what has expired from every read, at the millisecond', async () => {
      await given.mine.saveMany([
        { id: 'short', data: { title: 's' }, ttlMs: 10 },
        { id: 'long', data: { title: 'l' } },
      ]);
      given.clock.now = START + 9;
      expect(await given.ids({})).toEqual(['long', 'short']);
      given.clock.now = START + 10;
      expect(await given.ids({})).toEqual(['long']);
      expect(await given.mine.load('short')).toBeUndefined();
      expect(await given.mine.count()).toBe(1);
      expect(await given.mine.loadMany(['short', 'long'])).toHaveLength(1);
      expect(await given.mine.update('short', { title: 'x' })).toEqual({ outcome: 'missing' });
      expect(await given.mine.removeMany(['short'])).toBe(0);
      expect(await given.mine.remove('short')).toEqual({ outcome: 'missing' });
    });

    it('starts anew when an expired id is saved again, also with skip and merge', async () => {
      for (const onConflict of ['replace', 'skip', 'merge'] as const) {
        given.clock.now = START;
        await given.mine.save({ id: onConflict, data: { title: 'old', size: 1 }, type: 'old', ttlMs: 5 });
        given.clock.now = START + 5;
        const saved = await given.mine.save({ id: onConflict, data: { title: 'new' } }, { onConflict });
        expect(saved).toEqual({ id: onConflict, outcome: 'inserted', version: 1 });
        const record = await given.mine.load(onConflict);
        expect(record).toMatchObject({ version: 1, createdAt: new Date(START + 5), data: { title: 'new' } });
        expect(record?.data).not.toHaveProperty('size');
        expect(record).not.toHaveProperty('type');
      }
    });

    it('sweeps in batches what has expired and nothing else', async () => {
      given.clock.now = START + 10 ** 9;
      await given.store.sweep();
      given.clock.now = START;
      given.events.length = 0;
      await given.mine.saveMany(
        Array.from({ length: 25 }, (_, n) => ({ id: `${n}`, data: { title: '' }, ttlMs: n < 20 ? 10 : 11 })),
      );
      expect(await given.store.sweep()).toBe(0);
      given.clock.now = START + 10;
      expect(await given.store.sweep({ batch: 7 })).toBe(20);
      expect(given.events).toMatchObject([{ type: 'swept', collection: 'tasks', count: 20 }]);
      expect(await given.mine.count()).toBe(5);
    });

    it('comes from the collection where the record says nothing', async () => {
      const scoped = given.strict.within(given.scope);
      await scoped.save({ id: 'a', data: { title: 'x' } });
      await scoped.save({ id: 'b', data: { title: 'x' }, ttlMs: null });
      expect((await scoped.load('a'))?.expiresAt).toEqual(new Date(START + 60_000));
      expect(await scoped.load('b')).not.toHaveProperty('expiresAt');
    });
  });
}
