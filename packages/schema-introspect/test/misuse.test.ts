import { describe, expect, it } from 'vitest';
import {
  createCatalogCache,
  ddlNotifierSql,
  findTables,
  findValueHints,
  IntrospectionError,
  introspect,
  rankTables,
  readFingerprint,
  readTypes,
  renderCompact,
  renderMermaid,
  renderMSchema,
  searchCatalog,
  searchValues,
  selectSlice,
  splitName,
  watchDdl,
} from '../src/index.ts';
import { addValueHits } from '../src/value-hits.ts';
import { catalogOf, column, table } from './catalog-value.ts';

const orders = table('orders', [column('id'), column('status', 'text')], { estimatedRows: 5 });
const customers = table('customers', [column('id'), column('name', 'text')], { estimatedRows: 5 });
const catalog = catalogOf([orders, customers]);
/** A driver that nothing may reach. */
const unreached = { query: () => Promise.reject(new Error('a statement was sent')) };

describe('what types cannot keep out', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['no options', () => selectSlice(catalog, 'orders', null as never), /takes an object of maxTokens/],
    ['options of introspect', () => introspect(unreached, null as never), /takes an object of schemas/],
    [
      'a question of rankTables',
      () => rankTables(catalog, undefined as never),
      /question of rankTables\(\) must be a text/,
    ],
    ['a question of selectSlice', () => selectSlice(catalog, 5 as never, { maxTokens: 9 }), /must be a text/],
    ['a question of searchValues', () => searchValues(unreached, catalog, {} as never), /must be a text/],
    ['a question of findValueHints', () => findValueHints(catalog, null as never), /must be a text/],
    ['where hints are from', () => findValueHints(catalog, 'x', { from: 'rows' as never }), /enums, statistics/],
    ['hints', () => findValueHints(catalog, 'x', { maxHints: Number.NaN }), /maxHints must be a number above 0/],
    ['a pattern', () => searchCatalog(catalog, { pattern: 5 as never }), /pattern must be a text/],
    ['kinds', () => searchCatalog(catalog, { pattern: 'x', kinds: 'table' as never }), /list of table, partitioned/],
    ['a kind', () => searchCatalog(catalog, { pattern: 'x', kinds: ['row' as never] }), /One of kinds is "row"/],
    ['names', () => findTables(catalog, 'orders' as never), /takes a list of names/],
    ['a name', () => findTables(catalog, [5 as never]), /takes a list of names/],
    ['columns of a diagram', () => renderMermaid(catalog, { columns: 'some' as never }), /all, keys, none/],
    ['characters', () => renderMSchema(catalog, { maxCommentCharacters: -1 }), /must be a number from 0/],
    ['labels', () => renderCompact(catalog, { maxEnumLabels: Number.NaN }), /maxEnumLabels must be a number from 0/],
    ['oids', () => readTypes(unreached, 23 as never), /takes type oids/],
    ['load', () => createCatalogCache({ refreshIntervalMs: 0 } as never), /load must be a function/],
    [
      'quiet',
      () => watchDdl({ listen: async () => async () => {} }, { check: async () => catalog }, { quietMs: -1 }),
      /quietMs/,
    ],
    ['a channel without room', () => ddlNotifierSql({ channel: 'c'.repeat(56) }), /1 to 55/],
  ])('is refused by name: %s', async (_, call, message) => {
    const thrown = await Promise.resolve()
      .then(call)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(IntrospectionError);
    expect(thrown).toMatchObject({ code: 'INVALID_OPTIONS', message: expect.stringMatching(message) });
  });

  it.each(['maxTables', 'maxRowsPerTable', 'maxColumns', 'maxHints', 'maxPerColumn'])(
    'never lets %s below 0 or without a number widen a search in data',
    async (bound) => {
      for (const value of [-1, Number.NaN, '5 union all select 1'])
        await expect(searchValues(unreached, catalog, 'orders named open', { [bound]: value })).rejects.toMatchObject({
          code: 'INVALID_OPTIONS',
        });
    },
  );

  it('asks for a bounded number of values even without a limit', async () => {
    const texts: string[] = [];
    const db = {
      query: async <Row>(text: string) => {
        texts.push(text);
        return { rows: [] as Row[] };
      },
    };
    await searchValues(db, catalog, 'orders named open', { maxPerColumn: Number.POSITIVE_INFINITY });
    expect(texts.join()).toContain('limit 1000)');
  });

  it('takes an escape that is no character for a name that is not there', () => {
    expect(splitName('U&"a\\+FFFFFF"')).toEqual(['a\\+FFFFFF']);
    expect(findTables(catalog, ['U&"\\+110000"']).missing).toHaveLength(1);
  });

  it('keeps the order of the words where similarities are no numbers', () => {
    const rank = (similarities?: ReadonlyMap<string, number>) =>
      selectSlice(catalog, 'orders by status', { maxTokens: 12, ...(similarities && { similarities }) }).tables;
    for (const similarity of [Number.NaN, Number.NEGATIVE_INFINITY, -5])
      expect(rank(new Map([['public.customers', similarity]]))).toEqual(rank());
    expect(rank(new Map([['public.customers', 1e308]]))).toEqual(rank(new Map([['public.customers', 1]])));
  });

  it('never takes an answer without a fingerprint for one that has not changed', async () => {
    const answers = [{ rows: [] }, { rows: [{ fingerprint: '' }] }, { rows: [{}] }];
    for (const answer of answers) {
      const db = { query: async () => answer as never };
      await expect(readFingerprint(db)).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
    }
  });
});

describe('much of everything', () => {
  it('weighs more tables than a call takes arguments', () => {
    const scores = new Array<number>(500_000).fill(2);
    addValueHits(
      scores,
      [{ table: orders, members: [orders] }],
      [
        {
          schema: 'public',
          table: 'orders',
          column: 'status',
          value: 'open',
          phrase: 'open',
          source: 'enum',
          match: 'equal',
        },
      ],
    );
    expect(scores.slice(0, 2)).toEqual([2.8, 2]);
  });

  it('looks at the first words of a question that is a whole document', () => {
    const letters = (number: number): string =>
      number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
    const document = [...Array.from({ length: 300 }, (_, place) => `z${letters(place)}z`), 'orders'].join(' ');
    expect(rankTables(catalog, `orders ${document}`)[0]?.table.name).toBe('orders');
    expect(rankTables(catalog, document).map(({ score }) => score)).toEqual([0, 0]);
  });
});
