import { type Bm25Index, createBm25Index, type Field } from './bm25.ts';
import { foldFamilies, type TableFamily } from './families.ts';
import { createRelationGraph, type RelationGraph } from './relations.ts';
import type { DatabaseCatalog, Table } from './schema.ts';
import { wordsOf } from './words.ts';

/** A table or family with its place in a ranking. */
export interface RankedTable extends TableFamily {
  readonly score: number;
  /** Why it stands where it stands, strongest first: `name: order`, `column: status`, `joined to customers`. */
  readonly reasons: readonly string[];
}

/** A ranker that has read the catalog once. */
export interface TableRanker {
  readonly graph: RelationGraph;
  readonly families: readonly TableFamily[];
  /** All selectable tables, best first; ties keep the order of the catalog. */
  rank(question: string): readonly RankedTable[];
}

const rankers = new WeakMap<DatabaseCatalog, TableRanker>();

/** The ranker of a catalog; made once and kept as long as the catalog. */
export function rankerOf(catalog: DatabaseCatalog): TableRanker {
  const known = rankers.get(catalog);
  if (known) return known;
  const ranker = createTableRanker(catalog.tables.filter((table) => table.selectable));
  rankers.set(catalog, ranker);
  return ranker;
}

const WEIGHTS = { name: 3, column: 1, comment: 0.5, label: 0.5, schema: 0.5 } as const;

function fieldsOf(table: Table): readonly (Field & { readonly kind: keyof typeof WEIGHTS })[] {
  const field = (kind: keyof typeof WEIGHTS, texts: readonly (string | undefined)[]) => ({
    kind,
    weight: WEIGHTS[kind],
    words: texts.flatMap((text) => (text === undefined ? [] : wordsOf(text))),
  });
  return [
    field('name', [table.name]),
    field(
      'column',
      table.columns.map((column) => column.name),
    ),
    field('comment', [table.comment, ...table.columns.map((column) => column.comment)]),
    field(
      'label',
      table.columns.flatMap((column) => column.enumLabels ?? []),
    ),
    field('schema', [table.schema]),
  ];
}

/** How much of its best neighbour's score a table gains where every table has keys. */
const SPREADING = 0.5;

export function createTableRanker(tables: readonly Table[]): TableRanker {
  const families = foldFamilies(tables);
  const graph = createRelationGraph(tables);
  const places = new Map<Table, number>();
  families.forEach(({ members }, place) => {
    for (const member of members) places.set(member, place);
  });
  const fields = families.map(({ table }) => fieldsOf(table));
  const index = createBm25Index(fields);

  return {
    graph,
    families,
    rank: (question) => {
      const words = new Set(wordsOf(question));
      const direct = scoreDocuments(index, words);
      const spread = families.map(({ members }, place) => {
        let best = 0;
        let from: Table | undefined;
        for (const member of members) {
          for (const neighbour of graph.neighbours(member)) {
            const score = direct[places.get(neighbour) ?? -1] ?? 0;
            if (score > best) [best, from] = [score, neighbour];
          }
        }
        return { score: (direct[place] ?? 0) + SPREADING * graph.coverage * best, from };
      });
      return families
        .map((family, place) => ({
          ...family,
          score: spread[place]?.score ?? 0,
          reasons: reasonsOf(fields[place] ?? [], words, spread[place]?.from),
        }))
        .sort((one, other) => other.score - one.score);
    },
  };
}

function scoreDocuments(index: Bm25Index, words: ReadonlySet<string>): readonly number[] {
  const scores = new Array<number>(index.documentCount).fill(0);
  for (const word of words) {
    const weight = index.inverseDocumentFrequency(word);
    for (const posting of index.vocabulary.get(word) ?? []) {
      scores[posting.document] = (scores[posting.document] ?? 0) + weight * index.saturate(posting);
    }
  }
  return scores;
}

function reasonsOf(
  fields: ReturnType<typeof fieldsOf>,
  words: ReadonlySet<string>,
  joined: Table | undefined,
): string[] {
  const reasons: string[] = [];
  for (const field of fields) {
    const hits = [...new Set(field.words.filter((word) => words.has(word)))];
    if (hits.length > 0) reasons.push(`${field.kind}: ${hits.join(', ')}`);
  }
  if (joined) reasons.push(`joined to ${joined.name}`);
  return reasons;
}
