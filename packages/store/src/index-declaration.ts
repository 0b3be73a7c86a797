import { createHash } from 'node:crypto';
import { refuseUnknownOptions, StoreError } from './errors.ts';
import type { Field, FieldType } from './fields.ts';

/** An access method of PostgreSQL. */
export type IndexMethod = 'btree' | 'hash' | 'gin' | 'gist' | 'brin';

/**
 * An index on one field.
 *
 * | Field | Methods, the default first | For |
 * |---|---|---|
 * | number, boolean | btree | equality, ranges, order and pages, within a scope |
 * | date | btree, brin | the same; brin is tiny and only for times that rise with insertion |
 * | string | btree, hash, gin, gist | gin and gist (extension pg_trgm) serve `$like` and `$contains` |
 * | json | gin, hash | gin serves `$contains`, hash equality |
 */
export interface IndexDeclaration {
  /** A declared field, or a field of every record such as `createdAt`. */
  readonly field: string;
  /** @default the first of the table above for the type of the field */
  readonly method?: IndexMethod;
}

/** A checked index with its name in the database, which changes with what it indexes. */
export interface ResolvedIndex {
  readonly name: string;
  readonly field: Field;
  readonly method: IndexMethod;
}

const METHODS: Readonly<Record<FieldType, readonly [IndexMethod, ...IndexMethod[]]>> = {
  number: ['btree'],
  boolean: ['btree'],
  date: ['btree', 'brin'],
  string: ['btree', 'hash', 'gin', 'gist'],
  json: ['gin', 'hash'],
};

/** Characters of the table's name in the name of an index. */
const MAX_TABLE = 36;

/** The name of an index, within 63 bytes, different for every different definition in a schema. */
function indexName(table: string, field: Field, method: IndexMethod): string {
  const { kind, type } = field;
  const place = field.kind === 'path' ? [field.column, ...field.path] : [field.column];
  const hash = createHash('sha256')
    // A long name of a table is cut below, and names of indexes are of the whole schema.
    .update(JSON.stringify([kind, type, place, method, ...(table.length > MAX_TABLE ? [table] : [])]))
    .digest('hex')
    .slice(0, 8);
  return `${table.slice(0, MAX_TABLE)}_${field.name.toLowerCase().slice(0, 16)}_${hash}`;
}

/** Checks the declared indexes. */
export function resolveIndexes(
  table: string,
  declared: readonly IndexDeclaration[],
  fields: ReadonlyMap<string, Field>,
): readonly ResolvedIndex[] {
  const resolved = declared.map((index): ResolvedIndex => {
    refuseUnknownOptions(`Index on "${index.field}"`, index, ['field', 'method']);
    const field = fields.get(index.field);
    if (field === undefined)
      throw new StoreError('INVALID_OPTIONS', `Index on "${index.field}": no such field; declare it in "fields".`);
    const allowed = METHODS[field.type];
    const method = index.method ?? allowed[0];
    if (!allowed.includes(method)) {
      throw new StoreError(
        'INVALID_OPTIONS',
        `Index on "${index.field}": ${method} does not serve fields of type ${field.type}; use ${allowed.join(', ')}.`,
      );
    }
    return { name: indexName(table, field, method), field, method };
  });
  const names = new Set(resolved.map(({ name }) => name));
  if (names.size < resolved.length) throw new StoreError('INVALID_OPTIONS', 'The same index is declared twice.');
  return resolved;
}
