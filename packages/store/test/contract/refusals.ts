import { describe, expect, it } from 'vitest';
import type { TaskFixture } from './tasks.ts';

/** What is refused, and how it is said. */
export function describeRefusals(given: TaskFixture): void {
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
      await expect(given.mine.list({ where: where as never })).rejects.toThrow(message);
      await expect(given.mine.list({ where: where as never })).rejects.toMatchObject({
        code: 'INVALID_FILTER',
        name: 'StoreError',
      });
    });

    it('takes no filter deeper than eight', async () => {
      const nest = (depth: number): object => (depth === 0 ? { size: 1 } : { $not: nest(depth - 1) });
      await expect(given.mine.count({ where: nest(7) as never })).resolves.toBe(0);
      await expect(given.mine.count({ where: nest(8) as never })).rejects.toThrow(/nested at most 8/);
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
      await expect(given.mine.save({ data: data as never })).rejects.toThrow(message);
      await expect(given.mine.save({ data: data as never })).rejects.toMatchObject({ code: 'INVALID_RECORD' });
    });

    it('names unknown options, bad limits and bad cursors', async () => {
      await expect(given.mine.list({ offset: 5 } as never)).rejects.toThrow(
        /list has no option "offset"; it takes where/,
      );
      await expect(given.mine.save({ data: { title: '' }, ttl: 5 } as never)).rejects.toThrow(/no option "ttl"/);
      await expect(given.mine.save({ data: { title: '' } }, { onConflict: 'ignore' as never })).rejects.toThrow(
        /replace, merge, skip or append/,
      );
      await expect(given.mine.save({ data: { title: '' }, ttlMs: 0 })).rejects.toThrow(/ttlMs is 0/);
      await expect(given.mine.list({ limit: 0 })).rejects.toThrow(/limit is 0; it takes 1 to 1,000/);
      await expect(given.mine.update('a', {}, { version: 1 } as never)).rejects.toThrow(
        /update has no option "version"/,
      );
      await expect(given.mine.stream({ limit: 5 } as never).next()).rejects.toThrow(/stream has no option "limit"/);
      await expect(given.mine.list({ after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
      await expect(given.mine.update('a', {}, { ifVersion: 0 })).rejects.toThrow(/ifVersion is 0/);
      await expect(given.mine.list({ orderBy: { field: 'tags' } })).rejects.toThrow(/has no order/);
      await given.mine.saveMany(['a', 'b'].map((id) => ({ id, data: { title: id } })));
      const { next = '' } = await given.mine.list({ limit: 1 });
      await expect(given.mine.list({ after: next, orderBy: { field: 'size' } })).rejects.toThrow(
        /another collection or order/,
      );
      expect(() => given.store.collection('tasks')).toThrow(/already declared/);
    });

    it('parses on write and on read', async () => {
      const scoped = given.strict.within(given.scope);
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
}
