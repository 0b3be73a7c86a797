import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CatalogEvent, createCatalogCache, type DatabaseCatalog } from '../src/index.ts';
import { catalogOf, table } from './catalog-value.ts';

const first = catalogOf([table('first', ['id'])]);
const second = catalogOf([table('second', ['id'])]);

/** A loader whose answers the test gives by hand. */
function manualLoader() {
  const waiting: { resolve: (catalog: DatabaseCatalog) => void; reject: (error: Error) => void }[] = [];
  const load = vi.fn(() => new Promise<DatabaseCatalog>((resolve, reject) => void waiting.push({ resolve, reject })));
  return { load, next: () => waiting.shift()! };
}

describe('createCatalogCache', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('reads once for any number of first calls', async () => {
    const { load, next } = manualLoader();
    const cache = createCatalogCache({ load, refreshIntervalMs: 0 });
    expect(cache.current()).toBeUndefined();
    const all = Promise.all([cache.get(), cache.get(), cache.get()]);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    next().resolve(first);
    expect(await all).toEqual([first, first, first]);
    expect(load).toHaveBeenCalledTimes(1);
    cache.close();
  });

  it('rejects while there is none, and tries again with the next call', async () => {
    const load = vi
      .fn<() => Promise<DatabaseCatalog>>()
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValue(first);
    const cache = createCatalogCache({ load, refreshIntervalMs: 0 });
    await expect(cache.get()).rejects.toThrow('down');
    expect(await cache.get()).toBe(first);
    cache.close();
  });

  it('serves the old catalog while a new one is read, and swaps it whole', async () => {
    const { load, next } = manualLoader();
    const cache = createCatalogCache({ load, refreshIntervalMs: 0 });
    const initial = cache.get();
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    next().resolve(first);
    await initial;
    const refreshed = cache.refresh();
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
    expect(await cache.get()).toBe(first);
    next().resolve(second);
    expect(await refreshed).toBe(second);
    expect(await cache.get()).toBe(second);
    cache.close();
  });

  it('keeps the old catalog when a refresh fails, and tells its age and the error', async () => {
    const events: CatalogEvent[] = [];
    const load = vi
      .fn<() => Promise<DatabaseCatalog>>()
      .mockResolvedValueOnce(first)
      .mockRejectedValueOnce(new Error('gone'));
    const cache = createCatalogCache({ load, refreshIntervalMs: 0, onEvent: (event) => events.push(event) });
    await cache.get();
    await vi.advanceTimersByTimeAsync(5_000);
    await expect(cache.refresh()).rejects.toThrow('gone');
    expect(cache.current()).toMatchObject({ catalog: first, ageMs: 5_000, lastError: new Error('gone') });
    expect(await cache.get()).toBe(first);
    expect(events.at(-1)).toMatchObject({ type: 'refresh-failed', reason: 'requested', ageMs: 5_000 });
    cache.close();
  });

  it('refreshes by interval after the first use, and goes on after a failure', async () => {
    const load = vi
      .fn<() => Promise<DatabaseCatalog>>()
      .mockResolvedValueOnce(first)
      .mockRejectedValueOnce(new Error('gone'))
      .mockResolvedValue(second);
    const cache = createCatalogCache({ load, refreshIntervalMs: 1_000 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(load).not.toHaveBeenCalled();
    await cache.get();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(cache.current()?.catalog).toBe(first);
    expect(cache.current()?.lastError).toEqual(new Error('gone'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(cache.current()?.catalog).toBe(second);
    expect(cache.current()).not.toHaveProperty('lastError');
    cache.close();
  });

  it('reads by interval only when the fingerprint changed, and counts an equal one as fresh', async () => {
    const fingerprint = vi.fn<() => Promise<string>>().mockResolvedValue('a');
    const load = vi.fn<() => Promise<DatabaseCatalog>>().mockResolvedValueOnce(first).mockResolvedValue(second);
    const events: CatalogEvent[] = [];
    const cache = createCatalogCache({
      load,
      fingerprint,
      refreshIntervalMs: 1_000,
      onEvent: (event) => events.push(event),
    });
    await cache.get();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(cache.current()?.ageMs).toBe(0);
    expect(events.at(-1)).toMatchObject({ type: 'unchanged' });
    fingerprint.mockResolvedValue('b');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(load).toHaveBeenCalledTimes(2);
    expect(await cache.get()).toBe(second);
    cache.close();
  });

  it('refreshes on request even when the fingerprint is the same', async () => {
    const load = vi.fn<() => Promise<DatabaseCatalog>>().mockResolvedValueOnce(first).mockResolvedValue(second);
    const cache = createCatalogCache({ load, fingerprint: async () => 'a', refreshIntervalMs: 0 });
    await cache.get();
    expect(await cache.refresh()).toBe(second);
    cache.close();
  });

  it('reads on a check only when the fingerprint changed or there is none', async () => {
    const fingerprint = vi.fn<() => Promise<string>>().mockResolvedValue('a');
    const load = vi.fn<() => Promise<DatabaseCatalog>>().mockResolvedValueOnce(first).mockResolvedValue(second);
    const cache = createCatalogCache({ load, fingerprint, refreshIntervalMs: 0 });
    await cache.get();
    expect(await cache.check()).toBe(first);
    fingerprint.mockResolvedValue('b');
    expect(await cache.check()).toBe(second);
    expect(cache.current()?.fingerprint).toBe('b');
    const unprinted = createCatalogCache({ load, refreshIntervalMs: 0 });
    await unprinted.get();
    await unprinted.check();
    expect(load).toHaveBeenCalledTimes(4);
    cache.close();
    unprinted.close();
  });

  it('reads again after a reading that was already under way when the refresh was asked for', async () => {
    const { load, next } = manualLoader();
    const cache = createCatalogCache({ load, refreshIntervalMs: 0 });
    const initial = cache.get();
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    const refreshed = cache.refresh();
    next().resolve(first);
    await initial;
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
    next().resolve(second);
    expect(await refreshed).toBe(second);
    cache.close();
  });

  it('does nothing more after close', async () => {
    const load = vi.fn<() => Promise<DatabaseCatalog>>().mockResolvedValue(first);
    const cache = createCatalogCache({ load, refreshIntervalMs: 1_000 });
    await cache.get();
    cache.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(load).toHaveBeenCalledTimes(1);
    await expect(cache.get()).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(cache.refresh()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it.each([-1, Number.NaN, 3e9, Number.POSITIVE_INFINITY])('refuses an interval of %s', (refreshIntervalMs) => {
    expect(() => createCatalogCache({ load: async () => first, refreshIntervalMs })).toThrow(/refreshIntervalMs/);
  });
});
