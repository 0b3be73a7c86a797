/**
 * Writes `src/builtins.generated.ts` from bare servers, one per PostgreSQL major:
 *
 *     node --conditions=@pgmcp/source scripts/generate-builtins.ts postgres://…14 postgres://…15 …
 *
 * Review the result as a diff: a name that appears in `accepted` is a name that strangers may call.
 */
import { writeFileSync } from 'node:fs';
import pg from 'pg';
import type { FunctionRefusalReason } from '../src/functions/refusal-reasons.ts';
import { accepted, refusals } from './function-rules.ts';

const functionQuery = `
with inner_types as (
  select array_agg(oid) as oids from pg_type
  where typname in ('internal', 'cstring', 'language_handler', 'fdw_handler', 'index_am_handler', 'table_am_handler', 'tsm_handler', 'trigger', 'event_trigger')
), functions as (
  select proname, provolatile, prokind, proallargtypes, proargmodes, proargnames,
    (proargtypes::oid[] || prorettype) && (select oids from inner_types) as inner_type
  from pg_proc where pronamespace = 'pg_catalog'::regnamespace
)
select proname as name,
  coalesce(bool_and(provolatile in ('i', 's')) filter (where not inner_type), false) and not bool_or(prokind = 'p') as pure,
  bool_and(inner_type) as inner_only
from functions group by 1 order by proname collate "C"`;

// '?' stands for an overload whose columns have no names.
const outputQuery = `
select p.proname as name, json_agg(distinct coalesce(a.name, '?')) as columns
from pg_proc p left join lateral unnest(p.proargnames, p.proargmodes) as a(name, mode) on a.mode in ('o', 'b', 't') and a.name <> ''
where p.pronamespace = 'pg_catalog'::regnamespace
group by 1 having bool_or(a.name is not null)`;

const relationQuery = `
select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v', 'm', 'f', 'p')`;

// Pseudo-types are left out except record, the only one an expression may name; row types of catalogs are left out too.
const typeQuery = `
select typname as name from pg_type
where typnamespace = 'pg_catalog'::regnamespace and (typtype in ('b', 'r', 'm') or typname in ('record'))
  and typname not like '\\_%' and typname not like 'pg\\_%'
union all select 'pg_lsn' union all select 'pg_snapshot'`;

const operatorQuery = `select distinct oprname as name from pg_operator where oprnamespace = 'pg_catalog'::regnamespace`;

interface Server {
  readonly major: number;
  readonly functions: ReadonlyMap<string, { pure: boolean; innerOnly: boolean }>;
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  readonly relations: readonly string[];
  readonly types: readonly string[];
  readonly operators: readonly string[];
}

async function readServer(url: string): Promise<Server> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const rows = async <Row>(text: string) => (await client.query(text)).rows as Row[];
    const [version] = await rows<{ server_version_num: string }>('show server_version_num');
    const functions = await rows<{ name: string; pure: boolean; inner_only: boolean }>(functionQuery);
    const outputs = await rows<{ name: string; columns: string[] }>(outputQuery);
    const relations = await rows<{ schema: string; name: string }>(relationQuery);
    return {
      major: Math.floor(Number(version?.server_version_num) / 10_000),
      functions: new Map(functions.map((row) => [row.name, { pure: row.pure, innerOnly: row.inner_only }])),
      outputs: new Map(outputs.map((row) => [row.name, row.columns])),
      relations: relations.map((row) => `${row.schema}.${row.name}`),
      types: (await rows<{ name: string }>(typeQuery)).map((row) => row.name),
      operators: (await rows<{ name: string }>(operatorQuery)).map((row) => row.name),
    };
  } finally {
    await client.end();
  }
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  const [head = '', tail = ''] = parts;
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}

const acceptedNames = new Set(accepted.trim().split(/\s+/));
const rules = refusals.map((rule) => ({ reason: rule.reason, patterns: rule.names.trim().split(/\s+/) }));

