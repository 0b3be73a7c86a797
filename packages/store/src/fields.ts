import { StoreError } from './errors.ts';
import type { Json } from './json.ts';
import type { RecordRow } from './record.ts';

/**
 * How the values of a field are compared. A stored value of another JSON type never matches a comparison and comes last in order.
 *
 * - `number`: JSON numbers, by value; `bigint` operands are exact.
 * - `string`: by code point.
 * - `boolean`: false before true.
 * - `date`: texts in ISO 8601 with a zone (or bare dates, midnight UTC), as instants with milliseconds.
 * - `json`: any value; equality, `$in`, `$exists` and `$contains` (containment of jsonb) only.
 */
export type FieldType = 'number' | 'string' | 'boolean' | 'date' | 'json';

/** A path of the record that filters, orders and indexes may name. */
export interface FieldDeclaration {
  readonly type: FieldType;
  /** Keys from the root, default the name of the field. Positions in arrays are not paths. */
  readonly path?: readonly string[];
  /** Where the path starts. @default 'data' */
  readonly in?: 'data' | 'metadata';
}

/** A resolved field: a JSON path, or a column that every record has. */
export type Field = { readonly name: string; readonly type: FieldType } & (
  | { readonly kind: 'path'; readonly column: 'data' | 'metadata'; readonly path: readonly string[] }
  | { readonly kind: 'column'; readonly column: string; readonly read: (row: RecordRow) => Json | undefined }
);

const instantText = (milliseconds: number | undefined): Json | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

function column(name: string, sqlName: string, type: FieldType, read: (row: RecordRow) => Json | undefined): Field {
  return { name, type, kind: 'column', column: sqlName, read };
}

/** What every record has. */
export const RECORD_FIELDS: ReadonlyMap<string, Field> = new Map(
  [
    column('id', 'id', 'string', (row) => row.id),
    column('type', 'type', 'string', (row) => row.type),
    column('sessionId', 'session_id', 'string', (row) => row.sessionId),
    column('threadId', 'thread_id', 'string', (row) => row.threadId),
    column('version', 'version', 'number', (row) => row.version),
    column('createdAt', 'created_at', 'date', (row) => instantText(row.createdAt)),
    column('updatedAt', 'updated_at', 'date', (row) => instantText(row.updatedAt)),
    column('expiresAt', 'expires_at', 'date', (row) => instantText(row.expiresAt)),
  ].map((field) => [field.name, field]),
);

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
const FIELD_TYPES: readonly string[] = ['number', 'string', 'boolean', 'date', 'json'] satisfies FieldType[];
// jsonb's #> takes such a key for a position when it meets an array.
const POSITION = /^\s*[+-]?\d+\s*$/;

/** Checks the declared fields and adds those of every record. */
export function resolveFields(declared: Readonly<Record<string, FieldDeclaration>>): ReadonlyMap<string, Field> {
  const fields = new Map(RECORD_FIELDS);
  for (const [name, declaration] of Object.entries(declared)) {
    const wrong = (why: string): never => {
      throw new StoreError('INVALID_OPTIONS', `Field "${name}" ${why}`);
    };
    if (typeof declaration !== 'object' || declaration === null) wrong("takes an object such as { type: 'string' }.");
    const { type, path = [name], in: source = 'data', ...rest } = declaration;
    if (!FIELD_NAME.test(name)) wrong('needs a name of letters, digits and _ that starts with a letter.');
    if (RECORD_FIELDS.has(name)) wrong(`has the name of a field of every record; choose another and set "path".`);
    if (!FIELD_TYPES.includes(type)) wrong(`has the unknown type "${type}"; use ${FIELD_TYPES.join(', ')}.`);
    if (source !== 'data' && source !== 'metadata') wrong('must be in "data" or "metadata".');
    if (Object.keys(rest).length > 0) wrong(`has the unknown option "${Object.keys(rest)[0]}".`);
    if (!Array.isArray(path) || path.length === 0 || path.length > 16) wrong('needs a path of 1 to 16 keys.');
    for (const key of path) {
      if (typeof key !== 'string') wrong('has a key in its path that is no text.');
      if (POSITION.test(key)) wrong(`has the key "${key}" in its path: positions in arrays cannot be declared.`);
      if (key.includes('\u0000') || !key.isWellFormed()) wrong('has a key in its path that PostgreSQL cannot store.');
    }
    fields.set(name, { name, type, kind: 'path', column: source, path: [...path] });
  }
  return fields;
}

/** Finds a field by name, or says which exist. */
export function findField(fields: ReadonlyMap<string, Field>, name: string, collection: string): Field {
  const field = fields.get(name);
  if (field !== undefined) return field;
  throw new StoreError(
    'INVALID_FILTER',
    `"${name}" is no declared field of collection "${collection}"; declare it in "fields" or use ${[...fields.keys()].join(', ')}.`,
  );
}
