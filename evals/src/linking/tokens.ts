import { renderCompact, renderDdl, renderJson, renderMermaid, renderMSchema } from '@pgmcp/schema-introspect';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { evaluationData } from '../evaluation-data.ts';
import { buildCatalog } from './build-catalog.ts';
import { type QuestionSet, readQuestionSet, SET_NAMES, unionOf } from './question-sets.ts';

/** Short type names of the reference form of M2. */
const SHORT_TYPES: Readonly<Record<string, string>> = {
  integer: 'int4',
  bigint: 'int8',
  'double precision': 'float8',
  'character varying': 'varchar',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
};

function shortType(type: string): string {
  const bare = type.replace(/\([^)]*\)/, '');
  return SHORT_TYPES[bare] ?? bare;
}

/** The reference of M2: a line per table, a line per foreign key. */
function compactTyped(set: QuestionSet, databases: readonly string[]): string {
  const lines: string[] = [];
  for (const db of databases) {
    const { tables, fks } = set.schema[db] ?? { tables: {}, fks: [] };
    const prefix = databases.length > 1 ? `${db}.` : '';
    for (const [table, { columns }] of Object.entries(tables)) {
      lines.push(`${prefix}${table}(${columns.map(({ name, type }) => `${name} ${shortType(type)}`).join(', ')})`);
    }
    for (const [table, column, target, to] of fks) lines.push(`${prefix}${table}.${column}->${prefix}${target}.${to}`);
  }
  return lines.join('\n');
}

const count = (text: string): number => encode(text).length;
const folder = evaluationData();
const sets = SET_NAMES.map((name) => readQuestionSet(folder, name));

console.log('o200k_base tokens per rendering (M2); "same content" has no comments and no key marks');
console.log(
  'schema                   tables  reference  same content  ratio  compact  M-Schema      DDL  Mermaid     JSON',
);
for (const set of sets) {
  if (set.name !== 'spider1') for (const db of Object.keys(set.schema)) print(`${set.name}/${db}`, set, [db]);
}
for (const set of [...sets, unionOf(sets)]) print(`${set.name} pooled`, set, Object.keys(set.schema));

function print(name: string, set: QuestionSet, databases: readonly string[]): void {
  const built = buildCatalog(set.schema, databases, 'own');
  // One database of its own lies in the search path, as `public` does.
  const catalog = {
    ...built,
    tables: built.tables.map((table) => ({ ...table, inSearchPath: databases.length === 1 })),
  };
  const reference = count(compactTyped(set, databases));
  const same = count(renderCompact(catalog.tables, { maxCommentCharacters: 0, primaryKeys: false }));
  const others = [
    renderCompact(catalog.tables),
    renderMSchema(catalog),
    renderDdl(catalog),
    renderMermaid(catalog),
    renderJson(catalog),
  ];
  console.log(
    `${name.padEnd(24)} ${String(catalog.tables.length).padStart(6)} ${String(reference).padStart(10)} ${String(same).padStart(13)} ` +
      `${(same / reference).toFixed(2).padStart(6)} ${others.map((text) => String(count(text)).padStart(8)).join(' ')}`,
  );
}
