import { afterEach, describe, expect, it, vi } from 'vitest';
import { createGuard, type Guard, type GuardEvent, type GuardOptions } from '../src/index.ts';

const open: Guard[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((guard) => guard.close()));
});

async function workerGuard(options: GuardOptions = {}): Promise<{ guard: Guard; events: GuardEvent[] }> {
  const events: GuardEvent[] = [];
  const guard = await createGuard({
    limits: { killTimeoutMs: 2_000, maxCachedVerdicts: 0 },
    ...options,
    onEvent: (event) => events.push(event),
  });
  open.push(guard);
  return { guard, events };
}

/** Texts that overflow stacks: chains that nest to the left, without parentheses that the parser itself bounds. */
const bombs = [
  `SELECT 1${'||1'.repeat(10_000)}`,
  `SELECT 1${'+1'.repeat(15_000)}`,
  `SELECT 1${'::int'.repeat(6_000)}`,
  `SELECT 1${' UNION SELECT 1'.repeat(2_000)}`,
  `SELECT x${' IS NULL'.repeat(3_500)}`,
  `SELECT ${'NOT '.repeat(7_000)}true`,
  `SELECT ${'('.repeat(15_000)}1${')'.repeat(15_000)}`,
  `SELECT ${'-'.repeat(60)}${' - -'.repeat(7_000)} 1`,
  `SELECT a${'.b'.repeat(15_000)}`,
  `SELECT x${'[1]'.repeat(10_000)}`,
  `SELECT ${'CASE WHEN true THEN '.repeat(1_400)}1${' END'.repeat(1_400)}`,
  `SELECT ${'ARRAY['.repeat(4_500)}1${']'.repeat(4_500)}`,
  `SELECT ${'lower('.repeat(4_500)}1${')'.repeat(4_500)}`,
  `SELECT * FROM ${'(SELECT * FROM '.repeat(1_800)}t${') x'.repeat(1_800)}`,
  `${'WITH a AS ('.repeat(2_000)}SELECT 1${') SELECT 1'.repeat(1_200)}`,
  `SELECT 1 WHERE true${' AND true'.repeat(3_500)}`,
  `SELECT ${'1,'.repeat(15_000)}1`,
  `SELECT 1 IN (${'1,'.repeat(15_000)}1)`,
  `VALUES ${'(1),'.repeat(8_000)}(1)`,
  `SELECT $1${'::text COLLATE "C"'.repeat(1_700)}`,
];

describe('the worker engine', () => {
  it('answers as the same thread does', async () => {
    const { guard, events } = await workerGuard();
    expect(await guard.check('SELECT * FROM t')).toMatchObject({ allowed: true, relations: [{ name: 't' }] });
    expect(await guard.check('SELECT pg_sleep(1)')).toMatchObject({
      allowed: false,
      violations: [{ code: 'function', name: 'pg_sleep' }],
    });
    expect(await guard.check('SELEC')).toMatchObject({ allowed: false, violations: [{ code: 'syntax' }] });
    expect(await guard.parse('SELECT 1; SELECT 2')).toMatchObject({
      parsed: true,
      tree: { stmts: [{ stmt: { SelectStmt: {} } }, {}] },
    });
    expect(await guard.parse('SELEC')).toMatchObject({
      parsed: false,
      violations: [{ code: 'syntax' }],
      retryable: false,
    });
    expect(events.map((event) => event.type)).toContain('worker-started');
  });

  it('is loaded once when it is asked for ahead, and says nothing of it after it was closed', async () => {
    const { guard, events } = await workerGuard();
    guard.warmUp();
    guard.warmUp();
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(['worker-started']), { timeout: 20_000 });
    expect(await guard.check('SELECT 1')).toMatchObject({ allowed: true });
    expect(events).toHaveLength(1);
    await guard.close();
    guard.warmUp();
    await expect(guard.check('SELECT 1')).rejects.toMatchObject({ code: 'CLOSED' });
    expect(events).toHaveLength(1);
  });

  it('gives right answers after hundreds of stack bombs', { timeout: 120_000 }, async () => {
    const { guard } = await workerGuard();
    const fixed = [
      'SELECT a, b FROM s.t WHERE x = 1',
      'SELECT pg_sleep(1)',
      'DELETE FROM t',
      "SELECT 'x'::text || y FROM t",
      'WITH x AS (SELECT 1) SELECT * FROM x',
    ];
    const reference = await Promise.all(fixed.map((sql) => guard.check(sql)));
    for (let round = 0; round < 12; round += 1) {
      for (const bomb of bombs) {
        const verdict = await guard.check(bomb);
        expect(verdict.allowed && bomb.length > 32_768).toBe(false);
      }
      expect(await Promise.all(fixed.map((sql) => guard.check(sql)))).toEqual(reference);
    }
  });

  it('refuses as busy when the queue is full', async () => {
    const { guard, events } = await workerGuard({
      limits: { maxQueue: 3, maxCachedVerdicts: 0, killTimeoutMs: 2_000 },
    });
    const verdicts = await Promise.all(Array.from({ length: 20 }, (_value, index) => guard.check(`SELECT ${index}`)));
    const busy = verdicts.filter((verdict) => !verdict.allowed);
    expect(busy.length).toBeGreaterThan(10);
    for (const verdict of busy)
      expect(verdict).toMatchObject({
        retryable: true,
        violations: [{ code: 'parser', node: 'Queue', option: 'limits.maxQueue' }],
      });
    expect(verdicts.some((verdict) => verdict.allowed)).toBe(true);
    expect(events.some((event) => event.type === 'busy')).toBe(true);
  });

  it('judges in several threads at once', async () => {
    const { guard } = await workerGuard({ workers: 2 });
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_value, index) =>
        guard.check(index % 2 ? `SELECT ${index}` : `DELETE FROM t${index}`),
      ),
    );
    expect(verdicts.map((verdict) => verdict.allowed)).toEqual(
      Array.from({ length: 200 }, (_value, index) => index % 2 === 1),
    );
  });

  it('rejects what waits when it is closed, and what comes later', async () => {
    const { guard } = await workerGuard();
    const waiting = guard.check('SELECT 1');
    waiting.catch(() => undefined);
    await guard.close();
    await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(guard.check('SELECT 1')).rejects.toMatchObject({ code: 'CLOSED' });
    await guard.close();
  });
});
