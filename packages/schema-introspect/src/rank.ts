import { type Bm25Index, startBm25Index } from './bm25.ts';
import { checkText } from './check-options.ts';
import { foldFamilies, type TableFamily } from './families.ts';
import { addJoinPaths } from './join-paths.ts';
import { largest } from './largest.ts';
import { qualifiedName, quoteIdentifier } from './names.ts';
import { questionWords } from './question-words.ts';
import type { RankedTable } from './ranked-table.ts';
import { createRelationGraph, type RelationGraph } from './relations.ts';
import type { DatabaseCatalog, Table } from './schema.ts';
import { createSpreading } from './spread.ts';
import { fieldsOf, type TableField } from './table-fields.ts';
import { findValueHints, type ValueHint } from './value-hints.ts';
import { addValueHits } from './value-hits.ts';
import { createWordMatcher } from './word-matches.ts';

/** A ranker that has read its tables once. */
export interface TableRanker {
  readonly graph: RelationGraph;
  /**
   * Every table, best first, with what joins the first few behind them; ties keep the order of the catalog.
   *
   * @param similarities - see `SliceOptions.similarities`
   */
  rank(question: string, similarities?: ReadonlyMap<string, number>): readonly RankedTable[];
  /** Vocabulary words that the question means, to tell which columns it names. */
  wordsMeant(question: string): ReadonlySet<string>;
}

const rankers = new WeakMap<DatabaseCatalog, TableRanker>();

/** The ranker of a catalog over the tables the role may select; made once and kept as long as the catalog. */
export function rankerOf(catalog: DatabaseCatalog): TableRanker {
  const known = rankers.get(catalog);
  if (known) return known;
  const steps = buildRanker(catalog);
  let step = steps.next();
  while (!step.done) step = steps.next();
  rankers.set(catalog, step.value);
  return step.value;
}

/**
 * Builds what {@link rankTables} and `selectSlice` need of a catalog, in steps of some milliseconds with turns of the event loop in between:
 * at ten thousand tables the first question would block everything else for a second. Call it after each reading of a large catalog.
 */
export async function prepareRanking(catalog: DatabaseCatalog): Promise<void> {
  const steps = buildRanker(catalog);
  for (let step = steps.next(); !rankers.has(catalog); step = steps.next()) {
    if (step.done) rankers.set(catalog, step.value);
    else await nextTurn();
  }
}

/** Lets everything else that waits have its turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0));
}

/**
 * All tables the role may select, ordered by how much a question is about them: field-weighted BM25 over names,
 * columns, comments and labels, stored values that the question names (enum labels, statistics where they were read),
 * then spreading over keys. No model, no network, no query. Of a very long question the first 256 different words count.
 *
 * The first call for a catalog builds an index, which lives as long as the catalog; see {@link prepareRanking}.
 *
 * @throws IntrospectionError `INVALID_OPTIONS` when the question is no text
 */
export function rankTables(catalog: DatabaseCatalog, question: string): readonly RankedTable[] {
  checkText('The question of rankTables()', question);
  return rankerOf(catalog).rank(question);
}

/** Tables whose words are read between two turns of the event loop. */
const TABLES_A_STEP = 200;

/** Yields wherever building may rest. */
function* buildRanker(catalog: DatabaseCatalog): Generator<void, TableRanker> {
  const tables = catalog.tables.filter((table) => table.selectable);
  const families = foldFamilies(tables);
  yield;
  const graph = createRelationGraph(tables);
  yield;
  const fields: (readonly TableField[])[] = [];
  const builder = startBm25Index();
  for (const [place, { table }] of families.entries()) {
    const own = fieldsOf(table);
    fields.push(own);
    builder.add(own);
    if (place % TABLES_A_STEP === TABLES_A_STEP - 1) yield;
  }
  const valuesNamed = (question: string): readonly ValueHint[] =>
    findValueHints(catalog, question, { from: 'statistics', maxHints: 100 });
  // Its index is made by the first question too.
  valuesNamed('');
  yield;
  return createTableRanker({ families, graph, fields, index: builder.finish(), valuesNamed });
}

interface RankerParts {
  readonly families: readonly TableFamily[];
  readonly graph: RelationGraph;
  readonly fields: readonly (readonly TableField[])[];
  readonly index: Bm25Index;
  readonly valuesNamed: (question: string) => readonly ValueHint[];
}

function createTableRanker({ families, graph, fields, index, valuesNamed }: RankerParts): TableRanker {
  const matchesOf = createWordMatcher(index.vocabulary);
  const spreading = createSpreading(families, graph);

  const meant = (question: string): ReadonlySet<string> =>
    new Set(questionWords(question).flatMap(({ word }) => matchesOf(word).map((match) => match.word)));

  return {
    graph,
    wordsMeant: meant,
    rank(question, similarities) {
      const direct = new Array<number>(families.length).fill(0);
      for (const { word, weight } of questionWords(question)) index.add(direct, matchesOf(word), weight);
      const hits = addValueHits(direct, families, valuesNamed(question));
      if (similarities) addSimilarities(direct, families, similarities);
      const words = meant(question);
      const { scores, sources } = spreading.spread(direct);
      const reasonsAt = (place: number): readonly string[] => {
        const source = families[sources[place] ?? -1]?.table;
        return [
          ...reasonsOf(fields[place] ?? [], words),
          ...(hits.get(place) ?? []).map(({ value, column }) => `value: ${value} in ${quoteIdentifier(column)}`),
          ...(source ? [`joined to ${quoteIdentifier(source.name)}`] : []),
        ];
      };
      const ranked = families
        .map((family, place): RankedTable => {
          let reasons: readonly string[] | undefined;
          return {
            ...family,
            table: memberMeant(family, question),
            score: scores[place] ?? 0,
            // Only those of the tables that are looked at are ever worked out.
            get reasons() {
              reasons ??= reasonsAt(place);
              return reasons;
            },
          };
        })
        .sort((one, other) => other.score - one.score);
      return addJoinPaths(ranked, graph);
    },
  };
}

/** What the most similar table gains, as a share of the best score by words; the others in proportion. */
const SIMILARITY = 0.5;

function addSimilarities(
  scores: number[],
  families: readonly TableFamily[],
  similarities: ReadonlyMap<string, number>,
): void {
  const best = largest(scores) || 1;
  families.forEach(({ members }, place) => {
    const similarity = largest(members.map((table) => similarityOf(similarities, table)));
    scores[place] = (scores[place] ?? 0) + SIMILARITY * best * similarity;
  });
}

/** From 0 to 1; what is no number counts 0, since it would leave the whole order to chance. */
function similarityOf(similarities: ReadonlyMap<string, number>, { schema, name }: Table): number {
  const similarity = similarities.get(qualifiedName(schema, name)) ?? 0;
  return similarity > 0 ? Math.min(similarity, 1) : 0;
}

/** Of a family the member whose number the question names, else the last, which is usually the newest. */
function memberMeant({ table, members }: TableFamily, question: string): Table {
  if (members.length === 1) return table;
  const numbers = new Set(question.match(/\d+/g));
  const named = (member: Table): number =>
    (member.name.match(/\d+/g) ?? []).filter((number) => numbers.has(number)).length;
  return members.reduce((best, member) => (named(member) > named(best) ? member : best), table);
}

function reasonsOf(fields: readonly TableField[], words: ReadonlySet<string>): string[] {
  const reasons: string[] = [];
  for (const { kind, words: own } of fields) {
    const hits = new Set(own.filter((word) => words.has(word)));
    if (hits.size > 0) reasons.push(`${kind}: ${[...hits].join(', ')}`);
  }
  return reasons;
}
