import { beforeEach, describe, expect, it, vi } from 'vitest';
import { repairLexis } from '../src/repair/repair-lexis.ts';

const { work, counted } = vi.hoisted(() => {
  const counter = { steps: 0 };
  const count =
    <Value>(read: (sql: string, at: number) => Value) =>
    (sql: string, at: number): Value => {
      counter.steps++;
      return read(sql, at);
    };
  return { work: counter, counted: count };
});
vi.mock('../src/split-statements.ts', async (original) => {
  const actual = await original<typeof import('../src/split-statements.ts')>();
  return { ...actual, endOfElement: counted(actual.endOfElement) };
});
vi.mock('../src/repair/source-text.ts', async (original) => {
  const actual = await original<typeof import('../src/repair/source-text.ts')>();
  return { ...actual, readName: counted(actual.readName) };
});
beforeEach(() => {
  work.steps = 0;
});

/** Elements looked at, and characters written, in the repair of a text. */
function workOn(sql: string): { readonly steps: number; readonly characters: number } {
  work.steps = 0;
  const repairs = repairLexis(sql);
  return { steps: work.steps, characters: repairs.reduce((sum, { from, to }) => sum + from.length + to.length, 0) };
}

describe('the work on a text that cannot be read grows no faster than the text, when it is nothing but', () => {
  it.each<[string, (count: number) => string]>([
    ['nested aggregates', (count) => 'count('.repeat(count)],
    ['nested aggregates that end', (count) => `${'count('.repeat(count)}x${')'.repeat(count)} ,`],
    ['nested filters', (count) => `${'count(x WHERE '.repeat(count)}y${')'.repeat(count)}`],
    ['nested joined texts', (count) => `${'group_concat('.repeat(count)}x${" SEPARATOR ';')".repeat(count)}`],
    ['nested TOPs', (count) => `${'(SELECT TOP 1 '.repeat(count)}x${')'.repeat(count)}`],
    ['brackets', (count) => '['.repeat(count)],
    ['backticks', (count) => '`a'.repeat(count)],
    ['conjunctions', (count) => '&& '.repeat(count)],
    ['intervals', (count) => 'INTERVAL 1 '.repeat(count)],
    ['patterns', (count) => 'NOT REGEXP '.repeat(count)],
  ])('%s', (_, textOf) => {
    const once = workOn(textOf(500));
    const twice = workOn(textOf(1_000));
    expect(twice.steps).toBeGreaterThan(0);
    expect(twice.steps).toBeLessThanOrEqual(2 * once.steps + 10);
    expect(twice.characters).toBeLessThanOrEqual(2 * once.characters + 100);
  });
});
