import { afterAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';

const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());

const listOf = (length: number, item: (index: number) => string): string =>
  Array.from({ length }, (_, index) => item(index)).join(', ');
const refusal = async (sql: string) => {
  const verdict = await guard.check(sql);
  return verdict.allowed ? 'allowed' : `${verdict.violations[0].code} ${verdict.violations[0].node}`;
};

describe('what the planner does before a timeout is looked at', () => {
  const sorting: readonly [string, string, (index: number) => string][] = [
    ['aggregates with DISTINCT', 'FuncCall', (index) => `count(DISTINCT g % ${index + 1})`],
    ['aggregates with ORDER BY', 'FuncCall', (index) => `array_agg(g ORDER BY g % ${index + 1})`],
    ['ordered sets', 'FuncCall', (index) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY g + ${index})`],
    ['windows with PARTITION BY', 'FuncCall', (index) => `sum(g) OVER (PARTITION BY g % ${index + 1})`],
    ['windows with ORDER BY', 'FuncCall', (index) => `sum(g) OVER (ORDER BY g % ${index + 1})`],
    ['SQL/JSON aggregates', 'JsonAggConstructor', (index) => `json_arrayagg(g ORDER BY g % ${index + 1})`],
  ];
  it.each(sorting)('%s sort at most 250 times', async (_kind, node, item) => {
    expect(await refusal(`SELECT ${listOf(250, item)} FROM t AS x(g)`)).toBe('allowed');
    expect(await refusal(`SELECT ${listOf(251, item)} FROM t AS x(g)`)).toBe(`size ${node}`);
  });

  it('counts the windows that WINDOW names, once each', async () => {
    const named = (count: number) =>
      `SELECT ${listOf(300, (index) => `sum(g) OVER w${index % count}`)} FROM t WINDOW ${listOf(count, (index) => `w${index} AS (ORDER BY g % ${index + 1})`)}`;
    expect(await refusal(named(250))).toBe('allowed');
    expect(await refusal(named(251))).toBe('size WindowDef');
  });

  it('counts neither plain aggregates nor windows that sort nothing', async () => {
    expect(await refusal(`SELECT ${listOf(600, (index) => `sum(g + ${index})`)} FROM t`)).toBe('allowed');
    expect(await refusal(`SELECT ${listOf(600, (index) => `sum(g + ${index}) OVER ()`)} FROM t`)).toBe('allowed');
  });

  const powers: readonly [string, (index: number) => string][] = [
    ['exponentials', (index) => `exp(5990.${index + 1}::numeric)`],
    ['exponentials of a column', (index) => `exp(5990.${index + 1} + x - x)`],
    ['powers', (index) => `7.${index + 1} ^ 16000`],
    ['calls of power', (index) => `power(1.1, 20000.${index + 1})`],
    ['powers of a column', (index) => `power(1.1, 9999.${index + 1} + x - x)`],
    ['exponents far below one', (index) => `1.5 ^ 1e-${index + 4_000}`],
  ];
  it.each(powers)('%s have at most 100,000 digits together', async (_kind, item) => {
    expect(await refusal(`SELECT ${listOf(2, item)} FROM t`)).toBe('allowed');
    expect(await refusal(`SELECT ${listOf(700, item)} FROM t`)).toMatch(/^size (A_Expr|FuncCall)$/);
  });

  it('lets a thousand usual powers pass', async () => {
    expect(await refusal(`SELECT ${listOf(1_000, (index) => `(x - ${index}) ^ 2`)} FROM t`)).toBe('allowed');
    expect(await refusal(`SELECT ${listOf(1_000, (index) => `exp(-0.1 * ${index})`)} FROM t`)).toBe('allowed');
  });
});
