import { checkOneOf, checkOptions, checkPositive, checkText } from './check-options.ts';
import { shortType } from './formats/short-type.ts';
import { qualifiedName, quoteIdentifier } from './names.ts';
import { nearestNames } from './nearest-names.ts';
import { plainText } from './plain-text.ts';
import { normalizeValue, type Phrase, questionPhrases } from './question-phrases.ts';
import type { Column, DatabaseCatalog } from './schema.ts';
import { STOP_WORDS } from './stop-words.ts';

/** A stored value that a question seems to mean. */
export interface ValueHint {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** As it is stored, cut at 50 characters, control characters removed. Data: untrusted. */
  readonly value: string;
  /** The words of the question that it matches. */
  readonly phrase: string;
  readonly source: 'enum' | 'statistics' | 'search';
  readonly match: 'equal' | 'similar';
}

/** Options of {@link findValueHints}. */
export interface ValueHintOptions {
  /**
   * Where values may come from: enum labels only, which are structure, or common values of the statistics too, which
   * are data. The catalog holds the latter only when it was read with `statistics`. Default `enums`.
   */
  readonly from?: 'enums' | 'statistics';
  /** Most hints. Default 12. */
  readonly maxHints?: number;
  /** Most hints of one column. Default 3. */
  readonly maxPerColumn?: number;
}

/** Longest value that is shown. */
const MAX_VALUE_CHARACTERS = 50;

/**
 * Finds stored values that a question names, so that a statement compares with `'Refunded'` and not with `'refund'`:
 * equal phrases first (without case, accents and punctuation), then similar ones. No query.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`
 */
export function findValueHints(
  catalog: DatabaseCatalog,
  question: string,
  options: ValueHintOptions = {},
): readonly ValueHint[] {
  checkOptions('findValueHints()', options, ['from', 'maxHints', 'maxPerColumn']);
  const { from = 'enums', maxHints = 12, maxPerColumn = 3 } = options;
  checkText('The question of findValueHints()', question);
  checkOneOf('from', from, ['enums', 'statistics']);
  checkPositive('maxHints', maxHints);
  checkPositive('maxPerColumn', maxPerColumn);
  const index = valueIndexOf(catalog, from);
  const phrases = questionPhrases(question).filter(canBeValue);
  const hints: ValueHint[] = [];
  const covered: Phrase[] = [];
  for (const phrase of phrases) {
    const places = index.places.get(phrase.normal);
    // `New York City` found as a whole makes `New York` and `City` noise.
    if (!places || covered.some(({ normal }) => ` ${normal} `.includes(` ${phrase.normal} `))) continue;
    covered.push(phrase);
    for (const place of places) hints.push({ ...place, phrase: phrase.text, match: 'equal' });
  }
  for (const phrase of phrases) {
    if (phrase.normal.length < 5 || covered.some(({ normal }) => normal.includes(phrase.normal))) continue;
    const near = (index.byStart.get(phrase.normal.slice(0, 1)) ?? []).filter(
      (normal) => Math.abs(normal.length - phrase.normal.length) <= 3,
    );
    for (const normal of nearestNames(phrase.normal, near, (each) => [each], LEAST_SIMILARITY).slice(0, 2)) {
      for (const place of index.places.get(normal) ?? [])
        hints.push({ ...place, phrase: phrase.text, match: 'similar' });
    }
  }
  return limitHints(hints, maxHints, maxPerColumn);
}

const LEAST_SIMILARITY = 0.6;

/** Keeps the first hints of each column, each value once. */
export function limitHints(hints: readonly ValueHint[], maxHints: number, maxPerColumn: number): readonly ValueHint[] {
  const perColumn = new Map<string, Set<string>>();
  return hints
    .filter(({ schema, table, column, value }) => {
      const key = `${schema}\0${table}\0${column}`;
      const values = perColumn.get(key) ?? new Set();
      perColumn.set(key, values);
      if (values.has(value) || values.size >= maxPerColumn) return false;
      values.add(value);
      return true;
    })
    .slice(0, maxHints);
}

/** Whether a phrase says enough to be a value: not only function words, not a bare short number. */
export function canBeValue({ normal, quoted }: Phrase): boolean {
  if (quoted) return true;
  if (!/\p{L}/u.test(normal) || normal.length < 2) return false;
  return normal.split(' ').some((word) => !STOP_WORDS.has(word));
}

/** A value in the form in which it may be shown. */
export function shownValue(value: string): string {
  return plainText(value, MAX_VALUE_CHARACTERS);
}

/** One line per hint, `retail.orders.status ≈ 'refunded'`, for a block of data in a prompt. */
export function renderValueHints(hints: readonly ValueHint[]): string {
  return hints
    .map(
      ({ schema, table, column, value }) =>
        `${qualifiedName(schema, table)}.${quoteIdentifier(column)} ≈ '${value.replaceAll("'", "''")}'`,
    )
    .join('\n');
}

type ValuePlace = Omit<ValueHint, 'phrase' | 'match'>;

interface ValueIndex {
  readonly places: ReadonlyMap<string, readonly ValuePlace[]>;
  /** Normal forms by their first character. */
  readonly byStart: ReadonlyMap<string, readonly string[]>;
}

const valueIndexes = new WeakMap<DatabaseCatalog, Map<'enums' | 'statistics', ValueIndex>>();

function valueIndexOf(catalog: DatabaseCatalog, from: 'enums' | 'statistics'): ValueIndex {
  const indexes = valueIndexes.get(catalog) ?? new Map<'enums' | 'statistics', ValueIndex>();
  valueIndexes.set(catalog, indexes);
  const known = indexes.get(from);
  if (known) return known;
  const places = new Map<string, ValuePlace[]>();
  const byStart = new Map<string, string[]>();
  for (const table of catalog.tables) {
    if (!table.selectable) continue;
    for (const column of table.columns) {
      if (column.selectable === false) continue;
      for (const { value, source } of valuesOf(column, from)) {
        const normal = normalizeValue(value);
        if (normal === '') continue;
        const place = {
          schema: table.schema,
          table: table.name,
          column: column.name,
          value: shownValue(value),
          source,
        };
        const others = places.get(normal);
        if (others) others.push(place);
        else {
          places.set(normal, [place]);
          const start = normal.slice(0, 1);
          byStart.set(start, [...(byStart.get(start) ?? []), normal]);
        }
      }
    }
  }
  const index = { places, byStart };
  indexes.set(from, index);
  return index;
}

function valuesOf(
  column: Column,
  from: 'enums' | 'statistics',
): readonly { value: string; source: 'enum' | 'statistics' }[] {
  if (column.enumLabels) return column.enumLabels.map((value) => ({ value, source: 'enum' }));
  if (from === 'enums' || !holdsText(column)) return [];
  return (column.statistics?.commonValues ?? []).map((value) => ({ value, source: 'statistics' }));
}

/** Whether a column holds words that a question may name. */
export function holdsText(column: Column): boolean {
  return ['text', 'varchar', 'char', 'citext', 'name'].includes(shortType(column.domainBaseType ?? column.type));
}
