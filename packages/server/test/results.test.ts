import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfiguration } from '../src/index.ts';
import { createLogger } from '../src/observe/index.ts';
import { createRest, type ReadResult } from '../src/results/rest.ts';
import { createResults } from '../src/results/results.ts';
import { createStorage } from '../src/storage/index.ts';

const caller = { id: 'ann', tenant: 'acme', scopes: 'all' } as const;

function resultsWith(environment: Readonly<Record<string, string>> = {}) {
  const configuration = loadConfiguration({ environment: { DATABASE_URL: 'postgresql://h/shop', ...environment } });
  const storage = createStorage(configuration.store, createLogger({ level: 'silent' }));
  return createResults(storage, configuration.results);
}

const field = { name: 'n', typeOid: 23, typeModifier: -1, tableOid: 0, columnNumber: 0 };
const batch = (rows: readonly (readonly (string | null)[])[], byteCount = 10) => ({
  fields: [field],
  types: [],
  rows,
  byteCount,
});

describe('kept results', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('of a process that has gone count as failed after half a minute of silence', async () => {
    const results = resultsWith();
    const writer = await results.open(caller, 'shop');
    await writer.add(batch([['1']]));
    vi.advanceTimersByTime(29_000);
    expect((await results.find(caller, writer.id)).result.status).toBe('running');
    await writer.beat();
    vi.advanceTimersByTime(29_000);
    expect((await results.find(caller, writer.id)).result.status).toBe('running');
    vi.advanceTimersByTime(2_000);
    expect((await results.find(caller, writer.id)).result).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('Start the statement again') },
    });
  });

  it('hear of a wish to cancel at the next sign of life, which does not lose a page that is stored meanwhile', async () => {
    const results = resultsWith();
    const writer = await results.open(caller, 'shop');
    await results.requestCancel(caller, writer.id);
    const add = async () => {
      await writer.add(batch([['1'], ['2']]));
      await writer.add(batch([['3']]));
    };
    const [wished] = await Promise.all([writer.beat(), add(), writer.beat()]);
    expect(wished).toBe(true);
    const found = await results.find(caller, writer.id);
    expect(found.result.captured).toMatchObject({ rowCount: 3, pageStarts: [0, 2] });
    expect(await results.rows(caller, found, 1, 10)).toEqual([['2'], ['3']]);
  });

  it('are read at once in any number, columns or none', async () => {
    const results = resultsWith();
    for (const row of [['1'], []]) {
      const writer = await results.open(caller, 'shop');
      await writer.add(batch(Array.from({ length: 200_000 }, () => row)));
      await writer.end({ status: 'complete' });
      const found = await results.find(caller, writer.id);
      expect(await results.rows(caller, found, 0, 200_000)).toHaveLength(200_000);
    }
  });

  it('are cut into pages that one message can hold, and a long row has a page of its own', async () => {
    const results = resultsWith();
    const writer = await results.open(caller, 'shop');
    const rows = Array.from({ length: 5 }, (_, n) => [`${n}${'x'.repeat(n === 2 ? 3_000_000 : 600_000)}`]);
    await writer.add(batch(rows));
    await writer.end({ status: 'complete' });
    const found = await results.find(caller, writer.id);
    expect(found.result.captured.pageStarts).toEqual([0, 1, 2, 3, 4]);
    expect((await results.rows(caller, found, 0, 10)).map(([text]) => text?.[0])).toEqual(['0', '1', '2', '3', '4']);
    expect(await results.page(caller, found, 5)).toBeUndefined();
  });

  it('take no more room than a caller has', async () => {
    const results = resultsWith({ PG_MCP_RESULTS_MAX_BYTES: '64KiB', PG_MCP_RESULTS_MAX_BYTES_PER_CALLER: '64KiB' });
    const writer = await results.open(caller, 'shop');
    await writer.add(batch([['1']], 60_000));
    await expect(writer.add(batch([['2']], 60_000))).rejects.toMatchObject({ code: 'RESULT_TOO_LARGE' });
    await writer.end({ status: 'complete' });
    // Another caller has room of its own, and this one's next result takes the place of the last.
    await (await results.open({ ...caller, id: 'bob' }, 'shop')).add(batch([['1']], 60_000));
    await (await results.open(caller, 'shop')).add(batch([['1']], 60_000));
    await expect(results.find(caller, writer.id)).rejects.toMatchObject({ code: 'RESULT_NOT_FOUND' });
  });

  it('refuses a new one when every place is taken by a running statement', async () => {
    const results = resultsWith({ PG_MCP_RESULTS_MAX_PER_CALLER: '1' });
    await results.open(caller, 'shop');
    await expect(results.open(caller, 'shop')).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });

  it('of all callers share the memory of the process; who holds most gives up the oldest', async () => {
    const results = resultsWith({ PG_MCP_RESULTS_MAX_MEMORY: '1MiB' });
    const keep = async (who: typeof caller | { id: string; scopes: 'all' }, kilobytes: number) => {
      const writer = await results.open(who, 'shop');
      await writer.add(batch([[randomBytes(kilobytes * 512).toString('hex')]]));
      await writer.end({ status: 'complete' });
      return writer.id;
    };
    const bob = { id: 'bob', scopes: 'all' as const };
    const bobs = await keep(bob, 150);
    // Hexadecimal digits shrink to a little more than half.
    const first = await keep(caller, 600);
    const second = await keep(caller, 600);
    const third = await keep(caller, 600);
    await expect(results.find(caller, first)).rejects.toMatchObject({ code: 'RESULT_NOT_FOUND' });
    for (const id of [second, third]) expect((await results.find(caller, id)).result.captured.rowCount).toBe(1);
    expect((await results.find(bob, bobs)).result.captured.rowCount).toBe(1);
    // One that is larger than all the room there is, beside one that runs and cannot be given up.
    const running = await results.open(bob, 'shop');
    await running.add(batch([[randomBytes(200 * 512).toString('hex')]]));
    await expect(keep(bob, 2_000)).rejects.toMatchObject({
      code: 'RESULT_TOO_LARGE',
      message: expect.stringContaining('memory of this server'),
    });
    expect(running.captured.rowCount).toBe(1);
  });

  it('that could not be kept whole hold no room', async () => {
    const configuration = loadConfiguration({
      environment: { DATABASE_URL: 'postgresql://h/shop', PG_MCP_RESULTS_MAX_MEMORY: '1MiB' },
    });
    const logger = createLogger({ level: 'silent' });
    const results = createResults(createStorage(configuration.store, logger), configuration.results);
    const rest = createRest(results, configuration.results, logger);
    const long = randomBytes(600 * 1_024).toString('hex');
    const encoded = { columns: [], rows: [], row_count: 0, truncated: true };
    const read = {
      statement: { database: { name: 'shop' }, sql: 'SELECT 1' },
      call: { requestId: 'r', caller },
      table: { ...batch([[long], [long]]), truncated: false, command: 'SELECT' },
      typeOf: () => undefined,
    } as unknown as ReadResult;
    expect(await rest.keep(encoded, read)).toEqual(encoded);
    expect((await results.list(caller)).map(({ result }) => result.status)).toEqual(['failed']);
    const next = await results.open({ id: 'bob', scopes: 'all' }, 'shop');
    await next.add(batch([[long]]));
    expect(next.captured.rowCount).toBe(1);
  });

  it('that have expired take no room', async () => {
    const results = resultsWith({ PG_MCP_RESULTS_MAX_MEMORY: '1MiB', PG_MCP_RESULTS_TTL: '10s' });
    const writer = await results.open(caller, 'shop');
    await writer.add(batch([[randomBytes(600 * 1_024).toString('hex')]]));
    vi.advanceTimersByTime(20 * 60_000);
    const next = await results.open(caller, 'shop');
    await next.add(batch([[randomBytes(600 * 1_024).toString('hex')]]));
    expect(next.captured.rowCount).toBe(1);
  });
});
