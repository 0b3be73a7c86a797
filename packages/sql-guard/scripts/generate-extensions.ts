/**
 * Writes `src/extensions.generated.ts` from the members of real extensions, on a server that has them. Without names it writes all but
 * PostGIS, which comes from a server of its own (Debian: postgresql-15-postgis-3); what it does not write stays as it was:
 *
 *     scripts/with-postgres.sh 18 sh -c 'cd packages/sql-guard && node --conditions=@pgmcp/source scripts/generate-extensions.ts'
 *     DATABASE_URL=… node --conditions=@pgmcp/source scripts/generate-extensions.ts postgis
 *
 * Review the result as a diff: a name in it is one that strangers may call once an owner names the extension.
 */
import { writeFileSync } from 'node:fs';
import pg from 'pg';
import type { ExtensionPack } from '../src/extension-pack.ts';
import { extensionPacks } from '../src/extensions.generated.ts';
import { isAccepted, isRefused, laterFunctions } from './extension-rules.ts';

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

/**
 * pgvector is not part of PostgreSQL's own distribution, so its names are written here by hand, from its documentation: distances,
 * norms and parts of vectors, in C, without a look at any table.
 */
const vector: ExtensionPack = {
  functions:
    'array_to_halfvec array_to_sparsevec array_to_vector binary_quantize cosine_distance halfvec halfvec_to_float4 hamming_distance inner_product jaccard_distance l1_distance l2_distance l2_norm l2_normalize sparsevec subvector vector vector_dims vector_norm vector_to_float4',
  operators: '<#> <%> <+> <-> <=> <~>',
  types: 'halfvec sparsevec vector',
};

const memberQuery = `
select p.proname as name, bool_and(p.provolatile in ('i', 's')) as pure,
  bool_or(p.prosecdef or p.prokind = 'p' or l.lanname not in ('c', 'internal', 'sql')) as unfit,
  bool_and((p.proargtypes::oid[] || p.prorettype) && (select array_agg(oid) from pg_type where typname in ('internal', 'cstring', 'trigger', 'event_trigger'))) as inner_only
from pg_proc p join pg_language l on l.oid = p.prolang
join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid where e.extname = $1 group by 1 order by 1`;
const outputQuery = `
select p.proname as name, string_agg(distinct coalesce(x.attname, a.name), ' ' order by coalesce(x.attname, a.name)) as columns
from pg_proc p join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid
left join lateral unnest(p.proargnames, p.proargmodes) as a(name, mode) on a.mode in ('o', 'b', 't') and a.name <> ''
left join pg_type t on t.oid = p.prorettype and t.typtype = 'c'
left join pg_attribute x on x.attrelid = t.typrelid and x.attnum > 0
where e.extname = $1 and coalesce(x.attname, a.name) is not null group by 1 order by 1`;
const operatorQuery = `
select distinct o.oprname as name from pg_operator o join pg_depend d on d.classid = 'pg_operator'::regclass and d.objid = o.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid where e.extname = $1 order by 1`;
const typeQuery = `
select t.typname as name from pg_type t join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid where e.extname = $1 and t.typelem = 0 order by 1`;

const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await client.connect();
const chosen = process.argv.slice(2);
const packs: Record<string, ExtensionPack> = { ...extensionPacks };
for (const extension of chosen.length > 0 ? chosen : extensions) {
  await client.query(`CREATE EXTENSION IF NOT EXISTS ${pg.escapeIdentifier(extension)} CASCADE`);
  const members = (await client.query(memberQuery, [extension])).rows as {
    name: string;
    pure: boolean;
    unfit: boolean;
    inner_only: boolean;
  }[];
  const list = async (text: string) =>
    ((await client.query(text, [extension])).rows as { name: string }[]).map(({ name }) => name).join(' ');
  const later = (laterFunctions[extension] ?? '').split(/\s+/).filter((name) => name !== '');
  const functions = members
    .filter(
      ({ name, pure, unfit, inner_only }) =>
        !unfit && !inner_only && !isRefused(extension, name) && (pure || isAccepted(extension, name)),
    )
    .map(({ name }) => name)
    .concat(later);
  const outputs = ((await client.query(outputQuery, [extension])).rows as { name: string; columns: string }[]).filter(
    ({ name }) => functions.includes(name),
  );
  packs[extension] = {
    functions: [...new Set(functions)].sort().join(' '),
    operators: await list(operatorQuery),
    types: await list(typeQuery),
    ...(outputs.length > 0 ? { outputs: outputs.map(({ name, columns }) => `${name}:${columns}`).join(' | ') } : {}),
  };
}
await client.end();
packs['vector'] = vector;
writeFileSync(
  new URL('../src/extensions.generated.ts', import.meta.url),
  `// Written by scripts/generate-extensions.ts from the members of each extension. Names are separated by blanks.\n\nimport type { ExtensionPack } from './extension-pack.ts';\n\nexport const extensionPacks: Readonly<Record<string, ExtensionPack>> = ${JSON.stringify(packs, undefined, 2)};\n`,
);
