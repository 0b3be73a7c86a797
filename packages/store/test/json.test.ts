import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLike } from '../src/index.ts';
import { parseInstant } from '../src/instant.ts';
import { compareNumbers, compareTexts, readJson, writeJson } from '../src/json.ts';
import { likePredicate } from '../src/like.ts';
import { arrayText, quoteLiteral } from '../src/sql-text.ts';
import { timeOfUuidV7, uuidV7 } from '../src/uuid.ts';

describe('JSON', () => {
  it('gives back every number, text and bigint as it was', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
      fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\u0000')),
    );
    fc.assert(
      fc.property(value, (each) => {
        expect(readJson(writeJson([each], 'x'))).toEqual([each]);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt(), (each) => {
        const [read] = readJson(writeJson([each], 'x')) as [number | bigint];
        expect(compareNumbers(read, each)).toBe(0);
      }),
    );
  });

  it('refuses a circle and too deep a nesting', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => writeJson(circle, 'data')).toThrow(/data\.self refers to an object that contains it/);
    let deep: unknown = 1;
    for (let n = 0; n < 70; n += 1) deep = [deep];
    expect(() => writeJson(deep, 'data')).toThrow(/nested deeper than 64/);
    expect(() => writeJson({ [Symbol('x')]: 1 }, 'data')).toThrow(/symbol key/);
    expect(() => writeJson(new Array(1), 'data')).toThrow(/data\[0\] is undefined/);
  });

  it('keeps a key called __proto__ a key', () => {
    const text = '{"__proto__":{"a":1}}';
    expect(writeJson(readJson(text), 'x')).toBe(text);
  });

  it('compares texts by code point, which is the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        fc.pre(left.isWellFormed() && right.isWellFormed());
        expect(Math.sign(compareTexts(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
    );
  });
});

describe('patterns', () => {
  it('match only themselves when escaped', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        expect(likePredicate(escapeLike(text))(text)).toBe(true);
        if (text !== other) expect(likePredicate(escapeLike(text))(other)).toBe(false);
        expect(likePredicate(`%${escapeLike(text)}%`)(`${other}${text}${other}`)).toBe(true);
      }),
    );
  });

  it('end soon on a hostile pattern', () => {
    expect(likePredicate(`${'%a'.repeat(2_000)}b`)('a'.repeat(5_000))).toBe(false);
  });
});

describe('instants', () => {
  it.each([
    ['2026-01-01', Date.UTC(2026, 0, 1)],
    ['2026-01-01T01:30:00+01:30', Date.UTC(2026, 0, 1)],
    ['2026-01-01T00:00:00.1239Z', Date.UTC(2026, 0, 1, 0, 0, 0, 123)],
    ['0001-01-01', Date.parse('0001-01-01')],
    ['2023-02-29', undefined],
    ['2026-01-01T00:00:00', undefined],
    ['2026-01-01T24:00:00Z', undefined],
    ['0000-01-01', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });
});

describe('SQL texts', () => {
  it('quote what could end them', () => {
    expect(quoteLiteral(`a'b\\`)).toBe(` E'a''b\\\\'`);
    expect(arrayText(['a"b', 'c\\', '', undefined, 'NULL'])).toBe('{"a\\"b","c\\\\","",NULL,"NULL"}');
  });
});

describe('ids', () => {
  it('hold their time and sort by it', () => {
    const ids = Array.from({ length: 1_000 }, (_, n) => uuidV7(1_700_000_000_000 + Math.floor(n / 100)));
    expect([...ids].sort()).toEqual(ids);
    expect(timeOfUuidV7(ids[0]!)).toBe(1_700_000_000_000);
    expect(timeOfUuidV7('not a uuid')).toBeUndefined();
    expect(timeOfUuidV7(ids[0]!.toUpperCase())).toBeUndefined();
  });
});
