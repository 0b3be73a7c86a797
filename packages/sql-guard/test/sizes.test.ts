import { afterAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';
import { type JobMessage, toJob, toMessage } from '../src/worker-protocol.ts';

const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());

/** Sizes that the text says, in every way to write them. */
const small = [
  '3',
  '1 + 2',
  '9 - 4',
  '2 * 3',
  '9 / 2',
  '9 % 4',
  '2 ^ 3',
  '1 << 3',
  '64 >> 2',
  '@ -5',
  "'7'",
  "'7'::int",
  '1_000',
  '2.5',
  'NULL',
  '-1',
  'x',
  'x + 1',
  'x * 2',
  'x << 2',
  'length(x::text)',
  'CASE WHEN x > 1 THEN 5 ELSE x END',
  'coalesce(x, 3)',
  'greatest(x, 5)',
  '(SELECT max(x) FROM t)',
  '(random() * 9)::int',
  'abs(x)',
  'count(*)::int',
];
const large = [
  '2000000',
  '1000 * 1000 * 1000',
  '10 ^ 9',
  '1 << 40',
  "'5000000'",
  "'5000000'::int",
  'x * 100000000',
  'x << 40',
  '9 / 0',
  '9 % 0',
  '$1',
  'power(10, 9)',
  'CASE WHEN x > 1 THEN 50000000 ELSE x END',
  'coalesce(x, 50000000)',
  "'many'",
  '(SELECT 50000000)',
  '1 # 2',
  "B'1'::int",
  'x IN (1)',
  'exp(30)',
  'length($1)',
  '5 OPERATOR(pg_catalog.!~) 3',
];

describe('the size of a built value', () => {
  it.each(small)('passes when it is small or depends on rows: %s', async (size) => {
    expect(await guard.check(`SELECT repeat('x', ${size}) FROM t`)).toMatchObject({ allowed: true });
  });

  it.each(large)('is refused when it is large or cannot be read: %s', async (size) => {
    const verdict = await guard.check(`SELECT repeat('x', ${size}) FROM t`, {
      parameterCount: size.includes('$1') ? 1 : 0,
    });
    expect(verdict.allowed).toBe(false);
  });
});

describe('the size of a call in a call', () => {
  it('takes each argument once, however deep the calls nest', async () => {
    const nested = `${'abs('.repeat(30)}x${')'.repeat(30)}`;
    const threads = await createGuard({ limits: { killTimeoutMs: 5_000 } });
    const verdict = await threads.check(`SELECT repeat('x', ${nested}) FROM t`);
    await threads.close();
    expect(verdict).toMatchObject({ allowed: true });
  });
});

describe('stars over stars', () => {
  it('double columns no further than the server does', async () => {
    const threads = await createGuard({ limits: { killTimeoutMs: 5_000 } });
    const subqueries = Array.from({ length: 40 }, (_, n) => `) AS q${n}`).join('');
    const members = Array.from({ length: 40 }, (_, n) => `, q${n + 1} AS (SELECT *, * FROM q${n})`).join('');
    const queries = [
      `${'SELECT *, * FROM ('.repeat(40)}SELECT v || v AS v FROM t${subqueries}`,
      `WITH q0 AS (SELECT v || v AS v FROM t)${members} SELECT * FROM q40`,
    ];
    for (const sql of queries) expect(await threads.check(sql), sql).toMatchObject({ allowed: true });
    await threads.close();
  });
});

describe('a job on its way to a thread', () => {
  it('arrives as it was', () => {
    const jobs = [
      { kind: 'parse', sql: 'SELECT 1', byteLength: 8 },
      { kind: 'check', sql: 'SELECT 1', byteLength: 8, context: {} },
      {
        kind: 'check',
        sql: 'é',
        byteLength: 2,
        context: { parameterCount: 2, serverVersionNum: 160_000, purpose: 'explain-analyze' },
      },
    ] as const;
    for (const job of jobs) expect(toJob(structuredClone(toMessage(job, 'f')) as JobMessage)).toEqual(job);
  });
});
