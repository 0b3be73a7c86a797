import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { accepted } from '../scripts/function-rules.ts';
import { builtins } from '../src/builtins.ts';
import { isSecretCatalog } from '../src/secret-catalogs.ts';

// Runs on the embedded server, and by scripts/with-postgres.sh on every other major that the lists were generated from.
const database = useDatabase();
let client: pg.Client;
let major = 0;
const names = async (text: string): Promise<readonly string[]> =>
  (await client.query(text)).rows.map((row) => row.name as string);
beforeAll(async () => {
  client = await database.connect();
  major = Math.floor(Number((await client.query('SHOW server_version_num')).rows[0].server_version_num) / 10_000);
});

describe('the lists of the connected major', () => {
  it('classify every function: accepted in this major, or refused with a reason', async () => {
    const all = await names(
      "SELECT DISTINCT proname AS name FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace",
    );
    expect(all.length).toBeGreaterThan(2_400);
    expect(all.filter((name) => [undefined, 'newer'].includes(builtins.functionStatus(name, major)))).toEqual([]);
  });

  it('accept no function with a volatile overload, but for the reviewed exceptions', async () => {
    const reviewed = new Set(accepted.trim().split(/\s+/));
    const volatile = await names(
      "SELECT DISTINCT proname AS name FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND provolatile = 'v'",
    );
    const passing = volatile.filter(
      (name) => builtins.functionStatus(name, major) === 'accepted' && !reviewed.has(name),
    );
    expect(passing).toEqual([]);
  });

  it('accept no function that this major does not have: it would be one of a user', async () => {
    const all = new Set(
      await names("SELECT DISTINCT proname AS name FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"),
    );
    const spelt = [...builtins.acceptedNames(major)];
    expect(spelt.length).toBeGreaterThan(1_000);
    expect(spelt.filter((name) => !all.has(name))).toEqual([]);
  });

  it('accept the name of an array only where PostgreSQL has it', async () => {
    const types = await names("SELECT typname AS name FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace");
    const arrays = types.filter((name) => name.startsWith('_'));
    expect(arrays.filter((name) => builtins.hasType(name, major)).length).toBeGreaterThan(60);
    const accepted = types.filter((name) => !name.startsWith('_') && builtins.hasType(name, major));
    expect(accepted.filter((name) => builtins.hasType(`_${name}`, major) && !arrays.includes(`_${name}`))).toEqual([]);
    expect(builtins.hasType('__text', major)).toBe(false);
  });

  it('know its operators and catalogs, and call secret what nobody else may read', async () => {
    const operators = await names(
      "SELECT DISTINCT oprname AS name FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace",
    );
    expect(operators.filter((name) => !builtins.hasOperator(name, major))).toEqual([]);
    const relations = await client.query(
      "SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v')",
    );
    expect(relations.rows.filter((row) => !builtins.hasRelation(row.schema as string, row.name as string))).toEqual([]);
    const closed = await names(
      "SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind IN ('r', 'v') AND NOT has_table_privilege('public', c.oid, 'select') AND NOT has_any_column_privilege('public', c.oid, 'select')",
    );
    expect(closed.filter((name) => !isSecretCatalog(name))).toEqual([]);
  });
});
