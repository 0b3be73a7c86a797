import { type Bm25Index, createBm25Index } from './bm25.ts';
import { checkOneOf, checkOptions, checkPositive, checkText } from './check-options.ts';
import { IntrospectionError } from './errors.ts';
import { compilePattern } from './name-pattern.ts';
import { questionWords } from './question-words.ts';
import type { DatabaseCatalog } from './schema.ts';
import { listObjects, SCHEMA_OBJECT_KINDS, type SchemaObject, type SchemaObjectKind } from './schema-object-list.ts';
import { createWordMatcher } from './word-matches.ts';
import { wordsOf } from './words.ts';

/** What to look for. Both conditions hold together. */
export interface SearchQuery {
  /**
   * Name or part of one, in any case; `*` stands for any text and `?` for one character, and then the whole name must
   * fit. With a dot it is matched against `schema.name` too.
   */
  readonly pattern?: string;
  /** Words in any order and form, looked up in names, comments and enum labels: `customer mail address`. */
  readonly words?: string;
  /** Only these kinds; all by default. */
  readonly kinds?: readonly SchemaObjectKind[];
  /** Only this schema, by exact name. */
  readonly schema?: string;
  /** Most hits. Default 50. */
  readonly limit?: number;
}

/** Something found. */
export interface SearchHit extends SchemaObject {
  /** Relevance; comparable within one search only. 0 when only a pattern was given. */
  readonly score: number;
}

/** Answer of {@link searchCatalog}. */
export interface SearchResult {
  /** Best first; those found by a pattern alone in the order of the catalog, exact names before others. */
  readonly hits: readonly SearchHit[];
  /** How many there are without the limit. */
  readonly total: number;
}

/**
 * Finds tables, columns, functions, types and sequences by name pattern, by words, or both. What the role may not
 * select, execute or name is left out. No query, no model.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`, also when there is neither a pattern nor a word to look for
 */
export function searchCatalog(catalog: DatabaseCatalog, query: SearchQuery): SearchResult {
  checkOptions('searchCatalog()', query, ['pattern', 'words', 'kinds', 'schema', 'limit']);
  const { pattern, words, kinds, schema, limit = 50 } = query;
  if (pattern !== undefined) checkText('pattern', pattern);
  if (words !== undefined) checkText('words', words);
  if (kinds !== undefined && !Array.isArray(kinds))
    throw new IntrospectionError('INVALID_OPTIONS', `kinds must be a list of ${SCHEMA_OBJECT_KINDS.join(', ')}.`);
  for (const kind of kinds ?? []) checkOneOf('One of kinds', kind, SCHEMA_OBJECT_KINDS);
  const meant = words === undefined ? [] : questionWords(words);
  if ((pattern === undefined || pattern.trim() === '') && meant.length === 0) {
    throw new IntrospectionError(
      'INVALID_OPTIONS',
      'Give searchCatalog() a pattern, or words that say more than "the" and "of".',
    );
  }
  checkPositive('limit', limit);

  const { objects, index, matchesOf } = searchIndexOf(catalog);
  const scores = new Array<number>(objects.length).fill(0);
  for (const { word, weight } of meant) index.add(scores, matchesOf(word), weight);
  const fits = pattern === undefined || pattern.trim() === '' ? () => 1 : compilePattern(pattern.trim());

  const hits: { hit: SearchHit; exactness: number }[] = [];
  objects.forEach((object, place) => {
    if (kinds && !kinds.includes(object.kind)) return;
    if (schema !== undefined && object.schema !== schema) return;
    const score = scores[place] ?? 0;
    if (meant.length > 0 && score === 0) return;
    const exactness = fits(object);
    if (exactness > 0) hits.push({ hit: { ...object, score }, exactness });
  });
  hits.sort((one, other) => other.hit.score - one.hit.score || other.exactness - one.exactness);
  return { hits: hits.slice(0, limit).map(({ hit }) => hit), total: hits.length };
}

interface SearchIndex {
  readonly objects: readonly SchemaObject[];
  readonly index: Bm25Index;
  readonly matchesOf: ReturnType<typeof createWordMatcher>;
}

const searchIndexes = new WeakMap<DatabaseCatalog, SearchIndex>();

function searchIndexOf(catalog: DatabaseCatalog): SearchIndex {
  const known = searchIndexes.get(catalog);
  if (known) return known;
  const objects = listObjects(catalog);
  const index = createBm25Index(
    objects.map((object) => [
      { words: wordsOf(object.column ?? object.name), weight: 3 },
      { words: object.column === undefined ? [] : wordsOf(object.name), weight: 0.5 },
      { words: wordsOf(object.comment ?? ''), weight: 1 },
      { words: (object.labels ?? []).flatMap(wordsOf), weight: 1 },
    ]),
  );
  const made = { objects, index, matchesOf: createWordMatcher(index.vocabulary) };
  searchIndexes.set(catalog, made);
  return made;
}
