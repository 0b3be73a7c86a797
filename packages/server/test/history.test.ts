import { describe, expect, it } from 'vitest';
import { type FinishedCall, LOCAL_CALLER } from '../src/call.ts';
import type { StoreConfiguration } from '../src/config/index.ts';
import { type ErrorCode, PgmcpError } from '../src/errors.ts';
import { createBatchWriter } from '../src/history/batch-writer.ts';
import { historyEntry } from '../src/history/entry.ts';
import { createHistory } from '../src/history/history.ts';
import { planWithoutLiterals } from '../src/history/plan-without-literals.ts';
import { summarize } from '../src/history/summary.ts';
import { createLogger } from '../src/observe/index.ts';
import { startCall } from '../src/start-call.ts';
import { createStorage } from '../src/storage/index.ts';

const logger = createLogger({ level: 'silent' });
const memory: StoreConfiguration = {
  place: { kind: 'memory', maxRecords: 1_000 },
  schema: 'pgmcp',
  autoMigrate: false,
  sweepIntervalMs: 60_000,
};

function finished(id: string, durationMs: number, code?: ErrorCode, database = 'shop'): FinishedCall {
  const { call, finish } = startCall({
    tool: 'execute_query',
    caller: { ...LOCAL_CALLER, id },
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  call.record({
    database,
    kind: 'select',
    normalized: 'SELECT $1',
    fingerprint: 'f'.repeat(16),
    rows: 1,
    bytes: 1,
    truncated: false,
    durationMs,
    timedOut: false,
    cancelled: false,
  });
  return { ...finish(code && { error: new PgmcpError(code, 'no') }), durationMs };
}

const start = (maxEntries = 100) =>
  createHistory(
    createStorage(memory, logger),
    { enabled: true, maxEntries, maxAgeMs: 60_000, slowThresholdMs: 100, slowPlans: true },
    logger,
  );

describe('the history', () => {
  it('shows a caller its own calls, the latest first, and an operator everybody’s', async () => {
    const history = start();
    history.record(finished('alice', 1));
    history.record(finished('bob', 2));
    history.record(finished('alice', 3));
    const own = await history.calls({ caller: 'alice' });
    expect(own.items.map(({ durationMs }) => durationMs)).toEqual([3, 1]);
    expect((await history.calls('everybody')).items).toHaveLength(3);
    expect((await history.calls({ caller: 'mallory' })).items).toEqual([]);
  });

  it('goes on page by page, and refuses a page that is gone', async () => {
    const history = start();
    for (let index = 0; index < 5; index += 1) history.record(finished('alice', index));
    const first = await history.calls('everybody', { limit: 3 });
    const second = await history.calls('everybody', { limit: 3, after: first.next });
    expect([...first.items, ...second.items].map(({ durationMs }) => durationMs)).toEqual([4, 3, 2, 1, 0]);
    expect(second.next).toBeUndefined();
    await expect(history.calls('everybody', { after: 'nonsense' })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('begin again'),
    });
  });

  it('finds the calls of one database', async () => {
    const history = start();
    history.record(finished('alice', 1));
    history.record(finished('alice', 2, undefined, 'warehouse'));
    expect((await history.calls('everybody', { database: 'warehouse' })).items).toMatchObject([{ durationMs: 2 }]);
  });

  it('forgets the oldest beyond its bound', async () => {
    const history = start(10);
    for (let index = 0; index < 100; index += 1) history.record(finished('alice', index));
    const { items } = await history.calls('everybody', { limit: 1_000 });
    expect(items.length).toBeLessThanOrEqual(11);
    expect(items[0]?.durationMs).toBe(99);
  });

  it('says how a call ended', () => {
    const outcome = (code?: ErrorCode) => historyEntry(finished('alice', 1, code)).outcome;
    expect([outcome(), outcome('UNSAFE_SQL'), outcome('EXECUTION_ERROR'), outcome('CANCELLED')]).toEqual([
      'ok',
      'refused',
      'failed',
      'cancelled',
    ]);
  });

  it('orders slow statements by their time, those of the viewer alone', async () => {
    const history = start();
    const slow = (caller: string, durationMs: number) => ({
      requestId: 'r',
      at: new Date().toISOString(),
      caller,
      tool: 'query',
      database: 'shop',
      sql: 'SELECT $1',
      fingerprint: 'f'.repeat(16),
      durationMs,
      rows: 1,
    });
    for (const [caller, duration] of [
      ['a', 200],
      ['b', 900],
      ['a', 400],
    ] as const)
      history.recordSlow(slow(caller, duration));
    expect((await history.slow({ caller: 'a' })).map(({ durationMs }) => durationMs)).toEqual([400, 200]);
    expect((await history.slow('everybody', { limit: 1 })).map(({ durationMs }) => durationMs)).toEqual([900]);
    expect(await history.slow('everybody', { database: 'other' })).toEqual([]);
  });

  it('remembers nothing when it is off', async () => {
    const history = createHistory(
      createStorage(memory, logger),
      { enabled: false, maxEntries: 10, maxAgeMs: 60_000, slowThresholdMs: 1, slowPlans: true },
      logger,
    );
    history.record(finished('alice', 1));
    expect((await history.calls('everybody')).items).toEqual([]);
  });
});

describe('a summary', () => {
  const entries = (durations: readonly number[], codes: readonly (ErrorCode | undefined)[] = []) =>
    durations.map((duration, index) => historyEntry(finished('alice', duration, codes[index])));

  it('has average, median, p95, maximum, success rate and calls per minute', () => {
    const codes = ['EXECUTION_ERROR', 'UNSAFE_SQL', 'CANCELLED'] as const;
    const durations = Array.from({ length: 20 }, (_, index) => (index + 1) * 10);
    expect(summarize(entries(durations, codes), 120_000)).toEqual({
      calls: 20,
      succeeded: 17,
      refused: 1,
      failed: 1,
      cancelled: 1,
      successRate: 0.9444,
      callsPerMinute: 10,
      durationMs: { average: 105, median: 105, p95: 190, max: 200 },
    });
  });

  it('of one call and of none is whole too', () => {
    expect(summarize(entries([7]), 60_000)).toMatchObject({ durationMs: { average: 7, median: 7, p95: 7, max: 7 } });
    expect(summarize([], 60_000)).toMatchObject({
      calls: 0,
      successRate: 1,
      callsPerMinute: 0,
      durationMs: { p95: 0 },
    });
  });
});

describe('a plan without literals', () => {
  it('keeps the structure, the names and the estimates', () => {
    const plan = [
      'Seq Scan on customers2 c1  (cost=0.00..12.50 rows=3)',
      "  Filter: ((email = 'canary@example.com'::text) AND (c1.card_4 = 4111111111111111) AND (score > '-1.5e3'::numeric))",
      "  Index Cond: (name = 'O''Brien 42'::text)",
    ].join('\n');
    expect(planWithoutLiterals(plan)).toBe(
      [
        'Seq Scan on customers2 c1  (cost=0.00..12.50 rows=3)',
        "  Filter: ((email = '?'::text) AND (c1.card_4 = ?) AND (score > '?'::numeric))",
        "  Index Cond: (name = '?'::text)",
      ].join('\n'),
    );
  });
});

it('a plan without literals takes an apostrophe in a name for no text', () => {
  expect(planWithoutLiterals(`  Filter: (("it's" = 'canary'::text) AND ("a""b" <> 'c"d'::text))`)).toBe(
    `  Filter: (("it's" = '?'::text) AND ("a""b" <> '?'::text))`,
  );
});

describe('a batch writer', () => {
  it('drops what finds no room and what a broken place does not take, and says so', async () => {
    const failures: number[] = [];
    const written: number[] = [];
    let fails = true;
    const writer = createBatchWriter<number>({
      write: async (items) => {
        if (fails) throw new Error('down');
        written.push(...items);
      },
      capacity: 3,
      delayMs: 10_000,
      onFailure: (_, lost) => failures.push(lost),
    });
    for (let index = 0; index < 5; index += 1) writer.add(index);
    await writer.flush();
    expect({ failures, dropped: writer.dropped }).toEqual({ failures: [3], dropped: 5 });
    fails = false;
    writer.add(7);
    await writer.flush();
    expect(written).toEqual([7]);
  });
});
