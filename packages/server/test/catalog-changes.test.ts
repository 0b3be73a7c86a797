import { expect, it } from 'vitest';
import { createCatalogChanges } from '../src/catalog-changes.ts';

it('tells of every reading of a structure but the first, until the listener has enough', () => {
  const heard: string[] = [];
  const changes = createCatalogChanges();
  const stop = changes.listen((database) => heard.push(database));
  const refreshed = { type: 'refreshed', durationMs: 1, tableCount: 1 } as const;
  changes.report('shop', { ...refreshed, reason: 'first-use' });
  changes.report('shop', { type: 'unchanged', durationMs: 1 });
  changes.report('shop', { type: 'refresh-failed', reason: 'interval', error: new Error('down') });
  expect(heard).toEqual([]);
  changes.report('shop', { ...refreshed, reason: 'interval' });
  changes.report('store', { ...refreshed, reason: 'notified' });
  expect(heard).toEqual(['shop', 'store']);
  stop();
  changes.report('shop', { ...refreshed, reason: 'interval' });
  expect(heard).toHaveLength(2);
});
