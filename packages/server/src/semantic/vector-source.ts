import { type Column, type DatabaseCatalog, findTables, quoteIdentifier, type Table } from '@pgmcp/schema-introspect';
import { PgmcpError } from '../errors.ts';
import { nearestName } from '../nearest.ts';
import { tableCure } from '../no-such-table.ts';
import { COMPANION_COLUMNS, findCompanion } from './companion.ts';

/** Where vectors are, and which rows they stand for. */
export interface VectorSource {
  /** The table whose rows are found. */
  readonly table: Table;
  /** The vector column: of the table itself, or of its embeddings table. */
  readonly vector: Column;
  /** The embeddings table, when the vectors are not in the table itself. */
  readonly companion: Table | undefined;
  /** The model whose vectors these are, where that is known. */
  readonly model: string | undefined;
  /** Length of the vectors, where the column says it. */
  readonly dimensions: number | undefined;
  /** The type without its length, quoted, in its schema: `"public"."vector"`. */
  readonly type: string;
  /** The schema of pgvector, quoted. */
  readonly extensionSchema: string;
  /** The distance by which the index of the column is ordered; cosine without an index. */
  readonly distance: '<=>' | '<->' | '<#>';
  /** The text of each row, when it is known. */
  readonly text: Column | undefined;
}

const VECTOR_TYPES = ['vector', 'halfvec'];
const TEXT_TYPES = /^(?:text|character varying|character|citext|.*\.citext)\b/;

const invalid = (message: string, details?: Record<string, unknown>): PgmcpError =>
  new PgmcpError('VALIDATION_ERROR', message, { details });

/** Whether a column holds vectors that can be searched. */
export const isVector = ({ userType, elementType }: Column): boolean =>
  elementType === undefined && VECTOR_TYPES.includes(userType?.name ?? '');

/** Whether a column holds text. */
export const isText = ({ type }: Column): boolean => TEXT_TYPES.test(type);

/**
 * Finds the table that a caller means.
 *
 * @throws PgmcpError `VALIDATION_ERROR` with the nearest names
 */
export function resolveTable(catalog: DatabaseCatalog, name: string): Table {
  const { found, missing } = findTables(catalog, [name]);
  const [table, other] = found;
  if (table !== undefined && other === undefined) return table;
  if (other !== undefined)
    throw invalid(
      `Several tables are called ${name}: write one of ${found.map((each) => `${each.schema}.${each.name}`).join(', ')}.`,
    );
  throw invalid(`There is no table ${JSON.stringify(name)}. ${tableCure(missing[0]?.nearest ?? [])}`);
}

/**
 * Finds a column.
 *
 * @throws PgmcpError `VALIDATION_ERROR` with the nearest name
 */
export function resolveColumn(table: Table, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column) return column;
  const names = table.columns.map((each) => each.name);
  const meant = nearestName(name, names);
  const cure = meant === undefined ? `It has ${names.join(', ')}.` : `Did you mean ${meant}?`;
  throw invalid(`${table.schema}.${table.name} has no column ${JSON.stringify(name)}. ${cure}`);
}

/**
 * Finds the vectors of a column: the column itself, or those of the embeddings table that `embed` made for a text column.
 *
 * @throws PgmcpError `VALIDATION_ERROR` naming what is missing: pgvector, a vector column, the embeddings
 */
export function findVectors(catalog: DatabaseCatalog, tableName: string, columnName: string): VectorSource {
  const table = resolveTable(catalog, tableName);
  const column = resolveColumn(table, columnName);
  const extension = catalog.extensions.find(({ name }) => name === 'vector');
  if (extension === undefined) {
    throw invalid(
      'This database has no pgvector, so nothing in it can be searched by meaning. Its operator installs it with CREATE EXTENSION vector.',
    );
  }
  const made = isVector(column) ? undefined : findCompanion(catalog, table, column.name);
  const vector = isVector(column)
    ? column
    : made?.table.columns.find((each) => each.name === COMPANION_COLUMNS.vector && isVector(each));
  if (vector === undefined) throw notSearchable(table, column);
  const { name: typeName = 'vector', schema = extension.schema } = vector.userType ?? {};
  const extensionSchema = quoteIdentifier(schema);
  const dimensions = /\((\d+)\)$/.exec(vector.type)?.[1];
  return {
    table,
    vector,
    companion: made?.table,
    model: made?.companion.model,
    dimensions: dimensions === undefined ? undefined : Number(dimensions),
    type: `${extensionSchema}.${quoteIdentifier(typeName)}`,
    extensionSchema,
    distance: distanceOf(made?.table ?? table, vector.name),
    text: made ? column : undefined,
  };
}

function notSearchable(table: Table, column: Column): PgmcpError {
  const vectors = table.columns.filter(isVector).map(({ name }) => name);
  const cure = [
    ...(vectors.length > 0 ? [`Its vector columns: ${vectors.join(', ')}.`] : []),
    ...(isText(column)
      ? [
          `The operator makes embeddings of a text column with \`pgmcp embed ${table.schema}.${table.name} ${column.name}\`.`,
        ]
      : []),
  ].join(' ');
  const shown = `${table.schema}.${table.name}.${column.name}`;
  return invalid(`${shown} is ${column.type}, neither a vector nor a text with embeddings. ${cure}`.trim());
}

/** The operator of the first valid index on the column: another one could not use it. */
function distanceOf(table: Table, column: string): VectorSource['distance'] {
  const index = table.indexes.find(
    ({ method, valid, definition }) =>
      valid && ['hnsw', 'ivfflat'].includes(method) && definition.includes(quoteIdentifier(column)),
  );
  const metric = /(?:vector|halfvec)_(cosine|l2|ip)_ops/.exec(index?.definition ?? '')?.[1];
  if (index === undefined || metric === 'cosine') return '<=>';
  // pg_get_indexdef leaves the default class out, which is L2 for ivfflat.
  return metric === 'ip' ? '<#>' : '<->';
}
