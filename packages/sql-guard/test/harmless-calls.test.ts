import { describe, expect, it } from 'vitest';
import { check, passes } from './check-under.ts';

/** The hint of the first violation. */
async function hintOf(sql: string): Promise<string | undefined> {
  const verdict = await check({}, sql);
  return verdict.allowed ? 'allowed' : verdict.violations[0].hint;
}

describe('a test of whether a text is a value of a type', () => {
  it.each([
    "SELECT pg_input_is_valid(note, 'numeric') FROM orders",
    "SELECT pg_catalog.pg_input_is_valid(note, 'Double Precision') FROM orders",
    "SELECT * FROM pg_input_error_info('x', 'timestamp with time zone')",
  ])('passes for plain types that are written out: %s', async (sql) => {
    expect(await passes({}, sql)).toBe(true);
    expect(await passes({ serverVersionNum: 160_000 }, sql)).toBe(true);
  });

  it.each([
    "SELECT pg_input_is_valid('x', 'app.evil_domain')",
    "SELECT pg_input_is_valid('x', 'evil_domain')",
    "SELECT pg_input_is_valid('x', 'int4[]')",
    "SELECT pg_input_is_valid('public.secret', 'regclass')",
    "SELECT pg_input_is_valid('<a/>', 'xml')",
    "SELECT pg_input_is_valid('x', 'in' || 't')",
    "SELECT pg_input_is_valid('x', kind) FROM events",
    "SELECT pg_input_is_valid('x', 'int'::text)",
    "SELECT pg_input_is_valid(string => 'x', type => 'int')",
    "SELECT pg_input_is_valid('x', 'int', 'int')",
    "SELECT pg_input_is_valid('x')",
    "SELECT public.pg_input_is_valid('x', 'int')",
  ])('is refused for any other: %s', async (sql) => {
    expect(await passes({}, sql)).toBe(false);
  });

  it('is the call of a user on a server that is older, and may be denied', async () => {
    const sql = "SELECT pg_input_is_valid('1', 'int')";
    expect(await passes({ serverVersionNum: 150_000 }, sql)).toBe(false);
    expect(await passes({ functions: { deny: ['pg_input_is_valid'] } }, sql)).toBe(false);
  });
});

describe('the columns of a key, as drivers ask for them', () => {
  it('pass by the one function of information_schema that they need', async () => {
    const sql = 'SELECT (information_schema._pg_expandarray(i.indkey)).n FROM pg_index i';
    expect(await passes({}, sql)).toBe(true);
    expect(await passes({ functions: { deny: ['information_schema.*'] } }, sql)).toBe(false);
    expect(await passes({}, sql.replace(').n', ').evil'))).toBe(false);
    expect(await passes({}, sql.replace('information_schema', 'public'))).toBe(false);
    expect(await passes({}, 'SELECT information_schema._pg_truetypid(a, t) FROM pg_attribute a, pg_type t')).toBe(
      false,
    );
  });
});

describe('the value of a setting', () => {
  it.each([
    "SELECT current_setting('server_version_num')::int",
    "SELECT pg_catalog.current_setting('block_size')::numeric, current_setting('TimeZone', true)",
  ])('passes for the settings that SHOW may read: %s', async (sql) => {
    expect(await passes({}, sql)).toBe(true);
  });

  it.each([
    "SELECT current_setting('app.secret')",
    "SELECT current_setting('data_directory')",
    'SELECT current_setting(name) FROM t',
    "SELECT current_setting('block_size'::text)",
    "SELECT current_setting(setting_name => 'block_size')",
    "SELECT current_setting('block_size', now() IS NULL)",
    "SELECT public.current_setting('block_size')",
    "SELECT ('block_size'::text).current_setting",
  ])('is refused for any other: %s', async (sql) => {
    expect(await passes({}, sql)).toBe(false);
  });

  it('may be denied', async () => {
    expect(await passes({ functions: { deny: ['current_setting'] } }, "SELECT current_setting('block_size')")).toBe(
      false,
    );
  });
});

describe('a cast that is written as a call', () => {
  it('passes for a text, which no function of a user takes the place of', async () => {
    expect(await passes({}, `SELECT uuid('123e4567-e89b-12d3-a456-426614174000'), inet('10.0.0.1'), jsonb('{}')`)).toBe(
      true,
    );
  });

  it.each([
    'SELECT inet(host) FROM t',
    "SELECT inet('10.0.0.1'::text)",
    "SELECT inet('10.0.0.1', 1)",
    "SELECT public.inet('10.0.0.1')",
    "SELECT inet(DISTINCT '10.0.0.1')",
    "SELECT regrole('postgres')",
  ])('is a call of anybody otherwise: %s', async (sql) => {
    expect(await passes({}, sql)).toBe(false);
  });
});

describe('digits with an e among them', () => {
  it.each([
    "SELECT * FROM commits WHERE sha = '1234567e89012345678901234567890123456789'",
    "SELECT '0103000020E61000000100000005000000', '12e99999999', '1e308'",
  ])('are a hash when no number can be that long: %s', async (sql) => {
    expect(await passes({}, sql)).toBe(true);
  });

  it.each([
    'SELECT ln(1e1_31071)',
    "SELECT ln('1e1_31071')",
    "SELECT ln('1.0_0e131071')",
    "SELECT ln('1e000131071')",
    "SELECT ln('0.00001e131075')",
  ])('are a number however it is written: %s', async (sql) => {
    expect(await passes({}, sql)).toBe(false);
  });
});

describe('a hint', () => {
  it('says which extension has a function of that name', async () => {
    expect(await hintOf("SELECT similarity('a', 'b')")).toBe(
      "If similarity is that of the extension pg_trgm: functions.extensions: ['pg_trgm'].",
    );
    expect(await hintOf('SELECT app.st_area_of(geom) FROM t')).toBeUndefined();
  });

  it('says to leave the name of the database out', async () => {
    expect(await hintOf('SELECT * FROM shop.public.orders')).toBe('Leave the name of the database out: schema.table.');
    expect(await passes({}, 'SELECT * FROM public.orders')).toBe(true);
  });
});
