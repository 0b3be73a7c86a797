import { COMPACT_DETAILS, checkDetails, checkOptions, checkPositive, checkText } from './check-options.ts';
import { getOrAdd } from './columnar.ts';
import { type CompactDetails, compactTable, type ReferenceOf, referencesAmong } from './formats/compact.ts';
import { qualifiedName } from './names.ts';
import { type Detail, packSlice } from './pack-slice.ts';
import { rankerOf } from './rank.ts';
import type { RankedTable } from './ranked-table.ts';
import { nameOmitted, tokensForNames } from './render.ts';
import type { Column, DatabaseCatalog, Table } from './schema.ts';
import { type CountTokens, estimateTokens } from './tokens.ts';
import { essentialColumns, joiningColumns } from './wide-tables.ts';
import { wordsOf } from './words.ts';

const COLUMNS_OF = { essential: essentialColumns, joining: joiningColumns };

/** A table of a slice. */
export interface SliceTable {
  readonly schema: string;
  readonly name: string;
  /** Why it was chosen. */
  readonly reasons: readonly string[];
  /** How much the question is about it; comparable within one slice only. */
  readonly score: number;
  /** Names of all tables it stands for, when it stands for a family of like tables. */
  readonly family?: readonly string[];
}

/** The part of a schema that a question needs. */
export interface SchemaSlice {
  /** The tables in compact form, the most relevant first. Comments and labels in it are untrusted data. */
  readonly text: string;
  readonly tables: readonly SliceTable[];
  /** Tables that did not fit, as SQL spells them, the most relevant first. */
  readonly omitted: readonly string[];
  /** Score of the best of them; 0 when everything fits. */
  readonly bestOmittedScore: number;
  /** Tokens of `text` by the counter in use. */
  readonly tokens: number;
}

/** Options of {@link selectSlice}. */
export interface SliceOptions extends CompactDetails {
  /** Budget of the whole text in tokens. */
  readonly maxTokens: number;
  /** Exact token counts; a safe estimate by default. */
  readonly countTokens?: CountTokens;
  /**
   * Similarity to the question by other means, such as embeddings, 0 to 1 by `schema.table` as SQL spells it. What lies outside counts as
   * the nearer end, what is no number as 0.
   */
  readonly similarities?: ReadonlyMap<string, number>;
}

/**
 * Chooses the tables a question is about and writes them within a token budget. No model, no network, no query.
 *
 * If all tables the role may select fit, they are all there, ordered by relevance; when space is short, comments go
 * first. Else the best ones, with the tables needed to join them and comments on what the question names; tables stay
 * whole but for the unmatched columns of very wide ones. Then like tables (`events_2023`, `events_2024`) are one entry; partitions always are.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`
 */
export function selectSlice(catalog: DatabaseCatalog, question: string, options: SliceOptions): SchemaSlice {
  checkOptions('selectSlice()', options, ['maxTokens', 'countTokens', 'similarities', ...COMPACT_DETAILS]);
  const { maxTokens, countTokens = estimateTokens, similarities, ...details } = options;
  checkPositive('maxTokens', maxTokens);
  checkText('The question of selectSlice()', question);
  checkDetails(details);
  const ranker = rankerOf(catalog);
  const ranked = ranker.rank(question, similarities);
  const words = ranker.wordsMeant(question);
  const isMatched = (column: Column): boolean => wordsOf(column.name).some((word) => words.has(word));
  const { referenceOf, referenced } = factsOf(catalog);
  const write = (entry: RankedTable, { comments, columns }: Detail): string =>
    compactTable(entry.table, referenceOf, {
      ...details,
      ...(comments === 'none' ? { maxCommentCharacters: 0 } : {}),
      ...(comments === 'matched' ? { showsComment: isMatched } : {}),
      ...(columns === 'all' ? {} : { columns: COLUMNS_OF[columns](entry.table, isMatched, referenced(entry.table)) }),
      family: entry.members,
    });

  // Two tokens a column and three a table is less than any rendering takes: do not write what cannot fit.
  const least = ranked.reduce((sum, { table, members }) => sum + members.length * (3 + 2 * table.columns.length), 0);
  if (least <= maxTokens) {
    // Families are folded to save space, not for their own sake.
    const apart = ranked.flatMap(({ members, ...entry }) =>
      members.map((table) => ({ ...entry, table, members: [table] })),
    );
    for (const comments of ['all', 'matched', 'none'] as const) {
      const text = apart.map((entry) => write(entry, { comments, columns: 'all' })).join('\n');
      const tokens = countTokens(text);
      if (tokens <= maxTokens) return { text, tokens, tables: apart.map(sliceTable), omitted: [], bestOmittedScore: 0 };
    }
  }

  const { shown, texts, omitted, usedTokens } = packSlice(
    ranked,
    maxTokens - tokensForNames(maxTokens),
    countTokens,
    write,
  );
  const names = nameOmitted(
    omitted.map(({ table }) => table),
    maxTokens - usedTokens,
    countTokens,
  );
  const text = [...texts, names].filter((line) => line !== '').join('\n');
  return {
    text,
    tokens: countTokens(text),
    tables: shown.map(sliceTable),
    omitted: omitted.flatMap(({ members }) => members.map((table) => qualifiedName(table.schema, table.name))),
    bestOmittedScore: omitted.reduce((best, { score }) => Math.max(best, score), 0),
  };
}

function sliceTable({ table, members, reasons, score }: RankedTable): SliceTable {
  const { schema, name } = table;
  const chosen = { schema, name, reasons, score };
  return members.length === 1 ? chosen : { ...chosen, family: members.map((each) => each.name) };
}

interface SliceFacts {
  readonly referenceOf: ReferenceOf;
  /** Columns that keys of other tables point to. */
  referenced(table: Table): ReadonlySet<string>;
}

const factsByCatalog = new WeakMap<DatabaseCatalog, SliceFacts>();

/** What every slice of a catalog needs; made once and kept as long as the catalog. */
function factsOf(catalog: DatabaseCatalog): SliceFacts {
  const known = factsByCatalog.get(catalog);
  if (known) return known;
  const columns = new Map<string, Set<string>>();
  for (const { foreignKeys } of catalog.tables) {
    for (const { references } of foreignKeys) {
      const targets = getOrAdd(columns, `${references.schema}\0${references.table}`, () => new Set<string>());
      for (const column of references.columns) targets.add(column);
    }
  }
  const none: ReadonlySet<string> = new Set();
  const facts: SliceFacts = {
    referenceOf: referencesAmong(catalog.tables, true),
    referenced: (table) => columns.get(`${table.schema}\0${table.name}`) ?? none,
  };
  factsByCatalog.set(catalog, facts);
  return facts;
}
