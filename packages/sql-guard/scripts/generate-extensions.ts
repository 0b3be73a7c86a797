/**
 * Writes `src/extensions.generated.ts` from the members of real extensions, on a server that has them:
 *
 *     scripts/with-postgres.sh 18 sh -c 'cd packages/sql-guard && node --conditions=@pgmcp/source scripts/generate-extensions.ts'
 *
 * Review the result as a diff: a name in it is one that strangers may call once an owner names the extension.
 */
import { writeFileSync } from 'node:fs';
import pg from 'pg';

/** Extensions that are computed with. Those that run SQL text, reach other servers, files or the inside of this one have no pack. */
const extensions = [
  'pg_trgm',
  'unaccent',
  'hstore',
  'ltree',
  'citext',
  'fuzzystrmatch',
  'intarray',
  'cube',
  'earthdistance',
  'isn',
  'seg',
  'pgcrypto',
  'uuid-ossp',
];
/** VOLATILE functions that change nothing. */
const accepted = new Set('uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_uuid'.split(' '));
/** Settings of the session; keys and passwords; work that grows with a number in the text (`gen_salt('bf', 31)`), where no timeout stops it. */
const refused =
  /^(?:set_limit|show_limit|isn_weak|pgp_|crypt$|gen_salt$|gen_random_bytes$|encrypt|decrypt|dearmor|armor)|_(?:in|out|recv|send|handler|lexize|init)$/;

/**
 * pgvector is not part of PostgreSQL's own distribution, so its names are written here by hand, from its documentation: distances,
 * norms and parts of vectors, in C, without a look at any table.
 */
const vector = {
  functions:
    'binary_quantize cosine_distance hamming_distance inner_product jaccard_distance l1_distance l2_distance l2_norm l2_normalize subvector vector_dims vector_norm',
  operators: '<#> <%> <+> <-> <=> <~>',
  types: 'halfvec sparsevec vector',
};

const memberQuery = `
select p.proname as name, bool_and(p.provolatile in ('i', 's')) as pure, bool_or(p.prosecdef or p.prokind = 'p') as unfit,
  bool_and((p.proargtypes::oid[] || p.prorettype) && (select array_agg(oid) from pg_type where typname in ('internal', 'cstring', 'trigger', 'event_trigger'))) as inner_only
from pg_proc p join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid where e.extname = $1 group by 1 order by 1`;
const operatorQuery = `
select distinct o.oprname as name from pg_operator o join pg_depend d on d.classid = 'pg_operator'::regclass and d.objid = o.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid where e.extname = $1 order by 1`;
const typeQuery = `
select t.typname as name from pg_type t join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid where e.extname = $1 and t.typelem = 0 order by 1`;

const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await client.connect();
const packs: Record<string, { functions: string; operators: string; types: string }> = {};
for (const extension of extensions) {
  await client.query(`CREATE EXTENSION IF NOT EXISTS ${pg.escapeIdentifier(extension)} CASCADE`);
  const members = (await client.query(memberQuery, [extension])).rows as {
    name: string;
    pure: boolean;
    unfit: boolean;
    inner_only: boolean;
  }[];
  const list = async (text: string) =>
    ((await client.query(text, [extension])).rows as { name: string }[]).map(({ name }) => name).join(' ');
  packs[extension] = {
    functions: members
      .filter(
        ({ name, pure, unfit, inner_only }) =>
          !unfit && !inner_only && !refused.test(name) && (pure || accepted.has(name)),
      )
      .map(({ name }) => name)
      .join(' '),
    operators: await list(operatorQuery),
    types: await list(typeQuery),
  };
}
await client.end();
packs['vector'] = vector;
writeFileSync(
  new URL('../src/extensions.generated.ts', import.meta.url),
  `// Written by scripts/generate-extensions.ts from the members of each extension. Names are separated by blanks.\n\nexport const extensionPacks: Readonly<Record<string, { readonly functions: string; readonly operators: string; readonly types: string }>> = ${JSON.stringify(packs, undefined, 2)};\n`,
);
