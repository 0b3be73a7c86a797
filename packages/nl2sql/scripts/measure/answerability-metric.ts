import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../../src/eval/csv.ts';
import type { CatalogSnapshot } from '../../src/index.ts';
import { coverageOf } from '../../src/link/coverage.ts';
import { openDatabase } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { withValues } from './value-metric.ts';

interface Metadata {
  readonly table_metadata: Readonly<
    Record<string, readonly { readonly column_name: string; readonly column_description: string }[]>
  >;
}

/** M8: whether the share of covered words tells questions that can be answered from those that cannot. */
export const answerability: Metric = async ({ data, serverUrl, raw }) => {
  const read = (file: string) => readCsv(readFileSync(join(data, 'defog/questions', file), 'utf8'));
  const unanswerable = read('idk.csv');
  const names = new Set(unanswerable.map((row) => row['db_name'] ?? ''));
  const answerable = read('questions_gen_postgres.csv').filter((row) => names.has(row['db_name'] ?? ''));
  const snapshots = new Map<string, CatalogSnapshot>();
  for (const name of names) {
    const database = await openDatabase(serverUrl, name);
    snapshots.set(name, described(await withValues(database, undefined), data, name));
    await database.close();
  }
  const score = (row: Readonly<Record<string, string>>): number => {
    const snapshot = snapshots.get(row['db_name'] ?? '');
    return snapshot === undefined ? 0 : coverageOf(row['question'] ?? '', snapshot).share;
  };
  const good = answerable.map(score);
  const bad = unanswerable.map((row) => ({ category: row['query_category'] ?? '', score: score(row) }));
  for (const [id, value] of [...good, ...bad.map((entry) => entry.score)].entries()) raw('m8', { id, score: value });
  const aucFor = (scores: readonly number[]): number => {
    const pairs = good.flatMap((left) => scores.map((right) => (left > right ? 1 : left === right ? 0.5 : 0)));
    return pairs.reduce<number>((sum, value) => sum + value, 0) / pairs.length;
  };
  const categories = [...new Set(bad.map(({ category }) => category))];
  return {
    answerable: good.length,
    unanswerable: bad.length,
    auc: aucFor(bad.map((entry) => entry.score)),
    byCategory: Object.fromEntries(
      categories.map((name) => [
        name,
        aucFor(bad.filter(({ category }) => category === name).map((entry) => entry.score)),
      ]),
    ),
  };
};

/** The snapshot with the descriptions of the data's own metadata as comments. */
function described(snapshot: CatalogSnapshot, data: string, name: string): CatalogSnapshot {
  const { table_metadata } = JSON.parse(readFileSync(join(data, `defog/metadata/${name}.json`), 'utf8')) as Metadata;
  const tables = snapshot.tables.map((table) => {
    const metadata = table_metadata[table.name] ?? table_metadata[`${table.schema}.${table.name}`] ?? [];
    const columns = table.columns.map((column) => ({
      ...column,
      comment: metadata.find((entry) => entry.column_name === column.name)?.column_description,
    }));
    return { ...table, columns };
  });
  return { tables };
}
