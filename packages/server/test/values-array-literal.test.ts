import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrayElements, parseArrayLiteral } from '../src/values/array-literal.ts';

/** Writes elements the way array_out does, quoting always or only where PostgreSQL must. */
function print(elements: ArrayElements, delimiter: string, quoteAll: boolean): string {
  const inner = elements.map((element) => {
    if (element === null) return 'NULL';
    if (typeof element !== 'string') return print(element, delimiter, quoteAll);
    const mustQuote =
      element === '' || element.toUpperCase() === 'NULL' || /[{}"\\\s]/.test(element) || element.includes(delimiter);
    return quoteAll || mustQuote ? `"${element.replaceAll(/["\\]/g, '\\$&')}"` : element;
  });
  return `{${inner.join(delimiter)}}`;
}

/** Arrays of one shape, as PostgreSQL's are. */
const arrays = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 }),
    fc.infiniteStream(fc.option(fc.string({ unit: 'binary' }))),
  )
  .map(([shape, texts]) => {
    const build = (depth: number): ArrayElements =>
      Array.from({ length: shape[depth] ?? 1 }, () =>
        depth === shape.length - 1 ? texts.next().value : build(depth + 1),
      );
    return build(0);
  });

describe('parseArrayLiteral', () => {
  it('reads back whatever is written in the form of array_out', () => {
    fc.assert(
      fc.property(arrays, fc.constantFrom(',', ';'), fc.boolean(), (elements, delimiter, quoteAll) => {
        expect(parseArrayLiteral(print(elements, delimiter, quoteAll), delimiter)).toEqual(elements);
      }),
    );
  });

  it('never throws and never gives half of an array, whatever the text', () => {
    const characters = fc.constantFrom('{', '}', '"', '\\', ',', 'a', 'NULL', '[', '=', ' ');
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 20 }), fc.boolean(), (parts, isClosed) => {
        const text = isClosed ? `{${parts.join('')}}` : parts.join('');
        const parsed = parseArrayLiteral(text);
        expect(parsed === undefined || (text.startsWith('{') && text.endsWith('}'))).toBe(true);
      }),
    );
  });

  it.each<[string, ArrayElements | undefined]>([
    ['{}', []],
    ['{1,NULL,3}', ['1', null, '3']],
    ['{"NULL",NULL,null}', ['NULL', null, 'null']],
    [
      '{{1,2},{3,4}}',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['{"a,b","c\\"d","e\\\\f",""}', ['a,b', 'c"d', 'e\\f', '']],
    ['{{{{{{1}}}}}}', [[[[[['1']]]]]]],
    ['{{{{{{{1}}}}}}}', undefined],
    ['[0:1]={a,b}', undefined],
    ['{1,2', undefined],
    ['{"a}', undefined],
    ['{a}b', undefined],
    ['1,2', undefined],
    ['', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseArrayLiteral(text)).toEqual(expected);
  });
});
