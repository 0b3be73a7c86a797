import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qualifiedName, quoteIdentifier, splitName } from '../src/index.ts';

describe('quoteIdentifier', () => {
  it.each(['orders', 'order_items', '_x', 'a1', 'name', 'date', 'value'])('leaves %s as it is', (name) => {
    expect(quoteIdentifier(name)).toBe(name);
  });

  it.each([
    ['Order', '"Order"'],
    ['order', '"order"'],
    ['user', '"user"'],
    ['coalesce', '"coalesce"'],
    ['1st', '"1st"'],
    ['a.b', '"a.b"'],
    ['a"b', '"a""b"'],
    ['größe', '"größe"'],
    ['a$b', '"a$b"'],
    ['', '""'],
    ['a\nb', 'U&"a\\000Ab"'],
    ['a\\"\u202e', 'U&"a\\\\""\\202E"'],
    ['a\\b', '"a\\b"'],
    ['\u{e0001}', 'U&"\\+0E0001"'],
  ])('quotes %s', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  it('quotes each part of a qualified name where it needs it', () => {
    expect(qualifiedName('Sales', 'orders')).toBe('"Sales".orders');
  });
});

describe('splitName', () => {
  it('reads back whatever was written by qualifiedName', () => {
    const name = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(name, name, (schema, table) => {
        expect(splitName(qualifiedName(schema, table))).toEqual([schema, table]);
      }),
    );
  });

  it('folds what is not quoted, as PostgreSQL does', () => {
    expect(splitName('Retail."Order Items"')).toEqual(['retail', 'Order Items']);
  });

  it.each(['', '.', 'a.', '"open', 'a b'])('refuses %j', (written) => {
    expect(splitName(written)).toBeUndefined();
  });
});
