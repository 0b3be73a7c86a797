import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens, findValueHints, rankTables, renderCompact, searchCatalog, selectSlice } from '../src/index.ts';
import { plainText } from '../src/plain-text.ts';
import { wordsOf } from '../src/words.ts';
import { catalogOf, column, foreignKey, table } from './catalog-value.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const name = text.filter((each) => each !== '' && !each.includes('\0'));
const tables = fc.uniqueArray(name, { minLength: 1, maxLength: 12 }).chain((names) =>
  fc.tuple(
    ...names.map((each) =>
      fc
        .tuple(fc.uniqueArray(name, { maxLength: 30 }), text, fc.constantFrom(...names), fc.boolean())
        .map(([columns, comment, target, selectable]) =>
          table(
            each,
            columns.map((one) => column(one, 'text', { comment, enumLabels: [comment] })),
            { comment, selectable, foreignKeys: columns[0] === undefined ? [] : [foreignKey(columns[0], target)] },
          ),
        ),
    ),
  ),
);

describe('any catalog and any question', () => {
  it('never overruns the budget, never loses a table, never throws', () => {
    fc.assert(
      fc.property(tables, text, fc.integer({ min: 1, max: 2_000 }), (list, question, maxTokens) => {
        const catalog = catalogOf(list);
        const readable = list.filter(({ selectable }) => selectable).length;
        const slice = selectSlice(catalog, question, { maxTokens });
        expect(slice.tokens).toBeLessThanOrEqual(maxTokens);
        expect(slice.tokens).toBe(estimateTokens(slice.text));
        const shown = slice.tables.reduce((sum, { family }) => sum + (family?.length ?? 1), 0);
        expect(shown + slice.omitted.length).toBe(readable);
        const ranked = rankTables(catalog, question);
        expect(ranked.reduce((sum, { members }) => sum + members.length, 0)).toBe(readable);
        expect(estimateTokens(renderCompact(catalog, { maxTokens }))).toBeLessThanOrEqual(maxTokens);
        expect(findValueHints(catalog, question).length).toBeLessThanOrEqual(12);
        if (question.trim() !== '') {
          const { hits, total } = searchCatalog(catalog, { pattern: question });
          expect(hits).toHaveLength(Math.min(total, 50));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps rendered comments in one line without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (comment, limit) => {
        const plain = plainText(comment, limit);
        expect([...plain].length).toBeLessThanOrEqual(limit);
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('splits any text into words that have no blanks and no capitals of their own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (any) => {
        for (const word of wordsOf(any)) expect(word).toMatch(/^\S+$/u);
      }),
    );
  });

  it('takes long questions in stride', () => {
    const question = 'how many customers of the shop in Berlin '.repeat(2_000);
    const catalog = catalogOf(
      Array.from({ length: 300 }, (_, place) => table(`t_${'x'.repeat(place % 40)}${place}`, ['id', 'customer'])),
    );
    expect(selectSlice(catalog, question, { maxTokens: 500 }).tokens).toBeLessThanOrEqual(500);
  });
});
