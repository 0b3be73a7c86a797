import { expect, test } from 'vitest';
import { encodeStatement, encodeValue } from '../src/values.ts';

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
  // biome-ignore lint/suspicious/noSparseArray: what is tested
  [[1, , 2], '{"1",NULL,"2"}'],
  [{ toJSON: () => undefined }, null],
  [{ a: [1, 'x'] }, '{"a":[1,"x"]}'],
])('%o is sent as %o', (value, text) => {
  expect(encodeValue(value)).toBe(text);
});

test('the holes of an array of parameters are NULL', () => {
  const values = new Array(3);
  values[1] = 5;
  expect(encodeStatement('SELECT $1, $2, $3', values).values).toEqual([null, '5', null]);
});

test('what no message can hold is refused before anything is sent', () => {
  const part = 'x'.repeat(2 ** 27);
  expect(() => encodeStatement('SELECT $1', Array(8).fill(part))).toThrow('more than 1000000000 bytes');
  expect(encodeStatement('SELECT $1', ['x'.repeat(2 ** 20)]).values[0]).toHaveLength(2 ** 20);
});
