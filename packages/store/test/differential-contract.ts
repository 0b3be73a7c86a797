import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryStore, type Filter, type Store } from '../src/index.ts';
import { FIELDS, filters, labels, records } from './differential-data.ts';

/** Whether SQL answers random filters and orders over random records as the memory store does. */
export function describeDifferential(open: () => Promise<Store>, runs: number): void {
  it('answers like the memory store: random records, filters, orders and pages', async () => {
    const options = {
      fields: FIELDS,
      indexes: Object.keys(FIELDS)
        .filter((field) => field !== 'label')
        .map((field) => ({ field })),
    };
    const sqlStore = await open();
    const memoryStore = createMemoryStore();
    const stores = [sqlStore.collection('random', options), memoryStore.collection('random', options)];
    await sqlStore.migrate();
    let scope = 0;
    const property = fc.asyncProperty(
      fc.array(fc.tuple(records, labels), { minLength: 4, maxLength: 10 }),
      fc.array(filters, { minLength: 6, maxLength: 6 }),
      fc.constantFrom(...Object.keys(FIELDS).filter((field) => field !== 'j'), 'id', 'type'),
      fc.constantFrom('asc' as const, 'desc' as const),
      async (data, wheres, field, direction) => {
        scope += 1;
        const [sql, memory] = stores.map((store) => store.within(`run ${scope}`));
        const saved = data.map(([each, label], index) => ({
          id: `id${index}`,
          data: each as never,
          metadata: label === undefined ? {} : { label },
          ...(index % 2 === 0 ? { type: 'even' } : {}),
        }));
        for (const one of [sql!, memory!]) await one.saveMany(saved);
        const plain = (value: unknown) =>
          JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each));
        const loaded = async (one: typeof sql) =>
          (await one!.list()).items.map(({ id, data: each }) => plain([id, sorted(each)]));
        expect(await loaded(sql)).toEqual(await loaded(memory));
        for (const where of wheres) {
          const ids = async (one: typeof sql) =>
            (await one!.list({ where: where as Filter })).items.map(({ id }) => id);
          expect(await ids(sql), plain(where)).toEqual(await ids(memory));
        }
        const pages = async (one: typeof sql) => {
          const seen: string[] = [];
          let after: string | undefined;
          do {
            const page = await one!.list({ orderBy: { field, direction }, limit: 3, ...(after ? { after } : {}) });
            seen.push(...page.items.map(({ id }) => id));
            after = page.next;
          } while (after !== undefined);
          return seen;
        };
        expect(await pages(sql), `${field} ${direction}`).toEqual(await pages(memory));
      },
    );
    await fc.assert(property, { numRuns: runs });
  });
}

/** jsonb keeps no order of keys. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
