import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { type DatabaseCatalog, rankTables } from '@pgmcp/schema-introspect';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { evaluationData } from '../evaluation-data.ts';
import { buildCatalog, type SchemaNames, schemaName } from './build-catalog.ts';
import { chooseSets, type Question, type QuestionSet, readQuestionSet, SET_NAMES } from './question-sets.ts';
import { createRankingScorer, type RankingScore } from './score-ranking.ts';

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', multiple: true },
    scope: { type: 'string', multiple: true },
    names: { type: 'string', default: 'neutral' },
    evidence: { type: 'boolean', default: false },
    samples: { type: 'boolean', default: false },
    raw: { type: 'string' },
    misses: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`Linking recall (M1) of rankTables on the shared question sets.
  --set NAME       defog, bird_minidev, spider1 or union_dev; repeatable; all by default
  --scope SCOPE    "database" or "pooled"; repeatable; both by default
  --names NAMES    schema names in pooled scope: "neutral" (say nothing), "own", or "single" (one schema, bird_minidev only)
  --evidence       append the evidence to the question
  --samples        take the sample values of the schema file for column statistics
  --raw FILE       write one JSON line per question
  --misses         print the questions whose gold tables are not all among the first ten`);
  process.exit(0);
}

const folder = evaluationData();
if (!['own', 'neutral', 'single'].includes(options.names))
  throw new Error(`--names ${options.names}: own, neutral or single`);
const names = options.names as SchemaNames;
const wanted = chooseSets(
  SET_NAMES.map((name) => readQuestionSet(folder, name)),
  options.set,
);
const unknownScope = options.scope?.find((scope) => scope !== 'database' && scope !== 'pooled');
if (unknownScope !== undefined) throw new Error(`--scope ${unknownScope}: database or pooled`);
const scopes = (options.scope ?? ['database', 'pooled']) as ('database' | 'pooled')[];
const raw = options.raw === undefined ? undefined : createWriteStream(options.raw);

console.log(
  'set           scope     questions tables  micro @5/@10/@20     strict @5/@10/@20    strict at 500/1k/2k/4k/8k tokens     ms p50/p95',
);
for (const set of wanted)
  for (const scope of scopes) if (scope === 'pooled' || set.name !== 'union_dev') evaluate(set, scope);
raw?.end();

function evaluate(set: QuestionSet, scope: 'database' | 'pooled'): void {
  const all = Object.keys(set.schema);
  const scorer = createRankingScorer();
  const parts = new Map<string, ReturnType<typeof createRankingScorer>>();
  const catalogs = new Map<
    string,
    { catalog: DatabaseCatalog; keys: ReadonlyMap<string, string>; costs: Map<string, number> }
  >();
  const times: number[] = [];
  for (const question of set.questions) {
    const databases = scope === 'pooled' ? all : [question.db];
    const cacheKey = scope === 'pooled' ? '' : question.db;
    const known = catalogs.get(cacheKey) ?? prepare(set, databases);
    catalogs.set(cacheKey, known);
    const { catalog, keys, costs } = known;
    const text = options.evidence ? `${question.question} ${question.evidence}` : question.question;
    const startedAt = performance.now();
    const ranking = rankTables(catalog, text);
    times.push(performance.now() - startedAt);
    const entries = ranking.map(({ table, members }) => {
      const key = keys.get(`${table.schema}.${table.name}`) ?? '';
      return {
        tables: members.map((member) => keys.get(`${member.schema}.${member.name}`) ?? ''),
        tokens:
          (costs.get(key) ?? 0) + (members.length > 1 ? encode(` -- family of ${members.length} tables`).length : 0),
      };
    });
    const gold = goldOf(question);
    const complete = scorer.add(gold, entries);
    if (set.name === 'union_dev') {
      const part = question.id.split(':')[0] ?? '';
      const partScorer = parts.get(part) ?? createRankingScorer();
      parts.set(part, partScorer);
      partScorer.add(gold, entries);
    }
    raw?.write(
      `${JSON.stringify({ id: question.id, scope, tables: entries.slice(0, 50).map(({ tables }) => (tables.length === 1 ? tables[0] : tables)) })}\n`,
    );
    if (options.misses && !complete) printMiss(question, entries, ranking);
  }
  const tableCount =
    [...catalogs.values()].reduce((sum, { catalog }) => sum + catalog.tables.length, 0) / catalogs.size;
  print(set.name, scope, tableCount, scorer.score(), times);
  for (const [part, partScorer] of parts) print(`  ${part}`, scope, tableCount, partScorer.score(), times);
}

function prepare(set: QuestionSet, databases: readonly string[]) {
  const catalog = buildCatalog(set.schema, databases, names, options.samples);
  const keys = new Map<string, string>();
  const costs = new Map<string, number>();
  databases.forEach((db, place) => {
    for (const [table, { columns }] of Object.entries(set.schema[db]?.tables ?? {})) {
      const key = `${db}.${table}`;
      keys.set(`${schemaName(db, place, names)}.${table}`, key);
      costs.set(key, encode(`${table}(${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`).length + 1);
    }
  });
  // The index is built with the first question; its cost is no part of ranking.
  rankTables(catalog, 'warm');
  return { catalog, keys, costs };
}

function goldOf(question: Question): ReadonlySet<string> {
  return new Set(question.tables.map((table) => `${question.db}.${table}`));
}

function printMiss(
  question: Question,
  entries: readonly { readonly tables: readonly string[] }[],
  ranking: ReturnType<typeof rankTables>,
): void {
  const gold = goldOf(question);
  const places = [...gold].map((table) => `${table}@${entries.findIndex(({ tables }) => tables.includes(table)) + 1}`);
  console.log(`MISS ${question.question}\n   gold ${places.join(' ')}`);
  for (const [place, { score, reasons }] of ranking.slice(0, 4).entries()) {
    console.log(`   ${entries[place]?.tables[0]} ${score.toFixed(2)} ${reasons.join('; ')}`);
  }
}

function print(name: string, scope: string, tables: number, score: RankingScore, times: readonly number[]): void {
  const list = (map: ReadonlyMap<number, number>, keys: readonly number[]): string =>
    keys.map((key) => (map.get(key) ?? 0).toFixed(1).padStart(5)).join(' ');
  const sorted = [...times].sort((one, other) => one - other);
  const quantile = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2);
  console.log(
    `${name.padEnd(13)} ${scope.padEnd(9)} ${String(score.questions).padStart(8)} ${tables.toFixed(1).padStart(7)}  ` +
      `${list(score.micro, [5, 10, 20])}    ${list(score.strict, [5, 10, 20])}    ${list(score.strictAtTokens, [500, 1_000, 2_000, 4_000, 8_000])}   ${quantile(0.5)}/${quantile(0.95)}`,
  );
}
