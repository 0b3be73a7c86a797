import { describe, expect, it } from 'vitest';
import type { TaskFixture } from './tasks.ts';

/** Health, backup and restore. */
export function describeOperations(given: TaskFixture): void {
  describe('operations', () => {
    it('is healthy, has nothing to migrate and says how large it is', async () => {
      await given.mine.save({ id: 'a', data: { title: 'x' } });
      expect(await given.store.health()).toMatchObject({ ok: true, problems: [] });
      expect(await given.store.check()).toEqual({ ready: true, statements: [], missingIndexes: [] });
      expect(await given.store.migrate()).toEqual({ statements: 0 });
      expect((await given.store.stats()).map(({ collection }) => collection)).toEqual(['tasks', 'strict', 'files']);
    });

    it('backs up and restores every field of living records', async () => {
      const mineToo = given.files.within(given.scope);
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
      given.clock.now += 5;
      await mineToo.update('f', { name: 'second' });
      const before = await mineToo.load('f');
      let text = '';
      for await (const line of given.store.backup({ collections: ['files'] })) text += line;
      expect(text.split('\n')[0]).toBe('{"format":"pgmcp-store","version":1}');
      expect(text).not.toContain('"gone"');
      await mineToo.remove('f');
      // In pieces that cut characters and lines apart.
      const whole = Buffer.from(text);
      async function* pieces() {
        for (let at = 0; at < whole.length; at += 7) yield whole.subarray(at, at + 7);
      }
      const result = await given.store.restore(pieces());
      expect(result.read).toBeGreaterThan(0);
      expect(await mineToo.load('f')).toEqual(before);
      await mineToo.update('f', { name: 'third' });
      await given.store.restore(pieces(), { onConflict: 'skip' });
      expect((await mineToo.load('f'))?.data.name).toBe('third');
    });

    it('takes records of another program and names the line that is none', async () => {
      async function* lines(...texts: string[]) {
        for (const each of texts) yield `${each}\n`;
      }
      const result = await given.store.restore(
        lines(
          `{"collection":"tasks","scope":"${given.scope}","data":{"title":"from SQLite","size":12345678901234567890}}`,
        ),
      );
      expect(result).toEqual({ read: 1, written: 1 });
      expect((await given.mine.list()).items[0]).toMatchObject({
        data: { title: 'from SQLite', size: 12345678901234567890n },
        version: 1,
      });
      const good = `{"collection":"tasks","scope":"s","data":{}}`;
      await expect(given.store.restore(lines(good, 'no json'))).rejects.toThrow(/Line 2 is no JSON/);
      await expect(given.store.restore(lines('{"collection":"tasks","scope":"s"}'))).rejects.toThrow(
        /Line 1: data is missing/,
      );
      await expect(given.store.restore(lines('{"collection":"tasks","data":{}}'))).rejects.toThrow(
        /Line 1: scope must be a text/,
      );
      await expect(given.store.restore(lines('{"collection":"x","scope":"s","data":{}}'))).rejects.toThrow(
        /no collection "x"; declare it/,
      );
      await expect(given.store.restore(lines('{"format":"pgmcp-store","version":9}'))).rejects.toMatchObject({
        code: 'INVALID_BACKUP',
      });
      await expect(
        given.store.restore(lines('{"collection":"tasks","scope":"s","data":{},"extra":1}')),
      ).rejects.toThrow(/no option "extra"/);
    });
  });
}
