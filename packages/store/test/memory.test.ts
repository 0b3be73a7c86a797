import { describe, expect, it } from 'vitest';
import { createMemoryStore, type StoreEvent } from '../src/index.ts';
import { describeStore } from './contract.ts';

describe('a store in memory', () => {
  describeStore(async (clock, onEvent) => createMemoryStore({ clock, onEvent }));

  it('lets the least recently used record go beyond its bound, and says so', async () => {
    const events: StoreEvent[] = [];
    const store = createMemoryStore({ maxRecords: 2, onEvent: (event) => events.push(event) });
    const mine = store.collection('cache').within('me');
    await mine.save({ id: 'a', data: {} });
    await mine.save({ id: 'b', data: {} });
    await mine.load('a');
    await mine.save({ id: 'c', data: {} });
    expect((await mine.list()).items.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(events).toEqual([{ type: 'evicted', collection: 'cache', count: 1 }]);
  });
});
