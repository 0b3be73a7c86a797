import type { SchemaSlice } from '@pgmcp/nl2sql';
import {
  type DatabaseCatalog,
  findTables,
  qualifiedName,
  rankTables,
  renderDdl,
  renderMSchema,
  selectSlice,
} from '@pgmcp/schema-introspect';

/** What the pipeline asks for: a budget, and which time the same question is described. */
interface SliceLimit {
  readonly maxTokens: number;
  readonly variant?: number | undefined;
  /** Nearness of tables by meaning, where it is known. */
  readonly similarities?: ReadonlyMap<string, number> | undefined;
}

/** Longer forms are about this many times the compact one; they are used only where they fit. */
const LONG_FORM = 5;

/**
 * The part of the schema that a question needs. For further statements (`variant` above 0) the same tables in another form:
 * a model that reads them otherwise makes other mistakes, and votes on them mean something.
 */
export function describeSchema(
  catalog: DatabaseCatalog,
  question: string,
  { maxTokens, variant = 0, similarities }: SliceLimit,
): SchemaSlice {
  const chosen = selectSlice(catalog, question, { maxTokens, ...(similarities && { similarities }) });
  // Scores of the words alone would not explain a choice that meaning had a part in.
  const slice = similarities === undefined ? withScores(catalog, question, chosen) : chosen;
  if (variant === 0 || slice.tokens * LONG_FORM > maxTokens) return slice;
  const { found } = findTables(
    catalog,
    slice.tables.map(({ schema, name }) => qualifiedName(schema, name)),
  );
  const text = variant % 2 === 1 ? renderMSchema(found, { samples: false }) : renderDdl(found);
  return { ...slice, text };
}

/** Where tables had to be left out, how well they fit beside those that are shown. */
function withScores(catalog: DatabaseCatalog, question: string, slice: SchemaSlice): SchemaSlice {
  if (slice.omitted.length === 0) return slice;
  const nameOf = (table: { readonly schema: string; readonly name: string }) => qualifiedName(table.schema, table.name);
  const shown = new Set(slice.tables.map(nameOf));
  const ranked = rankTables(catalog, question).map(({ table, score }) => ({ name: nameOf(table), score }));
  const scores = new Map(ranked.map(({ name, score }) => [name, score]));
  const omitted = ranked.filter(({ name }) => !shown.has(name)).map(({ score }) => score);
  return {
    ...slice,
    tables: slice.tables.map((table) => ({ ...table, score: scores.get(nameOf(table)) })),
    bestOmittedScore: Math.max(0, ...omitted),
  };
}
