import { similarity } from '../nearest.ts';
import type { CatalogTable, ParseTree } from '../ports.ts';
import type { CatalogIndex } from '../repair/catalog-index.ts';
import { createTableChooser } from '../repair/find-names.ts';
import type { NameProblem } from '../repair/name-problem.ts';
import { quoteName } from '../repair/quote-name.ts';
import { resolveNames } from '../repair/resolve.ts';
import { textOf, walk } from '../repair/tree.ts';
import { writeTable } from '../repair/write-name.ts';
import { wordsOf } from '../words.ts';

/** What the suggestions are for. */
export interface SuggestionContext {
  readonly tree: ParseTree;
  readonly index: CatalogIndex;
  readonly question: string;
  /** Bound of all lines together, in characters. */
  readonly maxCharacters: number;
}

interface Scored {
  readonly table: CatalogTable;
  readonly column: string;
  readonly score: number;
}

/**
 * Lines that name the columns which a statement with unknown names most likely needs, each with its table as it must be
 * written: those of the tables it reads, of their neighbours by foreign key and of tables that have the unknown name.
 * Columns rank by likeness to the unknown names, by words they share with the question, and by being keys on the way.
 */
export function suggestColumns({ tree, index, question, maxCharacters }: SuggestionContext): string[] {
  const chooseTable = createTableChooser(index);
  const { problems } = resolveNames(tree, index, chooseTable);
  const names = unknownNames(problems);
  const weights = tablesNearby(tree, { index, chooseTable, names });
  const asked = new Set(wordsOf(question));
  const scored = [...weights].flatMap(([table, weight]) => scoreColumns(table, weight, names, asked));
  const rarity = wordRarity(scored, asked);
  const ranked = scored
    .map((entry) => ({ ...entry, score: entry.score + rarity(entry) * (weights.get(entry.table) ?? 0) }))
    .sort((left, right) => right.score - left.score);
  return linesWithin(ranked, maxCharacters);
}

/** Each is compared with every column nearby. */
const mostNames = 20;

function unknownNames(problems: readonly NameProblem[]): string[] {
  const names = problems.flatMap((problem) => {
    if (problem.kind === 'unknown_column' || problem.kind === 'ambiguous_column') return [problem.column];
    if (problem.kind === 'unknown_qualifier') return problem.column === undefined ? [] : [problem.column];
    return [];
  });
  return [...new Set(names)].slice(0, mostNames);
}

/** Tables with the weight of their columns: what the statement reads counts most, what is one key away less. */
function tablesNearby(
  tree: ParseTree,
  {
    index,
    chooseTable,
    names,
  }: {
    readonly index: CatalogIndex;
    readonly chooseTable: ReturnType<typeof createTableChooser>;
    readonly names: readonly string[];
  },
): Map<CatalogTable, number> {
  const weights = new Map<CatalogTable, number>();
  const add = (table: CatalogTable, weight: number): void => {
    weights.set(table, Math.max(weight, weights.get(table) ?? 0));
  };
  walk(tree.stmts, (tag, inner) => {
    const name = tag === 'RangeVar' ? textOf(inner['relname']) : undefined;
    if (name !== undefined) {
      const schema = textOf(inner['schemaname']);
      const table = index.find(schema, name)[0] ?? chooseTable(schema, name);
      if (table !== undefined) add(table, 1);
    }
    return true;
  });
  const read = [...weights.keys()];
  for (const table of read) for (const step of index.steps(table)) add(step.table, 0.7);
  for (const table of read) for (const referencing of index.referencing(table)) add(referencing, 0.6);
  const mostOwners = 6;
  for (const name of names) {
    const owners = index.tablesWithColumn(name);
    if (owners.length <= mostOwners) for (const table of owners) add(table, 0.8);
  }
  return weights;
}

function scoreColumns(
  table: CatalogTable,
  weight: number,
  names: readonly string[],
  asked: ReadonlySet<string>,
): Scored[] {
  const keys = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const tableIsAsked = wordsOf(table.name).some((word) => asked.has(word)) ? 0.2 : 0;
  return table.columns.map(({ name: column }) => {
    const likeness = Math.max(0, ...names.map((name) => similarity(name, column)));
    const isKey = keys.has(column) ? 0.15 : 0;
    return { table, column, score: weight * (0.1 + 2 * likeness + isKey + tableIsAsked) };
  });
}

/** Words of the question in a column's name, or half as much in its comment; words of few columns count more. */
function wordRarity(scored: readonly Scored[], asked: ReadonlySet<string>): (entry: Scored) => number {
  const described = new Map<string, readonly [ReadonlySet<string>, ReadonlySet<string>]>();
  const frequency = new Map<string, number>();
  const key = ({ table, column }: Scored): string => `${table.schema}.${table.name}.${column}`;
  for (const entry of scored) {
    const comment = entry.table.columns.find(({ name }) => name === entry.column)?.comment ?? '';
    const inName = new Set(wordsOf(entry.column).filter((word) => asked.has(word)));
    const inComment = new Set(wordsOf(comment).filter((word) => asked.has(word) && !inName.has(word)));
    described.set(key(entry), [inName, inComment]);
    for (const word of [...inName, ...inComment]) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const weigh = (words: ReadonlySet<string>): number =>
    [...words].reduce((sum, word) => sum + 1 / Math.sqrt(frequency.get(word) ?? 1), 0);
  return (entry) => {
    const [inName, inComment] = described.get(key(entry)) ?? [new Set<string>(), new Set<string>()];
    return weigh(inName) + weigh(inComment) / 2;
  };
}

/** One line per table, tables and their columns best first, as many as fit. */
function linesWithin(ranked: readonly Scored[], maxCharacters: number): string[] {
  const columnsOf = new Map<CatalogTable, string[]>();
  let used = 0;
  for (const { table, column } of ranked) {
    const listed = columnsOf.get(table);
    const cost = quoteName(column).length + 2 + (listed === undefined ? writeTable(table).length + 3 : 0);
    if (used + cost > maxCharacters) continue;
    used += cost;
    if (listed === undefined) columnsOf.set(table, [quoteName(column)]);
    else listed.push(quoteName(column));
  }
  return [...columnsOf].map(([table, columns]) => `${writeTable(table)}: ${columns.join(', ')}`);
}
