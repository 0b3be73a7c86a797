import { createHash } from 'node:crypto';
import { type Column, type DatabaseCatalog, quoteIdentifier, type Table } from '@pgmcp/schema-introspect';
import { PgmcpError } from '../errors.ts';
import { COMPANION_COLUMNS, type Companion, companionComment, findCompanion } from './companion.ts';
import { isText, resolveColumn, resolveTable } from './vector-source.ts';

/** How vectors are found fast. */
export type EmbeddingIndex = 'hnsw' | 'ivfflat' | 'none';

/** What an operator wants embedded. */
export interface EmbeddingRequest {
  readonly table: string;
  readonly column: string;
  readonly index: EmbeddingIndex;
  /** A column that tells when a row was changed last. */
  readonly changedBy: string | undefined;
  /** Whether triggers mark what has changed. */
  readonly triggers: boolean;
  readonly model: string;
  readonly dimensions: number;
  /** Roles that may search. */
  readonly readers: readonly string[];
}

/** What there is to do, and where. */
export interface EmbeddingPlan {
  readonly source: Table;
  readonly text: Column;
  readonly keys: readonly Column[];
  /** The embeddings table, quoted, and what its comment will say. */
  readonly relation: string;
  readonly companion: Companion;
  /** Whether vectors of another model are in it: all are made again. */
  readonly replacesModel: boolean;
  readonly changedBy: Column | undefined;
  readonly triggers: boolean;
  /** What is missing, before the vectors come. */
  readonly before: readonly string[];
  /** What is missing and better made when they are there. */
  readonly after: readonly string[];
  /** What the operator may want too, as a comment. */
  readonly advice: readonly string[];
}

/** pgvector's limit for an index on `vector`. */
const MAX_INDEXED_DIMENSIONS = 2_000;

const invalid = (message: string): PgmcpError => new PgmcpError('VALIDATION_ERROR', message);
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `table_column_embeddings`, within PostgreSQL's 63 bytes. */
function companionName(table: string, column: string): string {
  const name = `${table}_${column}_embeddings`;
  if (Buffer.byteLength(name) <= 63) return name;
  const hash = createHash('sha256')
    .update(JSON.stringify([table, column]))
    .digest('hex')
    .slice(0, 8);
  return `${[...name]
    .slice(0, 30)
    .join('')
    .replace(/[^\x20-\x7e]/g, '_')}_${hash}_embeddings`;
}

/**
 * Says what an embeddings table still needs.
 *
 * @throws PgmcpError `VALIDATION_ERROR` for what cannot be embedded or kept, with the cure
 */
export function planEmbeddings(catalog: DatabaseCatalog, request: EmbeddingRequest): EmbeddingPlan {
  const source = resolveTable(catalog, request.table);
  const text = resolveColumn(source, request.column);
  const shown = `${source.schema}.${source.name}`;
  if (!['table', 'partitioned table'].includes(source.kind))
    throw invalid(`${shown} is a ${source.kind}: embeddings are kept for tables. Name the table that it reads.`);
  if (!isText(text)) throw invalid(`${shown}.${text.name} is ${text.type}: only text is embedded.`);
  const keyNames = source.primaryKey?.columns ?? [];
  if (keyNames.length === 0)
    throw invalid(`${shown} has no primary key, by which a vector would belong to a row. Add one.`);
  const keys = keyNames.map((name) => resolveColumn(source, name));
  const reserved = keyNames.find((name) => Object.values<string>(COMPANION_COLUMNS).includes(name));
  if (reserved !== undefined)
    throw invalid(`The primary key of ${shown} has a column "${reserved}", a name that embeddings need.`);
  if (request.index !== 'none' && request.dimensions > MAX_INDEXED_DIMENSIONS) {
    throw invalid(
      `pgvector indexes up to ${MAX_INDEXED_DIMENSIONS} dimensions, and the model gives ${request.dimensions}. Set PG_MCP_EMBEDDINGS_DIMENSIONS lower where the model can, or use --index none.`,
    );
  }
  const changedBy = request.changedBy === undefined ? undefined : resolveColumn(source, request.changedBy);
  if (changedBy !== undefined && !changedBy.type.startsWith('timestamp'))
    throw invalid(`${changedBy.name} is ${changedBy.type}: --changed-by takes a column of timestamps.`);

  const made = findCompanion(catalog, source, text.name);
  const name = made?.table.name ?? companionName(source.name, text.name);
  const squatter = made
    ? undefined
    : catalog.tables.find((each) => each.schema === source.schema && each.name === name);
  if (squatter)
    throw invalid(`There is a table ${source.schema}.${name} that is no embeddings table. Rename or drop it.`);
  const relation = `${quoteIdentifier(source.schema)}.${quoteIdentifier(name)}`;
  // Anybody who may make tables there can write such a comment; what is written into a table runs the triggers of its owner.
  if (made !== undefined && ![source.owner, catalog.role].includes(made.table.owner)) {
    throw invalid(
      `${relation} says that it holds the embeddings, and belongs to ${made.table.owner}: neither to the owner of ${shown} nor to ${catalog.role}, as which this runs. Drop it, or give it to one of them after a look at its triggers.`,
    );
  }
  checkDimensions(made?.table, request, relation);
  const companion: Companion = { schema: source.schema, table: source.name, column: text.name, model: request.model };
  const written: Parts = { catalog, request, source, text, keys, relation, name, companion, made: made?.table };
  return {
    source,
    text,
    keys,
    relation,
    companion,
    replacesModel: made !== undefined && made.companion.model !== request.model,
    changedBy,
    triggers: request.triggers,
    before: beforeFilling(written),
    after: indexStatements(written),
    advice: [
      `CREATE INDEX CONCURRENTLY ON ${quoteIdentifier(source.schema)}.${quoteIdentifier(source.name)} USING gin (to_tsvector('simple', ${quoteIdentifier(text.name)}))`,
    ],
  };
}

