import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packNames } from '../src/extension-packs.ts';
import { createGuard, type Guard, readCatalogSnapshot } from '../src/index.ts';

const database = useDatabase();
const honest = [
  "SELECT similarity('abc', 'abd'), 'abc' % 'abd', 'abc' <-> 'abd'",
  "SELECT unaccent('é'), levenshtein('a', 'b'), soundex('a'), metaphone('abc', 4)",
  "SELECT 'a=>1'::hstore -> 'a', akeys('a=>1'::hstore), 'a=>1'::hstore ? 'a'",
  "SELECT 'a.b'::ltree @> 'a.b.c', nlevel('a.b'::ltree), 'A'::citext = 'a'",
  "SELECT encode(digest('a', 'sha256'), 'hex'), uuid_generate_v5(uuid_ns_url(), 'a')",
  'SELECT uuid_generate_v4(), uuid_generate_v1mc()',
  "SELECT (each('a=>1,b=>2'::hstore)).key, h.value FROM each('a=>1'::hstore) AS h",
];
const hostile = [
  'SELECT set_limit(0.5)',
  "SELECT crypt('a', gen_salt('bf', 31))",
  "SELECT pgp_sym_decrypt(x, 'key') FROM t",
  "SELECT * FROM crosstab('SELECT 1, 2, 3') AS c(a int, b int, d int)",
  "SELECT * FROM connectby('t', 'a', 'b', '1', 0) AS t(k text, p text, l int)",
  "SELECT dblink_exec('x', 'DROP TABLE t')",
  "SELECT word_similarity((SELECT string_agg(md5(i::text), '') FROM generate_series(1, 30000) i), 'abc')",
];
const plain = packNames.filter((name) => name !== 'vector' && name !== 'postgis');
const guards: Guard[] = [];
let judging: readonly { readonly name: string; readonly guard: Guard }[] = [];
beforeAll(async () => {
  const client = await database.connect();
  for (const name of [...plain, 'tablefunc', 'dblink'])
    await client.query(`CREATE EXTENSION IF NOT EXISTS "${name}" CASCADE`);
  const catalog = await readCatalogSnapshot(client);
  const extensions = [...packNames];
  const blind = await createGuard({ engine: 'same-thread', functions: { extensions } });
  const seeing = await createGuard({ engine: 'same-thread', functions: { extensions }, catalog });
  guards.push(blind, seeing);
  judging = [
    { name: 'without a catalog', guard: blind },
    { name: 'with a catalog', guard: seeing },
  ];
});
afterAll(() => Promise.all(guards.map((guard) => guard.close())));

describe('extensions that the policy names', () => {
  it('bring their harmless functions, operators and types, and the server runs what passes', async () => {
    const client = await database.connect();
    for (const sql of honest) {
      for (const { name, guard } of judging)
        expect(await guard.check(sql), `${name}: ${sql}`).toMatchObject({ allowed: true });
      await client.query(sql);
    }
  });

  it('bring nothing that runs SQL, keeps secrets, changes the session or works without end', async () => {
    for (const sql of hostile)
      for (const { name, guard } of judging) expect((await guard.check(sql)).allowed, `${name}: ${sql}`).toBe(false);
  });

  it('bring nothing when they are not named', async () => {
    const bare = await createGuard({ engine: 'same-thread' });
    guards.push(bare);
    for (const sql of honest) expect((await bare.check(sql)).allowed, sql).toBe(false);
    await expect(createGuard({ functions: { extensions: ['dblink'] } })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
  });

  it('bring no function of a user that has the same name', async () => {
    const client = await database.connect();
    await client.query(
      "CREATE FUNCTION public.similarity(integer, integer) RETURNS real LANGUAGE sql AS 'SELECT 1.0::real'",
    );
    const guard = await createGuard({
      engine: 'same-thread',
      functions: { extensions: ['pg_trgm'] },
      catalog: await readCatalogSnapshot(client),
    });
    guards.push(guard);
    expect((await guard.check('SELECT similarity(1, 2)')).allowed).toBe(false);
    expect((await guard.check("SELECT show_trgm('a')")).allowed).toBe(true);
  });
});
