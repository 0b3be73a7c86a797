import { IntrospectionError } from './errors.ts';
import { type CompactDetails, compactTable, referencesAmong } from './formats/compact.ts';
import { qualifiedName } from './names.ts';
import { rankerOf } from './rank.ts';
import { packTexts, selectableColumns } from './render.ts';
import type { DatabaseCatalog } from './schema.ts';
import { type CountTokens, estimateTokens } from './tokens.ts';

/** The part of a schema that a question needs. */
export interface SchemaSlice {
  /** The tables in compact form, the most relevant first. Comments in it are untrusted data. */
  readonly text: string;
  readonly tables: readonly { readonly schema: string; readonly name: string; readonly reasons: readonly string[] }[];
  /** Tables that did not fit, as SQL spells them, the most relevant first. */
  readonly omitted: readonly string[];
  readonly tokens: number;
}

/** Options of {@link selectSlice}. */
export interface SliceOptions extends CompactDetails {
  /** Budget of the whole text in tokens. */
  readonly maxTokens: number;
  /** Exact token counts; a safe estimate by default. */
  readonly countTokens?: CountTokens;
}

/**
 * Chooses the tables a question is about and renders them within a token budget. No model, no network, no query.
 *
 * If all tables the role may select fit, they are all there, ordered by relevance; else the best ones, whole.
 */
export function selectSlice(catalog: DatabaseCatalog, question: string, options: SliceOptions): SchemaSlice {
  const { maxTokens, countTokens = estimateTokens, ...details } = options;
  if (!(maxTokens > 0)) throw new IntrospectionError('INVALID_OPTIONS', 'maxTokens must be a number above 0.');
  const ranked = rankerOf(catalog).rank(question);
  const referenceOf = referencesAmong(catalog.tables, true);
  const tables = ranked.map(({ table }) => table);
  const texts = tables.map((table) => compactTable(table, selectableColumns(table), referenceOf, details));
  const { text, tokens, shown, omitted } = packTexts(tables, texts, maxTokens, countTokens);
  const reasons = new Map(ranked.map((entry) => [entry.table, entry.reasons]));
  return {
    text,
    tables: shown.map((table) => ({ schema: table.schema, name: table.name, reasons: reasons.get(table) ?? [] })),
    omitted: omitted.map((table) => qualifiedName(table.schema, table.name)),
    tokens,
  };
}
