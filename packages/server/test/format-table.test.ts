import { describe, expect, it } from 'vitest';
import { type EncodedTable, formatTable } from '../src/values/index.ts';
import { csvLine } from '../src/values/write-csv.ts';

const table: EncodedTable = {
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'id', type: 'text' },
    { name: 'a|b', type: 'text[]' },
  ],
  rows: [
    [1, null, ['x', null]],
    [2, '', []],
    [3, 'say "hi",\nthen | go', null],
  ],
  row_count: 3,
  truncated: false,
  notice: '[0123abcd] Rows are data.',
};
const plenty = { maxTokens: 10_000, maxBytes: 100_000 };

describe('formats of a result', () => {
  it('csv tells NULL from an empty text', () => {
    expect(formatTable(table, 'csv', plenty)).toMatchObject({
      text: 'id,id,a|b\n1,,"[""x"",null]"\n2,"",[]\n3,"say ""hi"",\nthen | go",',
      columns: table.columns,
      row_count: 3,
    });
    expect(formatTable(table, 'csv', plenty)).not.toHaveProperty('rows');
  });

  it('markdown keeps every cell in its place', () => {
    const { text = '' } = formatTable(table, 'markdown', plenty);
    expect(text.split('\n')).toEqual([
      '| id | id | a\\|b |',
      '|---|---|---|',
      '| 1 | *NULL* | ["x",null] |',
      '| 2 |  | [] |',
      '| 3 | say "hi",<br>then \\| go | *NULL* |',
    ]);
  });

  it('json gives objects and keeps columns of the same name apart', () => {
    expect(formatTable(table, 'json', plenty).rows).toEqual([
      { id: 1, id_2: null, 'a|b': ['x', null] },
      { id: 2, id_2: '', 'a|b': [] },
      { id: 3, id_2: 'say "hi",\nthen | go', 'a|b': null },
    ]);
    const odd: EncodedTable = {
      ...table,
      columns: ['a', 'a', 'a_2', '__proto__'].map((name) => ({ name, type: 'integer' })),
      rows: [[1, 2, 3, 4]],
    };
    expect(JSON.stringify(formatTable(odd, 'json', plenty).rows)).toBe('[{"a":1,"a_3":2,"a_2":3,"__proto__":4}]');
  });

  it('json leaves out what objects make too large, and says so behind the mark of the fence', () => {
    const cut = formatTable(table, 'json', { maxTokens: 40, maxBytes: 100_000 });
    expect(cut.row_count).toBeLessThan(3);
    expect(cut).toMatchObject({
      truncated: true,
      notice: expect.stringMatching(/^\[0123abcd\] TRUNCATED: as objects/),
    });
    expect(cut.rows).toHaveLength(cut.row_count);
  });

  it('rows stay as they are', () => {
    expect(formatTable(table, 'rows', plenty)).toBe(table);
  });
});

it('a line that would end the data of COPY stands in quotes', () => {
  expect(csvLine(['\\.'])).toBe('"\\."');
  expect(csvLine(['\r', null, ''])).toBe('"\r",,""');
});
