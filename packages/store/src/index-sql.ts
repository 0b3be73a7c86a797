import { createHash } from 'node:crypto';
import type { Declaration, VectorMetric } from './declaration.ts';
import { fieldSql } from './field-sql.ts';
import type { ResolvedIndex } from './index-declaration.ts';
import { quoteIdentifier } from './sql-text.ts';

const OPERATOR_CLASSES: Readonly<Record<VectorMetric, string>> = {
  cosine: 'vector_cosine_ops',
  l2: 'vector_l2_ops',
  'inner-product': 'vector_ip_ops',
};

/** What is indexed, with its access method and predicate: everything after `on table`. */
function indexBody({ field, method }: ResolvedIndex, schema: string): string {
  const { key, value, prefix, indexed } = fieldSql(field, schema);
  // A path of a record that lacks the declared type is left out: it costs nothing, and a huge value cannot break an insert.
  const where = field.kind === 'path' ? ` where ${indexed}` : '';
  const short = prefix ?? key;
  switch (method) {
    case 'btree':
      return field.name === 'id' ? 'using btree (scope, id)' : `using btree (scope, (${short}), id)${where}`;
    case 'hash':
      return `using hash ((${short}))${where}`;
    case 'gin':
      return field.type === 'json'
        ? `using gin ((${value}) jsonb_path_ops)${where}`
        : `using gin ((${key}) gin_trgm_ops)${where}`;
    case 'gist':
      return `using gist ((${key}) gist_trgm_ops)${where}`;
    case 'brin':
      return `using brin ((${key}))${where}`;
  }
}

/** PostgreSQL cuts a longer name without an error, and then it is never found again. */
const MAX_NAME = 63;

function vectorIndexName(table: string, metric: VectorMetric): string {
  const name = `${table}_embedding_${metric.replace('-', '_')}`;
  if (name.length <= MAX_NAME) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, MAX_NAME - 9)}_${hash}`;
}

/** An index that the table should have: the declared ones and those of the library. */
export interface WantedIndex {
  readonly name: string;
  /** Everything after `create index ... on table`. */
  readonly body: string;
  /** Extension that its operator class comes from. */
  readonly extension?: 'pg_trgm' | 'vector';
}

/** All indexes of a collection but its primary key. */
export function wantedIndexes(declaration: Declaration, schema: string): readonly WantedIndex[] {
  const { table, indexes, vector } = declaration;
  const wanted: WantedIndex[] = [
    { name: `${table}_expiry`, body: 'using btree (expires_at) where expires_at is not null' },
  ];
  for (const index of indexes) {
    const trigrams = index.field.type === 'string' && (index.method === 'gin' || index.method === 'gist');
    const body = indexBody(index, schema);
    wanted.push(trigrams ? { name: index.name, body, extension: 'pg_trgm' } : { name: index.name, body });
  }
  if (vector !== undefined) {
    wanted.push({
      name: vectorIndexName(table, vector.metric),
      body: `using hnsw (embedding ${OPERATOR_CLASSES[vector.metric]})`,
      extension: 'vector',
    });
  }
  return wanted;
}

/** The statement that builds an index. */
export function createIndexSql(
  declaration: Declaration,
  schema: string,
  index: WantedIndex,
  concurrently: boolean,
): string {
  const table = `${quoteIdentifier(schema)}.${quoteIdentifier(declaration.table)}`;
  return `create index${concurrently ? ' concurrently' : ''} if not exists ${quoteIdentifier(index.name)} on ${table} ${index.body}`;
}
