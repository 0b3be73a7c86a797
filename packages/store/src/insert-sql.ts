import type { Declaration } from './declaration.ts';
import { type JsonObject, writeJson } from './json.ts';
import type { RecordRow } from './record.ts';
import { nowSql, type SqlContext, tableSql } from './sql-context.ts';
import { arrayText, type Parameters } from './sql-text.ts';

const bytesText = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : `\\x${Buffer.from(bytes).toString('hex')}`;

const namespaceText = (namespace: readonly string[] | undefined): string | undefined =>
  namespace === undefined || namespace.length === 0 ? undefined : arrayText(namespace);

// pgvector reads brackets; real[] reads braces.
const embeddingText = (embedding: readonly number[] | undefined, vector: boolean): string | undefined =>
  embedding === undefined ? undefined : vector ? `[${embedding.join(',')}]` : `{${embedding.join(',')}}`;

/** An instant as PostgreSQL reads it. */
export const instantText = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

type Source = {
  readonly [Name in Exclude<keyof RecordRow, 'data' | 'metadata'>]?: RecordRow[Name] | undefined;
} & {
  /** Text from a draft, a value from a backup. */
  readonly data?: JsonObject | string;
  readonly metadata?: JsonObject | string | undefined;
  readonly ttlMs?: number | null;
};