function classify(name: string, facts: { pure: boolean; innerOnly: boolean }): 'accepted' | FunctionRefusalReason {
  if (acceptedNames.has(name)) return 'accepted';
  const rule = rules.find((candidate) => candidate.patterns.some((pattern) => matches(pattern, name)));
  if (rule) return rule.reason;
  if (facts.innerOnly) return 'internal';
  return facts.pure ? 'accepted' : 'volatile';
}

/** `{ '14-18': 'a b', '16-18': 'c' }`: which majors know a name. A gap inside a span is not possible in PostgreSQL's history so far. */
function bySpan(majorsByName: ReadonlyMap<string, readonly number[]>): Record<string, string> {
  const spans = new Map<string, string[]>();
  for (const [name, majors] of [...majorsByName].sort(([left], [right]) => compare(left, right))) {
    const span = `${Math.min(...majors)}-${Math.max(...majors)}`;
    spans.set(span, [...(spans.get(span) ?? []), name]);
  }
  return Object.fromEntries(
    [...spans].sort(([left], [right]) => compare(left, right)).map(([span, names]) => [span, names.join(' ')]),
  );
}

function collect(servers: readonly Server[], names: (server: Server) => Iterable<string>): Map<string, number[]> {
  const majors = new Map<string, number[]>();
  for (const server of servers)
    for (const name of names(server)) majors.set(name, [...(majors.get(name) ?? []), server.major]);
  return majors;
}

const servers = (await Promise.all(process.argv.slice(2).map(readServer))).sort(
  (left, right) => left.major - right.major,
);
if (servers.length === 0) throw new Error('Name at least one connection URL of a bare server.');

const refused = new Map<string, Set<string>>();
const acceptedByServer = new Map<Server, string[]>();
for (const server of servers) {
  const list: string[] = [];
  for (const [name, facts] of server.functions) {
    const reason = classify(name, facts);
    if (reason === 'accepted') list.push(name);
    else refused.set(reason, (refused.get(reason) ?? new Set()).add(name));
  }
  acceptedByServer.set(server, list);
}
const outputs = new Map<string, Set<string>>();
for (const server of servers) {
  for (const [name, columns] of server.outputs) {
    if (![...acceptedByServer.values()].some((list) => list.includes(name))) continue;
    outputs.set(name, new Set([...(outputs.get(name) ?? []), ...columns]));
  }
}

const sorted = (values: Iterable<string>) => [...values].sort(compare);
const contents = {
  majors: servers.map((server) => server.major),
  acceptedFunctions: bySpan(collect(servers, (server) => acceptedByServer.get(server) ?? [])),
  refusedFunctions: Object.fromEntries(
    sorted(refused.keys()).map((reason) => [reason, sorted(refused.get(reason) ?? []).join(' ')]),
  ),
  functionOutputs: Object.fromEntries(
    sorted(outputs.keys()).map((name) => [name, sorted(outputs.get(name) ?? []).join(' ')]),
  ),
  types: bySpan(collect(servers, (server) => server.types)),
  operators: bySpan(collect(servers, (server) => server.operators)),
  relations: bySpan(collect(servers, (server) => server.relations)),
};

const wrap = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(/"((?:[^"\\]|\\.){140,})"/g, (_whole, text: string) => {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      if (line.length + word.length > 150) {
        lines.push(line);
        line = '';
      }
      line += `${line ? ' ' : ''}${word}`;
    }
    return `"" +\n    ${[...lines, line].map((part, index) => `"${index > 0 ? ' ' : ''}${part}"`).join(' +\n    ')}`;
  });
const body = Object.entries(contents)
  .map(
    ([name, value]) =>
      `export const ${name}${Array.isArray(value) ? ': readonly number[]' : ': Readonly<Record<string, string>>'} = ${wrap(value)};`,
  )
  .join('\n\n');
writeFileSync(
  new URL('../src/builtins.generated.ts', import.meta.url),
  `// Written by scripts/generate-builtins.ts from pg_catalog of bare servers. Names are separated by blanks, spans are majors.\n\n${body}\n`,
);
