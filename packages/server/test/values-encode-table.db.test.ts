import type { TextTable } from '@pgmcp/pool';
import { readTypes } from '@pgmcp/schema-introspect';
import { useDatabase } from '@pgmcp/testing/vitest';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, defaultBudget, encodeTable, isBuiltInType } from '../src/values/index.ts';

const database = useDatabase();
const hostZone = process.env['TZ'];
let client: pg.Client;

// The host must not matter: its zone is as far from the server's as from UTC.
beforeAll(async () => {
  process.env['TZ'] = 'Asia/Tokyo';
  client = await database.connect();
});
afterAll(() => {
  if (hostZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = hostZone;
});

/** Runs a statement and keeps the wire's text. */
async function read(text: string, values: readonly unknown[] = []): Promise<TextTable> {
  const wireText = () => (value: string) => value;
  const result = await client.query<(string | null)[]>({
    text,
    values: [...values],
    rowMode: 'array',
    types: { getTypeParser: wireText as unknown as typeof pg.types.getTypeParser },
  });
  const fields = result.fields.map(({ name, dataTypeID, dataTypeModifier, tableID, columnID }) => ({
    name,
    typeOid: dataTypeID,
    typeModifier: dataTypeModifier,
    tableOid: tableID,
    columnNumber: columnID,
  }));
  return { fields, rows: result.rows, truncated: false, byteCount: 0, command: result.command };
}

async function encode(text: string, values: readonly unknown[] = []) {
  const table = await read(text, values);
  const facts = await readTypes(
    client,
    [...new Set(table.fields.map(({ typeOid }) => typeOid))].filter((oid) => !isBuiltInType(oid)),
  );
  return encodeTable(table, { typeOf: (oid) => facts.find((fact) => fact.oid === oid), budget: defaultBudget });
}

/** The first cell of a statement, after a journey through JSON text. */
async function cell(expression: string, values: readonly unknown[] = []): Promise<unknown> {
  const encoded = await encode(`select ${expression} as v`, values);
  return (JSON.parse(JSON.stringify(encoded)) as typeof encoded).rows[0]?.[0];
}

describe('values of a real server', () => {
  it.each<[string, Cell]>([
    ['true', true],
    ['32767::int2', 32767],
    ['(-2147483648)::int4', -2147483648],
    ['9007199254740991::int8', 9007199254740991],
    ['9007199254740993::int8', '9007199254740993'],
    ['9223372036854775807::int8', '9223372036854775807'],
    ["'184467440737095516'::xid8", '184467440737095516'],
    ['count(*)', 1],
    ['0.100000000000000000000000000001::numeric', '0.100000000000000000000000000001'],
    ['1.10::numeric(5,2)', '1.10'],
    ["'NaN'::numeric", 'NaN'],
    ["'-Infinity'::numeric", '-Infinity'],
    ["'NaN'::float8", 'NaN'],
    ["'-Infinity'::float4", '-Infinity'],
    ["'-0'::float8", '-0'],
    ['0.1::float4', 0.1],
    ['(-1.5 * 10::float8 ^ -300)', -1.5e-300],
    ["timestamptz '2024-02-29 12:34:56.123456+00' at time zone 'UTC'", '2024-02-29 12:34:56.123456'],
    ["'infinity'::timestamptz", 'infinity'],
    ["timestamp '2024-03-10 08:30'", '2024-03-10 08:30:00'],
    ["timestamp '0044-03-15 12:00 BC'", '0044-03-15 12:00:00 BC'],
    ["date '2024-03-10'", '2024-03-10'],
    ["date '12024-01-01'", '12024-01-01'],
    ["date '-infinity'", '-infinity'],
    ["time '23:59:59.999999'", '23:59:59.999999'],
    ["timetz '23:59:59+05:30'", '23:59:59+05:30'],
    ["interval '1 year 2 mons 3 days 04:05:06.789'", '1 year 2 mons 3 days 04:05:06.789'],
    ["decode('deadbeef00ff', 'hex')", '\\xdeadbeef00ff'],
    ['null::text', null],
    ["''", ''],
    [`'a"b' || chr(10) || chr(128512)`, 'a"b\n😀'],
    ["'a'::char(3)", 'a  '],
    ['array[11, null, 33]', [11, null, 33]],
    [
      'array[[101,102],[103,104]]',
      [
        [101, 102],
        [103, 104],
      ],
    ],
    [`array['x,y', 'q"z', 'a\\b', '', 'NULL', null, '{', ' ']`, ['x,y', 'q"z', 'a\\b', '', 'NULL', null, '{', ' ']],
    ['array[9007199254740993]', ['9007199254740993']],
    ["'{}'::int4[]", []],
    ["'[0:1]={7,8}'::int4[]", '[0:1]={7,8}'],
    ["array['(1,1),(0,0)'::box, '(3,3),(2,2)']", ['(1,1),(0,0)', '(3,3),(2,2)']],
    ["array['NaN'::float8, 1.5]", ['NaN', 1.5]],
    ["array[null::jsonb, 'null', '{\"a\": 1}']", [null, 'null', '{"a": 1}']],
    ["array[date '2024-03-10']", ['2024-03-10']],
    [`'{"b":1,"a":2,"b":3}'::json`, '{"b":1,"a":2,"b":3}'],
    [
      `'{"n": 9007199254740993, "d": 0.10000000000000000001}'::jsonb`,
      '{"d": 0.10000000000000000001, "n": 9007199254740993}',
    ],
    ["'null'::jsonb", 'null'],
    ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['int4range(101, 105)', '[101,105)'],
    ["'{[1,2),[5,6)}'::int4multirange", '{[1,2),[5,6)}'],
    ["row(101, 'a b')", '(101,"a b")'],
    ["array[row(1, 'a')]", ['(1,a)']],
    ['point(1.5, 2.5)', '(1.5,2.5)'],
    ["B'101011'", '101011'],
    ["'10.1.2.3/8'::inet", '10.1.2.3/8'],
    ["to_tsvector('english', 'running dogs')", "'dog':2 'run':1"],
    ["'<a>1</a>'::text::xml", '<a>1</a>'],
    ["'1 2 3'::int2vector", '1 2 3'],
    ["'pg_class'::regclass", 'pg_class'],
    ['\'x\'::"char"', 'x'],
  ])('%s', async (expression, expected) => {
    expect(await cell(expression)).toEqual(expected);
  });

  it('tell a null of jsonb from a null of SQL', async () => {
    expect((await encode("select 'null'::jsonb, null::jsonb")).rows).toEqual([['null', null]]);
  });

  it('keep repeated and odd column names, and columns without rows', async () => {
    expect((await encode('select 1 as a, 2 as a, 3 as "__proto__"')).columns.map(({ name }) => name)).toEqual([
      'a',
      'a',
      '__proto__',
    ]);
    expect(await encode('select 1 as only_column where false')).toEqual({
      columns: [{ name: 'only_column', type: 'integer' }],
      rows: [],
      row_count: 0,
      truncated: false,
    });
  });

  it('are encoded by the facts of types made here', async () => {
    await client.query(`
      create type mood as enum ('so so', 'happy');
      create domain positive as int check (value > 0);
      create domain pair as int8[] check (cardinality(value) = 2);
      create type address as (street text, number int);
      create type "oid" as enum ('not a number')`);
    const encoded = await encode(
      `select 'happy'::mood, array['so so', null]::mood[], 5::positive, array[5]::positive[], array[1,2]::pair,
              array[array[1,2]::pair]::pair[], row('a b', 1)::address, array[row('a', 1)]::address[], 'not a number'::public."oid"`,
    );
    expect(encoded.rows).toEqual([
      ['happy', ['so so', null], 5, [5], [1, 2], ['{1,2}'], '("a b",1)', ['(a,1)'], 'not a number'],
    ]);
    expect(encoded.columns.map(({ type }) => type)).toEqual([
      'mood',
      'mood[]',
      'integer',
      'positive[]',
      'bigint[]',
      'pair[]',
      'address',
      'address[]',
      'public.oid',
    ]);
  });

  it('survive for any float, any bigint, and any array of texts', async () => {
    const text = fc.string({ unit: 'grapheme-composite' }).filter((value) => !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(
        fc.double(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.array(fc.option(text), { minLength: 1 }),
        async (float, integer, texts) => {
          const { rows } = await encode('select $1::float8, $2::int8, $3::text[]', [
            Object.is(float, -0) ? '-0' : String(float),
            String(integer),
            texts,
          ]);
          const [floatCell, integerCell, textsCell] = rows[0] ?? [];
          expect(Object.is(Number(floatCell), float)).toBe(true);
          expect(BigInt(integerCell as string | number)).toBe(integer);
          expect(textsCell).toEqual(texts);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('names of types', () => {
  it('are what format_type prints, modifiers included', async () => {
    const types = [
      'varchar',
      'varchar(20)',
      'varchar(20)[]',
      'char',
      'char(5)',
      'bpchar',
      'bpchar[]',
      '"char"',
      'text',
      'name',
      'numeric',
      'numeric(10,2)',
      'numeric(5,-2)',
      'numeric(3,5)',
      'numeric(1000,0)[]',
      'bit',
      'bit(7)',
      'bit(7)[]',
      'varbit',
      'varbit(9)',
      'time',
      'time(0)',
      'timetz(3)',
      'timestamp(6)',
      'timestamp',
      'timestamptz',
      'timestamptz(2)',
      'timestamptz(2)[]',
      'interval',
      'interval(3)',
      'interval year',
      'interval year to month',
      'interval day to second',
      'interval day to second(2)',
      'interval minute to second',
      'interval second(4)',
      'interval hour[]',
      'int2',
      'int8[]',
      'float4',
      'float8',
      'bool',
      'json',
      'jsonb',
      'uuid',
      'bytea',
      'date',
      'money',
      'oid',
      'regclass',
      'xid8',
      'pg_lsn',
      'inet',
      'macaddr8',
      'int4range',
      'tstzmultirange',
      'tsvector',
      'tsquery',
      'xml',
      'box[]',
      'circle',
      'line',
      'int2vector',
      'oidvector',
      'pg_catalog.pg_class',
    ];
    await client.query(`create table every_type (${types.map((type, index) => `c${index} ${type}`).join(', ')})`);
    const { rows } = await client.query<{ type: string }>(
      `select format_type(atttypid, atttypmod) as type from pg_attribute
        where attrelid = 'every_type'::regclass and attnum > 0 order by attnum`,
    );
    const encoded = await encode('select * from every_type');
    expect(encoded.columns.map(({ type }) => type)).toEqual(rows.map(({ type }) => type));
  });
});