interface Parts {
  readonly catalog: DatabaseCatalog;
  readonly request: EmbeddingRequest;
  readonly source: Table;
  readonly text: Column;
  readonly keys: readonly Column[];
  readonly relation: string;
  readonly name: string;
  readonly companion: Companion;
  readonly made: Table | undefined;
}

function checkDimensions(made: Table | undefined, { dimensions, model }: EmbeddingRequest, relation: string): void {
  const vector = made?.columns.find(({ name }) => name === COMPANION_COLUMNS.vector);
  const length = /\((\d+)\)$/.exec(vector?.type ?? '')?.[1];
  if (length === undefined || Number(length) === dimensions) return;
  throw invalid(
    `${relation} holds vectors of ${length} dimensions, and the model ${model} gives ${dimensions}. Set PG_MCP_EMBEDDINGS_DIMENSIONS to ${length} where the model can, or start anew after DROP TABLE ${relation}.`,
  );
}

function beforeFilling(parts: Parts): string[] {
  const { catalog, request, source, keys, relation, companion, made } = parts;
  const extension = catalog.extensions.find((each) => each.name === 'vector');
  const schema = extension === undefined ? '' : `${quoteIdentifier(extension.schema)}.`;
  const table = `${quoteIdentifier(source.schema)}.${quoteIdentifier(source.name)}`;
  const keyList = keys.map(({ name }) => quoteIdentifier(name)).join(', ');
  const statements: string[] = [];
  if (extension === undefined) statements.push('CREATE EXTENSION vector');
  if (made === undefined) {
    const columns = [
      ...keys.map(({ name, type }) => `${quoteIdentifier(name)} ${type} NOT NULL`),
      `${COMPANION_COLUMNS.vector} ${schema}vector(${request.dimensions}) NOT NULL`,
      `${COMPANION_COLUMNS.hash} text NOT NULL`,
      `${COMPANION_COLUMNS.at} timestamptz NOT NULL`,
      `${COMPANION_COLUMNS.stale} boolean NOT NULL DEFAULT false`,
      `PRIMARY KEY (${keyList})`,
      `FOREIGN KEY (${keyList}) REFERENCES ${table} (${keyList}) ON UPDATE CASCADE ON DELETE CASCADE`,
    ];
    statements.push(
      `CREATE TABLE ${relation} (\n  ${columns.join(',\n  ')}\n)`,
      `COMMENT ON TABLE ${relation} IS ${literal(companionComment(companion))}`,
    );
  }
  if (source.rowSecurity !== 'off' && (made?.rowSecurity ?? 'off') === 'off') {
    // Vectors tell much of their texts: who may not read a row may not read its vector. The policy of the text decides.
    const same = keys
      .map(({ name }) => `s.${quoteIdentifier(name)} = ${relation}.${quoteIdentifier(name)}`)
      .join(' AND ');
    statements.push(
      `ALTER TABLE ${relation} ENABLE ROW LEVEL SECURITY`,
      `CREATE POLICY readers_of_the_text ON ${relation} FOR SELECT USING (EXISTS (SELECT FROM ${table} AS s WHERE ${same}))`,
    );
  }
  if (made === undefined) {
    const readers = request.readers.filter((role) => role !== catalog.role).map(quoteIdentifier);
    if (readers.length > 0) statements.push(`GRANT SELECT ON ${relation} TO ${readers.join(', ')}`);
  }
  return [...statements, ...(request.triggers ? triggerStatements(parts, table) : [])];
}

function triggerStatements({ source, text, keys, relation, name }: Parts, table: string): string[] {
  const trigger = quoteIdentifier(name);
  if (source.triggers.some((each) => each.name === name)) return [];
  const same = keys.map(({ name: key }) => `${quoteIdentifier(key)} = NEW.${quoteIdentifier(key)}`).join(' AND ');
  const procedure = `${quoteIdentifier(source.schema)}.${trigger}`;
  return [
    // Whoever changes the text has no right on its embedding: the function has, and does one thing.
    `CREATE FUNCTION ${procedure}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS ` +
      dollarQuoted(`BEGIN UPDATE ${relation} SET ${COMPANION_COLUMNS.stale} = true WHERE ${same}; RETURN NULL; END`),
    `REVOKE ALL ON FUNCTION ${procedure}() FROM PUBLIC`,
    `CREATE TRIGGER ${trigger} AFTER UPDATE OF ${quoteIdentifier(text.name)} ON ${table} FOR EACH ROW ` +
      `WHEN (OLD.${quoteIdentifier(text.name)} IS DISTINCT FROM NEW.${quoteIdentifier(text.name)}) EXECUTE FUNCTION ${procedure}()`,
  ];
}

/** In quotes that the text does not hold: a name in it must not end it. */
function dollarQuoted(text: string): string {
  let tag = '$body$';
  for (let attempt = 1; text.includes(tag); attempt += 1) tag = `$body${attempt}$`;
  return `${tag} ${text} ${tag}`;
}

function indexStatements({ catalog, request, relation, made }: Parts): string[] {
  const { index } = request;
  if (index === 'none' || made?.indexes.some(({ method }) => method === 'hnsw' || method === 'ivfflat')) return [];
  const schema = catalog.extensions.find(({ name }) => name === 'vector')?.schema;
  const operators = `${schema === undefined ? '' : `${quoteIdentifier(schema)}.`}vector_cosine_ops`;
  return [`CREATE INDEX ON ${relation} USING ${index} (${COMPANION_COLUMNS.vector} ${operators})`];
}
