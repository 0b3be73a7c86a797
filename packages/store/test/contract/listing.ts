import { describe, expect, it } from 'vitest';
import { START, type TaskFixture } from './tasks.ts';

/** Filters, orders, pages and streams. */
export function describeListing(given: TaskFixture): void {
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
      given.mine.saveMany(
        sizes.map((size, n) => ({
          id: `id${String(n).padStart(2, '0')}`,
          data: size === undefined ? { title: `t${n}` } : { title: `t${n}`, size },
        })),
      );

    it('compares numbers as numbers, and lets other types never match', async () => {
      await save();
      expect(await given.ids({ where: { size: { $gt: 9 } } })).toEqual(['id00', 'id03', 'id04', 'id08', 'id09']);
      expect(await given.ids({ where: { size: { $lte: 9 } } })).toEqual(['id01', 'id02', 'id10']);
      expect(await given.ids({ where: { size: 9 } })).toEqual(['id01', 'id10']);
      expect(await given.ids({ where: { size: { $in: [100, null] } } })).toEqual(['id04', 'id06']);
      expect(await given.ids({ where: { size: { $exists: false } } })).toEqual(['id07']);
      expect(await given.ids({ where: { size: { $gt: 2n ** 70n } } })).toEqual(['id08']);
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
            const page = await given.mine.list({
              orderBy: { field: 'size', direction },
              limit,
              ...(after ? { after } : {}),
            });
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
        given.clock.now = START + n;
        await given.mine.save({
          id: `${n}`,
          data: { title, due: due[n] ?? '', done: n % 2 === 0 },
          ...(n % 3 === 0 ? { sessionId: `s${n % 4}` } : {}),
        });
      }
      const walk = async (field: string, direction: 'asc' | 'desc' = 'asc') => {
        const seen: string[] = [];
        for await (const { id } of given.mine.stream({ orderBy: { field, direction } })) seen.push(id);
        const paged: string[] = [];
        let after: string | undefined;
        do {
          const page = await given.mine.list({ orderBy: { field, direction }, limit: 2, ...(after ? { after } : {}) });
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
        for (let n = 0; n < version; n += 1) await given.mine.save({ id, data: { title: '' } });
      }
      expect(await given.ids({ orderBy: { field: 'version' } })).toEqual(['c', 'b', 'a']);
      expect(
        await given.ids({ where: { version: { $gt: 2 } }, orderBy: { field: 'version', direction: 'desc' } }),
      ).toEqual(['a', 'b']);
    });

    it('counts with a filter, exactly or by estimate', async () => {
      await save();
      expect(await given.mine.count({ where: { size: { $gt: 9 } } })).toBe(5);
      expect(await given.mine.count({ estimate: true })).toBeGreaterThanOrEqual(0);
    });

    it('streams every record once and stops at a signal', async () => {
      await given.mine.saveMany(Array.from({ length: 1_203 }, (_, n) => ({ id: `n${n}`, data: { title: `${n}` } })));
      const seen = new Set<string>();
      for await (const { id } of given.mine.stream()) seen.add(id);
      expect(seen.size).toBe(1_203);
      const controller = new AbortController();
      const reading = async () => {
        for await (const _ of given.mine.stream({ signal: controller.signal })) controller.abort();
      };
      await expect(reading()).rejects.toThrow(/abort/);
    });

    it('finds by containment, by pattern, by part, by label and by metadata', async () => {
      await given.mine.saveMany([
        {
          id: 'a',
          data: { title: '100% real', tags: ['red', 'blue'], nested: { deep: 'one' } },
          type: 'x',
          metadata: { source: 'web' },
        },
        { id: 'b', data: { title: '100 real', tags: ['red'] }, threadId: 't' },
        { id: 'c', data: { title: 'a_b\\c', tags: [] }, metadata: { source: 'cli' } },
      ]);
      expect(await given.ids({ where: { tags: { $contains: 'red' } } })).toEqual(['a', 'b']);
      expect(await given.ids({ where: { tags: { $contains: ['blue', 'red'] } } })).toEqual(['a']);
      expect(await given.ids({ where: { tags: { $eq: ['red'] } } })).toEqual(['b']);
      expect(await given.ids({ where: { title: { $like: '100\\%%' } } })).toEqual(['a']);
      expect(await given.ids({ where: { title: { $like: 'a\\_b\\\\_' } } })).toEqual(['c']);
      expect(await given.ids({ where: { title: { $contains: '%' } } })).toEqual(['a']);
      expect(await given.ids({ where: { source: { $in: ['web', 'cli'] } } })).toEqual(['a', 'c']);
      expect(await given.ids({ where: { deep: 'one', type: 'x' } })).toEqual(['a']);
      expect(await given.ids({ where: { type: { $exists: false }, $not: { threadId: 't' } } })).toEqual(['c']);
      expect(
        await given.ids({ where: { $or: [{ type: 'x' }, { $and: [{ threadId: 't' }, { title: { $gte: '1' } }] }] } }),
      ).toEqual(['a', 'b']);
      expect(await given.ids({ where: { createdAt: { $lte: new Date(START) }, version: 1 } })).toEqual(['a', 'b', 'c']);
      expect(await given.ids({ where: { title: { $not: { $like: '100%' } } } })).toEqual(['c']);
    });
  });
}
