import { expect, it } from 'vitest';
import { countParameters } from '../src/advice/indexes/count-parameters.ts';

it.each([
  ['SELECT 1', 0],
  ['SELECT $1, $3, $2', 3],
  ['SELECT $65535', 65_535],
  ['SELECT /* $65536 */ 1', undefined],
  ['SELECT 1 AS "$4294967295"', undefined],
  [`SELECT $${'9'.repeat(400)}`, undefined],
  ['SELECT $1 '.repeat(300_000), 1],
])('counts what a statement takes, whatever its text holds (%#)', (sql, count) => {
  expect(countParameters(sql)).toBe(count);
});
