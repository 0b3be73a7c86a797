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

describe('a hint', () => {
  it('says what to write in place of current_setting, for the settings that everybody may know', async () => {
    expect(await hintOf("SELECT current_setting('server_version_num')::int")).toBe('Write SHOW server_version_num.');
    expect(await passes({}, 'SHOW server_version_num')).toBe(true);
    expect(await hintOf("SELECT current_setting('app.secret')")).toBeUndefined();
    expect(await hintOf('SELECT current_setting(name) FROM t')).toBeUndefined();
  });

  it('says to leave the name of the database out', async () => {
    expect(await hintOf('SELECT * FROM shop.public.orders')).toBe('Leave the name of the database out: schema.table.');
    expect(await passes({}, 'SELECT * FROM public.orders')).toBe(true);
  });
});
