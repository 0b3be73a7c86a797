import type { Declaration } from './declaration.ts';
import { StoreError } from './errors.ts';
import { isJsonObject, type JsonObject, readJson } from './json.ts';
import type { RecordRow } from './record.ts';

const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint::text`;

const COLUMNS = [
  't.scope',
  't.id',
  'to_jsonb(t.namespace)::text as record_namespace',
  't.type',
  't.session_id',
  't.thread_id',
  't.metadata::text as record_metadata',
  't.data::text as record_data',
  't.version::text as record_version',
  `${milliseconds('t.created_at')} as record_created_at`,
  `${milliseconds('t.updated_at')} as record_updated_at`,
  `${milliseconds('t.expires_at')} as record_expires_at`,
].join(', ');

/**
 * What to select from a table called `t`. Everything comes as text, so no driver's parser plays a part. No column of
 * the answer has the name of a column of the table: ORDER BY would take the text for it.
 */
export function selectList(declaration: Declaration, extra: { bytes?: boolean; embedding?: boolean } = {}): string {
  const bytes = extra.bytes && declaration.bytes ? `, encode(t.bytes, 'base64') as bytes` : '';
  // Both vector and real[] are written as numbers between brackets or braces.
  const embedding = extra.embedding && declaration.vector !== undefined ? ', t.embedding::text as embedding' : '';
  return COLUMNS + bytes + embedding;
}

/** A row as {@link selectList} gives it. */
export interface SqlRow {
  readonly scope: string;
  readonly id: string;
  readonly record_namespace: string;
  readonly type: string | null;
  readonly session_id: string | null;
  readonly thread_id: string | null;
  readonly record_metadata: string;
  readonly record_data: string;
  readonly record_version: string;
  readonly record_created_at: string;
  readonly record_updated_at: string;
  readonly record_expires_at: string | null;
  readonly bytes?: string | null;
  readonly embedding?: string | null;
}

function readObject(text: string): JsonObject {
  const value = readJson(text);
  if (isJsonObject(value)) return value;
  throw new StoreError(
    'UNEXPECTED_ANSWER',
    'A record in the database is no JSON object; something else wrote the table.',
  );
}

/** Reads a row. */
export function readRow(row: SqlRow): RecordRow {
  if (typeof row.record_data !== 'string' || typeof row.record_metadata !== 'string')
    throw new StoreError('UNEXPECTED_ANSWER', 'The driver gave something else than text for a column of text.');
  return {
    scope: row.scope,
    id: row.id,
    namespace: readJson(row.record_namespace) as string[],
    type: row.type ?? undefined,
    sessionId: row.session_id ?? undefined,
    threadId: row.thread_id ?? undefined,
    metadata: readObject(row.record_metadata),
    data: readObject(row.record_data),
    version: Number(row.record_version),
    createdAt: Number(row.record_created_at),
    updatedAt: Number(row.record_updated_at),
    expiresAt: row.record_expires_at === null ? undefined : Number(row.record_expires_at),
    // PostgreSQL breaks base64 into lines; Buffer ignores them.
    bytes: row.bytes == null ? undefined : new Uint8Array(Buffer.from(row.bytes, 'base64')),
    embedding: row.embedding == null ? undefined : row.embedding.slice(1, -1).split(',').map(Number),
  };
}
