import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviceFor } from '../../src/feedback/advice.ts';
import { describeFailure } from '../../src/feedback/feedback.ts';
import { suggestColumns } from '../../src/feedback/suggest-columns.ts';
import { suggestJoins } from '../../src/feedback/suggest-joins.ts';
import type { ParseTree } from '../../src/index.ts';
import { indexCatalog } from '../../src/repair/catalog-index.ts';
import { columnIn, resolveNames } from '../../src/repair/resolve.ts';
import { walk } from '../../src/repair/tree.ts';
import { type EvaluationDatabase, openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { hidden, models, readPredictions, readQuestions } from './recorded.ts';

interface LinkedQuestion {
  readonly columns: readonly string[];
}

/** M4b: whether the feedback on an unknown column names a column that the right statement uses and this one does not. */
export const feedback: Metric = async ({ data, serverUrl, raw }) => {
  const database = await openDatabase(serverUrl, 'bird');
  const questions = readQuestions(data);
  const linked = JSON.parse(
    readFileSync(join(data, 'linking/bird_minidev.questions.json'), 'utf8'),
  ) as LinkedQuestion[];
  const index = indexCatalog(database.snapshot);
  let [failures, any, all, longest] = [0, 0, 0, 0];
  for (const model of models) {
    for (const { i, db, sql, sqlstate } of readPredictions(data, model)) {
      if (sqlstate !== '42703' || hidden.has(db)) continue;
      const outcome = await parse.parse(sql);
      if (!outcome.parsed) continue;
      const used = usedColumns(database, outcome.tree);
      const missing = (linked[i]?.columns ?? [])
        .map((column) => column.toLowerCase())
        .filter((column) => !used.has(column));
      if (missing.length === 0) continue;
      failures++;
      const columns = suggestColumns({
        tree: outcome.tree,
        index,
        question: questions[i]?.question ?? '',
        maxCharacters: 800,
      });
      const joins = suggestJoins({ tree: outcome.tree, index, columns });
      const error = { sqlState: '42703', message: 'column does not exist' };
      const text = `${describeFailure({ round: 0, source: 'model', stage: 'explain', error, durationsMs: {} }, { columns, joins })}\n${adviceFor(error)}`;
      longest = Math.max(longest, text.length);
      raw('m4b', { model, i, sql, feedback: text });
      const named = new Set(columns.flatMap(namesOfLine));
      const hits = missing.filter((column) => named.has(column)).length;
      if (hits > 0) any++;
      if (hits === missing.length) all++;
    }
  }
  await database.close();
  return { failures, any, all, anyShare: any / failures, allShare: all / failures, longestCharacters: longest };
};

function usedColumns({ snapshot }: EvaluationDatabase, tree: ParseTree): Set<string> {
  const used = new Set<string>();
  for (const { select, scope } of resolveNames(tree, indexCatalog(snapshot), () => undefined).selects) {
    walk(select, (tag, inner) => {
      if (tag !== 'ColumnRef') return true;
      const found = columnIn(scope, { ColumnRef: inner });
      const table = found?.relation.table;
      if (found !== undefined && table !== undefined && found.relation.columns?.has(found.column) === true) {
        used.add(`${table.name}.${found.column}`.toLowerCase());
      }
      return true;
    });
  }
  return used;
}

function namesOfLine(line: string): string[] {
  const end = line.indexOf(': ');
  const table = line.slice(0, end).replaceAll('"', '');
  const names = line.slice(end + 2).match(/"(?:[^"]|"")*"|[^,\s"]+/g) ?? [];
  return names.map((name) => `${table}.${name.replace(/^"|"$/g, '')}`.toLowerCase());
}
