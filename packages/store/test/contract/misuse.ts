import { describe, expect, it } from 'vitest';
import type { TaskFixture } from './tasks.ts';

async function* lines(...texts: (string | Uint8Array)[]) {
  yield* texts;
}

/** A cursor that nobody was given: `key` where the records of `tasks` are ordered by `field`. */
const forge = (field: string, type: string, key: string, id = 'a'): string =>
  Buffer.from(JSON.stringify([1, `tasks:${field}:${type}:asc`, false, id, key])).toString('base64url');

/** What JavaScript callers, forged cursors and damaged files bring, which types cannot keep out. */
export function describeMisuse(given: TaskFixture): void {
  describe('misuse', () => {
    it.each([
      ['size', 'number', 'abc'],
      ['done', 'boolean', '{'],
      ['due', 'date', 'no time'],
    ])('calls a cursor whose key is no %s damaged', async (field, type, key) => {
      await given.mine.saveMany(
        ['a', 'b'].map((id) => ({ id, data: { title: id, size: 1, done: true, due: '2026-01-01' } })),
      );
      const page = given.mine.list({ orderBy: { field }, after: forge(field, type, key) });
      await expect(page).rejects.toMatchObject({ code: 'INVALID_CURSOR', message: expect.stringContaining('damaged') });
    });

    it.each([
      ['list', () => given.mine.list(null as never)],
      ['A record', () => given.mine.save('text' as never)],
      ['A record', () => given.mine.saveMany([null] as never)],
      ['saveMany takes an array', () => given.mine.saveMany('text' as never)],
      ['loadMany takes an array', () => given.mine.loadMany('text' as never)],
      ['removeMany takes an array', () => given.mine.removeMany(null as never)],
      ['restore: onConflict is "merge"', () => given.store.restore(lines(), { onConflict: 'merge' as never })],
    ])('names the argument that is of another type: %s', async (message, call) => {
      await expect(call()).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
        message: expect.stringContaining(message),
      });
    });

    it.each([[null], ['text'], [['a']]])('takes no patch that is no object: %j', async (patch) => {
      await given.mine.save({ id: 'a', data: { title: 'kept' } });
      await expect(given.mine.update('a', patch as never)).rejects.toThrow(/A patch is an object of the keys/);
      expect(await given.mine.load('a')).toMatchObject({ version: 1, data: { title: 'kept' } });
    });

    it.each([['text'], [5], [[1, 2]]])('takes nothing but a Uint8Array for bytes: %j', async (bytes) => {
      const record = { data: { name: 'f' }, bytes: bytes as never };
      await expect(given.files.within(given.scope).save(record)).rejects.toThrow(/bytes of a record are a Uint8Array/);
    });

    it('keeps keys that JavaScript objects have of their own', async () => {
      const data = JSON.parse('{"title":"x","__proto__":{"a":1},"constructor":2}') as { title: string };
      await given.mine.save({ id: 'a', data });
      await given.mine.update('a', { title: 'y' });
      const kept = JSON.stringify((await given.mine.load('a'))?.data);
      expect(JSON.parse(kept)).toEqual(JSON.parse('{"title":"y","__proto__":{"a":1},"constructor":2}'));
      expect(kept).toContain('"__proto__"');
    });

    it.each([
      [{ parse: 'x' }, /parse takes a function/],
      [{ unlogged: 'no' }, /unlogged takes true or false/],
      [{ bytes: 1 }, /bytes takes true or false/],
      [{ fields: { a: null } }, /Field "a" takes an object/],
      [{ fields: { a: { type: 'string', path: 'abc' } } }, /needs a path of 1 to 16 keys/],
      [{ fields: { a: { type: 'string', path: [1] } } }, /key in its path that is no text/],
      [{ partition: { by: 'list' } }, /scopes takes 1 to 1,000 groups/],
      [{ partition: { by: 'list', scopes: [[5]] } }, /scopes takes 1 to 1,000 groups/],
      [{ partition: { by: 'list', scopes: [['a\u0000']] } }, /scopes takes 1 to 1,000 groups/],
    ])('takes no declaration of other types: %#', (options, message) => {
      expect(() => given.store.collection('wrong', options as never)).toThrow(message);
      expect(() => given.store.collection('wrong', options as never)).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTIONS' }),
      );
    });

    it.each([
      ['"bytes":"!!!"', 'files', /bytes are no base64/],
      ['"bytes":7', 'files', /bytes are no base64/],
      ['"bytes":"YQ=="', 'tasks', /holds no bytes/],
      ['"createdAt":"1 Jan 2020"', 'tasks', /createdAt is no ISO 8601 time with a zone/],
      ['"createdAt":"2020-01-01T00:00:00"', 'tasks', /createdAt is no ISO 8601 time with a zone/],
      ['"updatedAt":"+200000-01-01T00:00:00Z"', 'tasks', /updatedAt is no ISO 8601 time with a zone, years 1 to 9999/],
      ['"expiresAt":"-000100-01-01T00:00:00Z"', 'tasks', /expiresAt is no ISO 8601 time/],
      ['"embedding":[1]', 'tasks', /has no vectors/],
    ])('restores no damaged line: %s', async (member, collection, message) => {
      const line = `{"collection":"${collection}","scope":"${given.scope}","data":{},${member}}\n`;
      await expect(given.store.restore(lines(line))).rejects.toThrow(message);
      await expect(given.store.restore(lines(line))).rejects.toMatchObject({ code: 'INVALID_BACKUP' });
    });

    it('says that a backup which is no UTF-8 may be compressed, and that a line has no collection', async () => {
      const compressed = Uint8Array.of(0x1f, 0x8b, 0x08, 0xff);
      await expect(given.store.restore(lines(compressed))).rejects.toMatchObject({
        code: 'INVALID_BACKUP',
        message: expect.stringContaining('decompress it first'),
      });
      await expect(given.store.restore(lines('{"scope":"s","data":{}}'))).rejects.toThrow(/collection is missing/);
    });
  });
}
