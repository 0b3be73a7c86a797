import type { Declaration } from './declaration.ts';
import { StoreError } from './errors.ts';
import { isJsonObject, type JsonObject, readJson } from './json.ts';
import type { RecordRow } from './record.ts';

const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint::text`;

const COLUMNS = [
  't.scope',
  't.id',
  'to_jsonb(t.namespace)::text as namespace',
  't.type',
  't.session_id',
  't.thread_id',
  't.metadata::text as metadata',
  't.data::text as data',
  't.version::text as version',
  `${milliseconds('t.created_at')} as created_at`,
  `${milliseconds('t.updated_at')} as updated_at`,
  `${milliseconds('t.expires_at')} as expires_at`,
].join(', ');

/** What to select from a table called `t`. Everything comes as text, so no driver's parser plays a part. */
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
  readonly namespace: string;
  readonly type: string | null;
  readonly session_id: string | null;
  readonly thread_id: string | null;
  readonly metadata: string;
  readonly data: string;
  readonly version: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at: string | null;
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
  if (typeof row.data !== 'string' || typeof row.metadata !== 'string')
    throw new StoreError('UNEXPECTED_ANSWER', 'The driver gave something else than text for a column of text.');
  return {
    scope: row.scope,
    id: row.id,
    namespace: readJson(row.namespace) as string[],
    type: row.type ?? undefined,
    sessionId: row.session_id ?? undefined,
    threadId: row.thread_id ?? undefined,
    metadata: readObject(row.metadata),
    data: readObject(row.data),
    version: Number(row.version),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    expiresAt: row.expires_at === null ? undefined : Number(row.expires_at),
    // PostgreSQL breaks base64 into lines; Buffer ignores them.
    bytes: row.bytes == null ? undefined : new Uint8Array(Buffer.from(row.bytes, 'base64')),
    embedding: row.embedding == null ? undefined : row.embedding.slice(1, -1).split(',').map(Number),
  };
}
