import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EvalCase, readCases } from '../../src/eval/index.ts';
import { comparedTexts } from '../../src/eval/literals.ts';
import type { CatalogSnapshot } from '../../src/index.ts';
import { findValues } from '../../src/link/find-values.ts';
import { indexValues, normalizePhrase } from '../../src/link/value-index.ts';
import { quoteName } from '../../src/repair/quote-name.ts';
import { type EvaluationDatabase, openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { readQuestions } from './recorded.ts';

const defogFiles = ['questions_gen_postgres.csv', 'instruct_basic_postgres.csv', 'instruct_advanced_postgres.csv'];
const superhero = new Set([
  'alignment',
  'attribute',
  'colour',
  'gender',
  'hero_attribute',
  'hero_power',
  'publisher',
  'race',
  'superhero',
  'superpower',
]);
const toxicology = new Set(['atom', 'bond', 'connected', 'molecule']);

/** M6: how many of the texts that right statements compare columns with are found from the question alone. */
export const values: Metric = async ({ data, serverUrl, raw }) => {
  const defog = defogFiles.flatMap((file) =>
    readCases(readFileSync(join(data, 'defog/questions', file), 'utf8'), 'defog').map((entry) => ({
      ...entry,
      id: `${file}:${entry.id}`,
    })),
  );
  const bird = readQuestions(data).flatMap(({ db_id, question, SQL }, at) =>
    ['superhero', 'toxicology'].includes(db_id) ? [{ id: String(at), database: db_id, question, gold: [SQL] }] : [],
  );
  return {
    defog: await recall(defog, {
      serverUrl,
      raw,
      open: (name) => openDatabase(serverUrl, name),
      tables: () => undefined,
    }),
    bird: await recall(bird, {
      serverUrl,
      raw,
      open: () => openDatabase(serverUrl, 'bird'),
      tables: (name) => (name === 'superhero' ? superhero : toxicology),
    }),
  };
};

interface RecallSetup {
  readonly serverUrl: string;
  readonly raw: (name: string, line: object) => void;
  readonly open: (name: string) => Promise<EvaluationDatabase>;
  readonly tables: (name: string) => ReadonlySet<string> | undefined;
}

async function recall(cases: readonly EvalCase[], { raw, open, tables }: RecallSetup): Promise<object> {
  const snapshots = new Map<string, CatalogSnapshot>();
  let [questions, literals, found, hits] = [0, 0, 0, 0];
  for (const { id, database, question, gold } of cases) {
    const right = await parse.parse(gold[0] ?? '');
    const wanted = right.parsed ? comparedTexts(right.tree) : new Set<string>();
    if (wanted.size === 0) continue;
    let snapshot = snapshots.get(database);
    if (snapshot === undefined) {
      const opened = await open(database);
      snapshot = await withValues(opened, tables(database));
      snapshots.set(database, snapshot);
      await opened.close();
    }
    const returned = findValues(indexValues(snapshot), question, { maxHits: 10 });
    raw('m6', { id, hits: returned.map(({ table, column, value }) => ({ table: table.name, column, value })) });
    const phrases = returned.map(({ value }) => normalizePhrase(value));
    questions++;
    hits += returned.length;
    literals += wanted.size;
    found += [...wanted].filter((literal) => phrases.some((phrase) => phrase.includes(literal))).length;
  }
  return { questions, literals, found, recall: found / literals, hitsPerQuestion: hits / questions };
}

/** The snapshot with every distinct text of at most 60 characters. */
export async function withValues(
  { snapshot, query }: EvaluationDatabase,
  only: ReadonlySet<string> | undefined,
): Promise<CatalogSnapshot> {
  const tables = [];
  for (const table of snapshot.tables) {
    const columns = [];
    for (const column of table.columns) {
      if (!/^(?:text|character)/.test(column.type) || only?.has(table.name) === false) {
        columns.push(column);
        continue;
      }
      const name = quoteName(column.name);
      const rows = await query<{ value: string }>(
        `SELECT DISTINCT ${name}::text AS value FROM ${quoteName(table.schema)}.${quoteName(table.name)} WHERE length(${name}::text) <= 60`,
      );
      columns.push({ ...column, statistics: { commonValues: rows.map(({ value }) => value) } });
    }
    tables.push({ ...table, columns });
  }
  return { tables };
}
