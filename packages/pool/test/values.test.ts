import { expect, test } from 'vitest';
import { encodeValue } from '../src/values.ts';

test.each([
  [null, null],
  [undefined, null],
  ['', ''],
  ["O'Brien", "O'Brien"],
  [12.5, '12.5'],
  [-0, '0'],
  [Number.NaN, 'NaN'],
  [9_007_199_254_740_993n, '9007199254740993'],
  [true, 'true'],
  [new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)), '2026-01-02T03:04:05.006Z'],
  [Buffer.from([0, 255]), '\\x00ff'],
  [new Uint8Array([1, 2]).subarray(1), '\\x02'],
  [[1, null, 'a"b\\c', [true]], '{"1",NULL,"a\\"b\\\\c",{"true"}}'],
  [[], '{}'],
  [{ a: [1, 'x'] }, '{"a":[1,"x"]}'],
])('%o is sent as %o', (value, text) => {
  expect(encodeValue(value)).toBe(text);
});