const jsonText = (value: JsonObject | string | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : writeJson(value, 'record');

/** A column of a batch: its name in the table, its type, and its text in each record. */
interface BatchColumn {
  readonly name: string;
  readonly type: string;
  readonly text: (source: Source) => string | undefined;
}

/** The columns that a record may fill, beside its scope. */
export function batchColumns(declaration: Declaration, hasVector: boolean): BatchColumn[] {
  const columns: BatchColumn[] = [
    { name: 'id', type: 'text', text: ({ id }) => id },
    { name: 'namespace', type: 'text[]', text: ({ namespace }) => namespaceText(namespace) },
    { name: 'type', type: 'text', text: ({ type }) => type },
    { name: 'session_id', type: 'text', text: ({ sessionId }) => sessionId },
    { name: 'thread_id', type: 'text', text: ({ threadId }) => threadId },
    { name: 'metadata', type: 'jsonb', text: ({ metadata }) => jsonText(metadata) },
    { name: 'data', type: 'jsonb', text: ({ data }) => jsonText(data) },
    { name: 'version', type: 'bigint', text: ({ version }) => version?.toString() },
    { name: 'created_at', type: 'timestamptz', text: ({ createdAt }) => instantText(createdAt) },
    { name: 'updated_at', type: 'timestamptz', text: ({ updatedAt }) => instantText(updatedAt) },
    { name: 'expires_at', type: 'timestamptz', text: ({ expiresAt }) => instantText(expiresAt) },
  ];
  if (declaration.bytes) columns.push({ name: 'bytes', type: 'bytea', text: ({ bytes }) => bytesText(bytes) });
  if (declaration.vector !== undefined) {
    const type = hasVector ? 'vector' : 'real[]';
    columns.push({ name: 'embedding', type, text: ({ embedding }) => embeddingText(embedding, hasVector) });
  }
  return columns;
}

/** What a column holds where a record gives nothing. */
export function fallback(name: string, now: string): string {
  if (name === 'namespace' || name === 'metadata') return `'{}'`;
  if (name === 'version') return '1';
  return name === 'created_at' || name === 'updated_at' ? now : 'null';
}

/** `insert into ... select ... from unnest(...)`: one array parameter for each column that any record fills. */
export function insertSql(
  context: SqlContext,
  scope: string | undefined,
  sources: readonly Source[],
  hasVector: boolean,
  parameters: Parameters,
): string {
  const now = nowSql(context);
  const names: string[] = ['scope'];
  const values: string[] = [];
  const arrays: string[] = [];
  const aliases: string[] = [];
  const spread = (name: string, texts: readonly (string | undefined)[]): void => {
    arrays.push(parameters.add(arrayText(texts), 'text[]'));
    aliases.push(name);
  };
  if (scope === undefined) {
    spread(
      'scope',
      sources.map((source) => source.scope),
    );
    values.push('u.scope');
  } else values.push(parameters.add(scope, 'text'));
  for (const { name, type, text } of batchColumns(context.declaration, hasVector)) {
    const texts = sources.map(text);
    if (!texts.some((each) => each !== undefined)) {
      if (name === 'expires_at') continue;
      names.push(name);
      values.push(`${fallback(name, now)}::${type}`);
      continue;
    }
    spread(name, texts);
    names.push(name);
    const value = type === 'text' ? `u.${name}` : `u.${name}::${type}`;
    values.push(texts.includes(undefined) ? `coalesce(${value}, ${fallback(name, now)}::${type})` : value);
  }
  if (!names.includes('expires_at') && sources.some(({ ttlMs }) => typeof ttlMs === 'number')) {
    spread(
      'ttl',
      sources.map(({ ttlMs }) => ttlMs?.toString()),
    );
    names.push('expires_at');
    values.push(`${now} + u.ttl::bigint * interval '1 millisecond'`);
  }
  return `insert into ${tableSql(context)} as t (${names.join(', ')})
    select ${values.join(', ')} from unnest(${arrays.join(', ')}) as u(${aliases.join(', ')})`;
}

/** What makes two records the same one. */
export function conflictTarget({ partition }: Declaration): string {
  return partition?.by === 'time' ? '(scope, id, created_at)' : '(scope, id)';
}

/** Columns that come whole from the new record. */
function takenOver(declaration: Declaration): string[] {
  const columns = ['namespace', 'type', 'session_id', 'thread_id', 'metadata', 'data', 'updated_at', 'expires_at'];
  if (declaration.bytes) columns.push('bytes');
  if (declaration.vector !== undefined) columns.push('embedding');
  return columns.map((name) => `${name} = excluded.${name}`);
}

/** Where the time is part of the key it is equal, and a key is not assigned. */
const isCreatedAtFree = ({ partition }: Declaration): boolean => partition?.by !== 'time';

/** A record replaces one with its id, and goes on counting its versions; `dead`: that one has expired, and counts begin anew. */
export function replaceAssignments(declaration: Declaration, dead: string): string {
  const assignments = [...takenOver(declaration), countVersion(dead)];
  if (isCreatedAtFree(declaration)) assignments.push(keepCreatedAt(dead));
  return assignments.join(', ');
}

/** A record of a backup replaces one with its id, with the version and the time that it had. */
export function restoreAssignments(declaration: Declaration): string {
  const assignments = [...takenOver(declaration), 'version = excluded.version'];
  if (isCreatedAtFree(declaration)) assignments.push('created_at = excluded.created_at');
  return assignments.join(', ');
}

const countVersion = (dead: string): string => `version = case when ${dead} then 1 else t.version + 1 end`;

const keepCreatedAt = (dead: string): string =>
  `created_at = case when ${dead} then excluded.created_at else t.created_at end`;

/** What a record gives is added to one with its id. */
export function mergeAssignments(declaration: Declaration, dead: string): string {
  const keep = (name: string, merged: string): string =>
    `${name} = case when ${dead} then excluded.${name} else ${merged} end`;
  const assignments = [
    keep('namespace', `case when cardinality(excluded.namespace) = 0 then t.namespace else excluded.namespace end`),
    ...['type', 'session_id', 'thread_id'].map((name) => keep(name, `coalesce(excluded.${name}, t.${name})`)),
    ...['metadata', 'data'].map((name) => keep(name, `t.${name} || excluded.${name}`)),
    'updated_at = excluded.updated_at',
    'expires_at = excluded.expires_at',
    countVersion(dead),
  ];
  if (declaration.bytes) assignments.push(keep('bytes', 'coalesce(excluded.bytes, t.bytes)'));
  if (declaration.vector !== undefined)
    assignments.push(keep('embedding', 'coalesce(excluded.embedding, t.embedding)'));
  if (isCreatedAtFree(declaration)) assignments.push(keepCreatedAt(dead));
  return assignments.join(', ');
}
