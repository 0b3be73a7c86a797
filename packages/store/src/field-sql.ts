import type { Field } from './fields.ts';
import { arrayText, quoteIdentifier, quoteLiteral } from './sql-text.ts';

/** Longest part of a text that an index holds, in characters: a whole text may exceed a B-tree's 2,704 bytes, and then the insert fails. */
export const INDEXED_CHARACTERS = 256;

/** The expressions of a field. Filters, orders and indexes use the same texts: an index on another spelling is never used. */
export interface FieldSql {
  /** jsonb at the path, or the column. */
  readonly value: string;
  /** What is compared, in the declared type. */
  readonly key: string;
  /** A prefix of `key` that an index can hold; only for texts at a path. */
  readonly prefix?: string;
  /** True where the value has the declared type, NULL or false elsewhere. */
  readonly guard: string;
  /** The part of `guard` that is the predicate of a partial index. */
  readonly indexed: string;
  /** The type of `key`. */
  readonly keyType: string;
}

/** Columns of PostgreSQL types by field type; texts are declared `COLLATE "C"`. */
const COLUMN_TYPES = { string: 'text', date: 'timestamptz', number: 'numeric', boolean: 'boolean', json: 'jsonb' };

/** The SQL of a field. `schema` is where the function `instant` lives. */
export function fieldSql(field: Field, schema: string): FieldSql {
  if (field.kind === 'column') {
    return {
      value: field.column,
      key: field.column,
      guard: `${field.column} is not null`,
      indexed: 'true',
      keyType: COLUMN_TYPES[field.type],
    };
  }
  const path = `${quoteLiteral(arrayText(field.path))}::text[]`;
  const value = `(${field.column} #> ${path})`;
  const isText = `jsonb_typeof(${value}) = 'string'`;
  switch (field.type) {
    case 'string': {
      const text = `(${field.column} #>> ${path})`;
      return {
        value,
        key: `(${text} collate "C")`,
        prefix: `(left(${text}, ${INDEXED_CHARACTERS}) collate "C")`,
        guard: isText,
        indexed: isText,
        keyType: 'text',
      };
    }
    case 'date': {
      const key = `${quoteIdentifier(schema)}.instant(${value})`;
      // With "key is not null" as its predicate, the planner would not use the statistics of the index.
      return { value, key, guard: `(${isText} and ${key} is not null)`, indexed: isText, keyType: 'timestamp' };
    }
    case 'json':
      return { value, key: value, guard: `${value} is not null`, indexed: `${value} is not null`, keyType: 'jsonb' };
    default: {
      const guard = `jsonb_typeof(${value}) = '${field.type}'`;
      return { value, key: value, guard, indexed: guard, keyType: 'jsonb' };
    }
  }
}

/** The first characters of a text, as `left` of PostgreSQL counts them. */
export function indexedPrefix(text: string): string {
  return text.length <= INDEXED_CHARACTERS ? text : Array.from(text).slice(0, INDEXED_CHARACTERS).join('');
}
