import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const FILE = new URL('./costs.json', import.meta.url);

interface ExpectedCost {
  readonly value: number;
  /** Share by which a measurement may be above the value, or below it, before somebody has to look. */
  readonly tolerance: number;
}

/**
 * Holds a count that does not depend on the machine against what is checked in: above it something has become dearer, far below it the
 * expectation is out of date. `PGMCP_WRITE_COSTS=1` writes what is measured instead.
 */
export function expectCost(name: string, measured: number): void {
  const costs = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, ExpectedCost>;
  const expected = costs[name];
  if (process.env['PGMCP_WRITE_COSTS'] === '1') {
    const written = { ...costs, [name]: { value: measured, tolerance: expected?.tolerance ?? 0.1 } };
    writeFileSync(FILE, `${JSON.stringify(written, null, 2)}\n`);
    return;
  }
  const { value, tolerance } = expected ?? { value: Number.NaN, tolerance: 0 };
  const advice =
    `${name}: ${measured}, expected ${value} within ${tolerance * 100} %. If the difference is meant, run ` +
    '"PGMCP_WRITE_COSTS=1 pnpm exec vitest run --project e2e e2e/costs.e2e.ts" and say why in the commit.';
  expect(Math.abs(measured - value) <= value * tolerance, advice).toBe(true);
}
