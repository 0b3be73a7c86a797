import { parse } from 'pgsql-ast-parser';
import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../src/compiled-policy.ts';
import { createJudgement } from '../src/judgement.ts';
import { walkPortable } from '../src/portable/walk.ts';
import { readHonestCases } from './corpus-files.ts';
import { placesOf } from './places-of.ts';
import { expressionSlots, honestExpressions } from './slots.ts';

const policy = compilePolicy({});

/** The findings on a tree of the portable parser, as this package reads them. */
function findingsOn(tree: unknown): number {
  const judgement = createJudgement(policy, 180_000, undefined);
  walkPortable(tree, judgement);
  return judgement.findings.length;
}

// Every value of a tree costs walks of the whole tree: a long statement takes the square of its length, and holds no node of its own.
const maximumLength = 300;

const trees = [
  ...readHonestCases()
    .map(({ sql }) => sql)
    .filter((sql) => sql.length < maximumLength),
  ...expressionSlots.map((slot, index) =>
    slot.replace('@', () => honestExpressions[index % honestExpressions.length] ?? '1'),
  ),
].flatMap((sql) => {
  try {
    const [tree, second] = parse(sql) as readonly unknown[];
    return tree && !second && findingsOn(tree) === 0 ? [{ sql, tree }] : [];
  } catch {
    // It reads a part of SQL only.
    return [];
  }
});

describe('a tree that the portable parser never prints', { timeout: 60_000 }, () => {
  it('is judged without an exception when a value is missing or of another kind', () => {
    const others: readonly unknown[] = [undefined, null, 7.5, 'evil', [], { type: 'evil' }, [{ type: 'evil' }]];
    let judged = 0;
    for (const { tree } of trees) {
      for (const [holder, key] of placesOf(tree)) {
        const value = holder[key];
        for (const other of others) {
          holder[key] = other;
          expect(findingsOn(tree)).toBeGreaterThanOrEqual(0);
          judged += 1;
        }
        holder[key] = value;
      }
    }
    expect(judged).toBeGreaterThan(10_000);
  });

  it('is refused when a node in it is one that nobody knows', () => {
    const passed: string[] = [];
    for (const { sql, tree } of trees) {
      for (const [holder, key] of placesOf(tree)) {
        const value = holder[key];
        if (typeof value !== 'object' || value === null || Array.isArray(value) || !('type' in value)) continue;
        holder[key] = { ...value, type: 'evil' };
        if (findingsOn(tree) === 0) passed.push(`${key}: ${sql}`);
        holder[key] = { ...value, evil: 1 };
        if (findingsOn(tree) === 0) passed.push(`${key}.evil: ${sql}`);
        holder[key] = value;
      }
    }
    expect(passed).toEqual([]);
  });
});
