import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { qualifiedName, quoteIdentifier, selectSlice } from '@pgmcp/schema-introspect';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { evaluationData } from '../evaluation-data.ts';
import { buildCatalog, schemaName } from './build-catalog.ts';
import { chooseSets, type QuestionSet, readQuestionSet, SET_NAMES } from './question-sets.ts';

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', multiple: true },
    budget: { type: 'string', multiple: true },
    every: { type: 'string', default: '1' },
    raw: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`Linking recall (M1, packed form) of the text of selectSlice, pooled scope: a text above its budget is a miss.
  --set NAME     defog, bird_minidev, spider1 or union_dev; repeatable; all by default
  --budget N     tokens (o200k_base); repeatable; 1000, 2000, 4000 and 8000 by default
  --every N      only every n-th question
  --raw FILE     write one JSON line per question and budget, with the text`);
  process.exit(0);
}

const folder = evaluationData();
const sets = SET_NAMES.map((name) => readQuestionSet(folder, name));
const budgets = (options.budget ?? ['1000', '2000', '4000', '8000']).map(Number);
const every = Number(options.every);
for (const number of [...budgets, every])
  if (!Number.isInteger(number) || number < 1) throw new Error('--budget and --every are whole numbers from 1');
const raw = options.raw === undefined ? undefined : createWriteStream(options.raw);
const countTokens = (text: string): number => encode(text).length;

console.log('set            budget questions  tables strict/micro  columns strict/micro  tokens p50  over  ms p50/p95');
for (const set of chooseSets(sets, options.set)) {
  for (const budget of budgets) measure(set, budget);
}
raw?.end();

function measure(set: QuestionSet, budget: number): void {
  const databases = Object.keys(set.schema);
  const catalog = buildCatalog(set.schema, databases, 'neutral');
  const places = new Map(databases.map((db, place) => [db, place]));
  const tables = createRecall();
  const columns = createRecall();
  const tokens: number[] = [];
  const times: number[] = [];
  let over = 0;
  for (const [place, question] of set.questions.entries()) {
    if (place % every !== 0) continue;
    const startedAt = performance.now();
    // The package estimates tokens without a tokenizer; here the real one, since the metric counts with it.
    const slice = selectSlice(catalog, question.question, { maxTokens: budget, countTokens });
    times.push(performance.now() - startedAt);
    const used = countTokens(slice.text);
    tokens.push(used);
    if (used > budget) over += 1;
    const shown = used > budget ? new Map<string, string>() : linesByTable(slice.text);
    const schema = schemaName(question.db, places.get(question.db) ?? 0, 'neutral');
    const nameOf = (table: string): string => qualifiedName(schema, table);
    tables.add(question.tables.map((table) => shown.has(nameOf(table))));
    if (question.columns.length > 0) {
      columns.add(
        question.columns.map((full) => {
          const [table = '', ...rest] = full.split('.');
          const line = findLine(shown, nameOf(table));
          return line !== undefined && hasColumn(line, rest.join('.'));
        }),
      );
    }
    raw?.write(
      `${JSON.stringify({ id: question.id, budget, text: slice.text, tables: slice.tables.map(({ schema: of, name }) => `${of}.${name}`) })}\n`,
    );
  }
  const quantile = (values: readonly number[], share: number): number =>
    [...values].sort((one, other) => one - other)[Math.floor(share * (values.length - 1))] ?? 0;
  console.log(
    `${set.name.padEnd(14)} ${String(budget).padStart(6)} ${String(tokens.length).padStart(9)}          ${tables.text()}           ${columns.text()} ` +
      `${String(quantile(tokens, 0.5)).padStart(10)} ${String(over).padStart(5)}  ${quantile(times, 0.5).toFixed(1)}/${quantile(times, 0.95).toFixed(1)}`,
  );
}

function linesByTable(text: string): Map<string, string> {
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const name = /^((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?)\(/.exec(line)?.[1];
    if (name !== undefined) lines.set(name, line);
  }
  return lines;
}

function findLine(lines: ReadonlyMap<string, string>, name: string): string | undefined {
  return lines.get(name) ?? [...lines].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function hasColumn(line: string, column: string): boolean {
  const text = line.toLowerCase();
  const name = column.toLowerCase();
  return [name, quoteIdentifier(name), `"${name}"`].some(
    (each) => text.includes(`(${each} `) || text.includes(`, ${each} `),
  );
}

function createRecall() {
  let questions = 0;
  let complete = 0;
  let gold = 0;
  let found = 0;
  return {
    add(hits: readonly boolean[]): void {
      const count = hits.filter(Boolean).length;
      questions += 1;
      gold += hits.length;
      found += count;
      if (count === hits.length) complete += 1;
    },
    text: (): string =>
      `${((100 * complete) / questions).toFixed(1).padStart(5)} ${((100 * found) / gold).toFixed(1).padStart(5)}`,
  };
}
