import type { CatalogAnswer, SetName } from './catalog-row.ts';
import type { CatalogSets } from './catalog-set.ts';
import { COMMON_TABLES } from './common-tables.ts';
import { CONSTRAINT_SETS } from './constraint-sets.ts';
import { IntrospectionError } from './errors.ts';
import { OBJECT_SETS } from './object-sets.ts';
import { RELATION_SETS } from './relation-sets.ts';

const CATALOG_SETS: CatalogSets = { ...RELATION_SETS, ...CONSTRAINT_SETS, ...OBJECT_SETS };
const SET_NAMES = Object.keys(CATALOG_SETS) as SetName[];

function selectSet(name: SetName): string {
  const set = CATALOG_SETS[name];
  const arrays = set.columns.map((column) => `'${column}', coalesce(pg_catalog.json_agg(f."${column}"), '[]')`);
  const facts = `select pg_catalog.json_build_object(${arrays.join(', ')})::text from (${set.sql}) as f`;
  return `select '${name}'::text as "set", (${facts}) as "facts"`;
}

// View definitions are printed under a search path of their own. The parts of a UNION ALL run one after the other, so
// this set stands last, and the path is put back after it, for the rest of a transaction that the caller may be in.
const LAST_SET: SetName = 'definitions';
const ORDERED_NAMES = [...SET_NAMES.filter((name) => name !== LAST_SET), LAST_SET];
const RESTORE_PATH = `select 'path'::text, (select pg_catalog.set_config('search_path', path, true) from previous_path)`;

/**
 * One statement that reads everything: a row per set of facts, each one JSON text. One statement means one round trip
 * and one snapshot at any size. Arrays per column instead of an object per row: the names are not repeated a hundred
 * thousand times, and `json_agg` looks the type up once.
 */
export const CATALOG_QUERY = `with ${COMMON_TABLES}
${[...ORDERED_NAMES.map(selectSet), RESTORE_PATH].join('\nunion all\n')}`;

/** A row of {@link CATALOG_QUERY}. */
export interface CatalogSetRow {
  readonly set: string;
  readonly facts: string;
}

/** Values for {@link CATALOG_QUERY}. */
export function catalogQueryValues(schemas: readonly string[] | undefined, statistics: boolean): readonly unknown[] {
  return [schemas === undefined ? null : JSON.stringify(schemas), statistics];
}

/**
 * Turns the rows of {@link CATALOG_QUERY} into typed sets.
 *
 * @throws IntrospectionError `UNEXPECTED_ANSWER` when a set is missing or has columns of different lengths.
 */
export function readCatalogAnswer(rows: readonly CatalogSetRow[]): CatalogAnswer {
  const texts = new Map<string, unknown>(rows.map(({ set, facts }) => [set, facts]));
  const answer: Partial<Record<SetName, unknown>> = {};
  for (const name of SET_NAMES) {
    const text = texts.get(name);
    // A driver with a parser of its own for text never parses JSON, but one that maps every value may.
    const parsed: unknown = typeof text === 'string' ? JSON.parse(text) : text;
    if (!isColumnar(parsed, CATALOG_SETS[name].columns)) {
      throw new IntrospectionError(
        'UNEXPECTED_ANSWER',
        `The catalog query gave no usable "${name}". Pass a driver whose query(text, values) resolves to { rows } with one object per row.`,
      );
    }
    answer[name] = parsed;
  }
  return answer as CatalogAnswer;
}

function isColumnar(value: unknown, columns: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const lists = columns.map((column) => (value as Record<string, unknown>)[column]);
  const first = lists[0];
  return Array.isArray(first) && lists.every((list) => Array.isArray(list) && list.length === first.length);
}
