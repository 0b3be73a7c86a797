import { type Column, quoteIdentifier } from '@pgmcp/schema-introspect';
import { COMPANION_COLUMNS } from './companion.ts';
import { type RowFilter, rowFilterSql } from './row-filter.ts';
import type { VectorSource } from './vector-source.ts';

/** One search, ready to be written. */
export interface Search {
  readonly source: VectorSource;
  /** Columns of the table that are shown. */
  readonly columns: readonly Column[];
  /** The meaning that is searched. */
  readonly vector: readonly number[];
  readonly filter: RowFilter;
  readonly limit: number;
  /** Least similarity, in percent. */
  readonly threshold: number | undefined;
  /** Search these words too, in this column, and join both orders. */
  readonly words: { readonly column: Column; readonly text: string } | undefined;
}

/** A statement and its values. */
export interface WrittenSearch {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Reciprocal rank fusion: `1 / (60 + place)` of each order, summed (Cormack, Clarke and Buettcher, 2009). */
const FUSION = 60;
const EACH_ORDER = { least: 50, perResult: 5 };

/** Words that can be looked up, as `websearch_to_tsquery` reads "any of them"; `undefined` when there are none. */
export function anyWord(query: string): string | undefined {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const wanted = [...new Set(words)].filter((word) => word.length > 2 || /\p{N}/u.test(word)).slice(0, 20);
  return wanted.length === 0 ? undefined : wanted.map((word) => `"${word}"`).join(' or ');
}

/**
 * Writes a search as one statement. Every name comes from the catalog and is quoted, every value is bound; operators and types
 * name the schema of pgvector, so that the search path decides nothing.
 */
export function writeSearch(search: Search): WrittenSearch {
  const { source, columns, limit } = search;
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const meant = `${bind(`[${search.vector.join(',')}]`)}::${source.type}`;
  const relation = (table: { schema: string; name: string }) =>
    `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  const keys = (source.table.primaryKey?.columns ?? []).map(quoteIdentifier);
  const vector = source.companion
    ? `e.${quoteIdentifier(COMPANION_COLUMNS.vector)}`
    : `t.${quoteIdentifier(source.vector.name)}`;
  const by = (operator: string) => `${vector} OPERATOR(${source.extensionSchema}.${operator}) ${meant}`;
  const companion = (kind: string) =>
    source.companion ? ` ${kind} ${relation(source.companion)} AS e USING (${keys.join(', ')})` : '';
  const rows = `${relation(source.table)} AS t`;

  const shown = [
    ...columns.map(({ name }) => `t.${quoteIdentifier(name)}`),
    `pg_catalog.round((100 * greatest(0, 1 - (${by('<=>')})))::numeric, 1)::float8 AS similarity_percent`,
  ].join(', ');
  const conditions = rowFilterSql(search.filter, source.table, 't', bind);
  const near = search.threshold === undefined ? [] : [`${by('<=>')} <= ${bind(1 - search.threshold / 100)}::float8`];
  const meaning = [`${vector} IS NOT NULL`, ...conditions, ...near].join(' AND ');
  if (search.words === undefined) {
    const from = `${rows}${companion('JOIN')}`;
    return {
      sql: `SELECT ${shown} FROM ${from} WHERE ${meaning} ORDER BY ${by(source.distance)} LIMIT ${limit}`,
      parameters,
    };
  }

  const depth = Math.max(EACH_ORDER.least, limit * EACH_ORDER.perResult);
  const key = keys.map((name) => `t.${name}`).join(', ');
  const document = `pg_catalog.to_tsvector('simple', t.${quoteIdentifier(search.words.column.name)})`;
  const wanted = `pg_catalog.websearch_to_tsquery('simple', ${bind(search.words.text)})`;
  const matching = [`${document} @@ ${wanted}`, ...conditions, ...near].join(' AND ');
  const sql = `WITH by_meaning AS (
  SELECT ${keys.join(', ')}, row_number() OVER (ORDER BY distance) AS place FROM (
    SELECT ${key}, ${by(source.distance)} AS distance FROM ${rows}${companion('JOIN')}
    WHERE ${meaning} ORDER BY ${by(source.distance)} LIMIT ${depth}) AS nearest
), by_words AS (
  SELECT ${keys.join(', ')}, row_number() OVER (ORDER BY weight DESC, ${keys.join(', ')}) AS place FROM (
    SELECT ${key}, pg_catalog.ts_rank_cd(${document}, ${wanted}) AS weight FROM ${rows}${companion('LEFT JOIN')}
    WHERE ${matching} ORDER BY weight DESC LIMIT ${depth}) AS matching
)
SELECT ${shown} FROM by_meaning AS m FULL JOIN by_words AS w USING (${keys.join(', ')})
JOIN ${rows} USING (${keys.join(', ')})${companion('LEFT JOIN')}
ORDER BY coalesce(1.0 / (${FUSION} + m.place), 0) + coalesce(1.0 / (${FUSION} + w.place), 0) DESC, ${key} LIMIT ${limit}`;
  return { sql, parameters };
}
