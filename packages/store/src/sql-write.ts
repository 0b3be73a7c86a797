import type { Declaration } from './declaration.ts';
import { StoreError } from './errors.ts';
import { compareTexts, type JsonObject, writeJson } from './json.ts';
import { timePartition } from './partition-time.ts';
import type { Queryable } from './ports.ts';
import type { Draft, RecordRow } from './record.ts';
import type { Change, Changed, OnConflict, RecordTable, Saved } from './record-table.ts';
import { aliveSql, nowSql, type SqlContext, send, tableSql } from './sql-context.ts';
import { readRow, type SqlRow, selectList } from './sql-row.ts';
import { arrayText, Parameters } from './sql-text.ts';
import { createTimePartitionSql } from './table-plan.ts';
import { timeOfUuidV7 } from './uuid.ts';

const bytesText = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : `\\x${Buffer.from(bytes).toString('hex')}`;

const namespaceText = (namespace: readonly string[] | undefined): string | undefined =>
  namespace === undefined || namespace.length === 0 ? undefined : arrayText(namespace);

// pgvector reads brackets; real[] reads braces.
const embeddingText = (embedding: readonly number[] | undefined, vector: boolean): string | undefined =>
  embedding === undefined ? undefined : vector ? `[${embedding.join(',')}]` : `{${embedding.join(',')}}`;

const instantText = (at: number | undefined): string | undefined =>
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

function batchColumns(declaration: Declaration, hasVector: boolean): BatchColumn[] {
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
function fallback(name: string, now: string): string {
  if (name === 'namespace' || name === 'metadata') return `'{}'`;
  if (name === 'version') return '1';
  return name === 'created_at' || name === 'updated_at' ? now : 'null';
}

/** `insert into ... select ... from unnest(...)`: one array parameter for each column that any record fills. */
function insertSql(
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

function conflictTarget({ partition }: Declaration): string {
  return partition?.by === 'time' ? '(scope, id, created_at)' : '(scope, id)';
}

function overwrite(declaration: Declaration, restored: boolean, dead: string): string {
  const columns = ['namespace', 'type', 'session_id', 'thread_id', 'metadata', 'data', 'updated_at', 'expires_at'];
  if (declaration.bytes) columns.push('bytes');
  if (declaration.vector !== undefined) columns.push('embedding');
  const assignments = columns.map((name) => `${name} = excluded.${name}`);
  assignments.push(
    restored ? 'version = excluded.version' : `version = case when ${dead} then 1 else t.version + 1 end`,
  );
  // The time is part of the key of a table partitioned by it, and equal.
  if (declaration.partition?.by !== 'time') {
    assignments.push(
      restored
        ? 'created_at = excluded.created_at'
        : `created_at = case when ${dead} then excluded.created_at else t.created_at end`,
    );
  }
  return assignments.join(', ');
}

function mergeAssignments(declaration: Declaration, dead: string): string {
  const keep = (name: string, merged: string): string =>
    `${name} = case when ${dead} then excluded.${name} else ${merged} end`;
  const assignments = [
    keep('namespace', `case when cardinality(excluded.namespace) = 0 then t.namespace else excluded.namespace end`),
    ...['type', 'session_id', 'thread_id'].map((name) => keep(name, `coalesce(excluded.${name}, t.${name})`)),
    ...['metadata', 'data'].map((name) => keep(name, `t.${name} || excluded.${name}`)),
    'updated_at = excluded.updated_at',
    'expires_at = excluded.expires_at',
    `version = case when ${dead} then 1 else t.version + 1 end`,
  ];
  if (declaration.bytes) assignments.push(keep('bytes', 'coalesce(excluded.bytes, t.bytes)'));
  if (declaration.vector !== undefined)
    assignments.push(keep('embedding', 'coalesce(excluded.embedding, t.embedding)'));
  if (declaration.partition?.by !== 'time') {
    assignments.push(`created_at = case when ${dead} then excluded.created_at else t.created_at end`);
  }
  return assignments.join(', ');
}

/** Says which partition is missing, where PostgreSQL says only that none was found. */
function explainPartition(error: unknown, { declaration }: SqlContext): never {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const message = error instanceof Error ? error.message : '';
  if (code === '23514' && declaration.partition?.by === 'time' && message.includes('no partition')) {
    throw new StoreError(
      'PARTITION_MISSING',
      `Collection "${declaration.name}" has no partition for the time in a record's id; run maintainPartitions() (on a timer), which makes ${declaration.partition.ahead} ahead.`,
      { cause: error, retryable: true },
    );
  }
  throw error;
}

/** `scope` and ids of table `t`, with the time where it is part of the key, so that other partitions are not read. */
export function keySql(
  { declaration }: SqlContext,
  scope: string,
  ids: readonly string[],
  parameters: Parameters,
): string {
  const [only] = ids;
  const list =
    ids.length === 1 && only !== undefined
      ? `= ${parameters.add(only, 'text')}`
      : `= any(${parameters.add(arrayText(ids), 'text[]')})`;
  const condition = `t.scope = ${parameters.add(scope, 'text')} and t.id ${list}`;
  if (declaration.partition?.by !== 'time') return condition;
  const times = ids.flatMap((id) => instantText(timeOfUuidV7(id)) ?? []);
  return `${condition} and t.created_at = any(${parameters.add(arrayText(times), 'timestamptz[]')})`;
}

async function readCurrent(
  db: Queryable,
  context: SqlContext,
  change: Change,
  lock: boolean,
): Promise<RecordRow | undefined> {
  const parameters = new Parameters();
  const [row] = await send<SqlRow>(
    db,
    `select ${selectList(context.declaration, { bytes: true, embedding: true })} from ${tableSql(context)} as t
     where ${keySql(context, change.scope, [change.id], parameters)} and ${aliveSql(context)}${lock ? ' for update' : ''}`,
    parameters,
  );
  return row === undefined ? undefined : readRow(row);
}

type Writes = Pick<RecordTable, 'save' | 'update' | 'remove' | 'removeMany' | 'restore'>;

/** The statements that write records. */
export function createSqlWrites(context: SqlContext): Writes {
  const { db, declaration, schema } = context;

  const save = async (scope: string, drafts: readonly Draft[], onConflict: OnConflict): Promise<readonly Saved[]> => {
    const support = await context.ready();
    if (drafts.length === 0) return [];
    const parameters = new Parameters();
    // One order for all writers: two batches with the same ids cannot deadlock.
    const sorted = [...drafts].sort((left, right) => compareTexts(left.id, right.id));
    const dead = `coalesce(t.expires_at <= ${nowSql(context)}, false)`;
    const insert = insertSql(context, scope, sorted, support !== 'none', parameters);
    const assignments =
      onConflict === 'merge' ? mergeAssignments(declaration, dead) : overwrite(declaration, false, dead);
    const update = `update set ${assignments}${onConflict === 'skip' ? ` where ${dead}` : ''}`;
    const rows = await send<{ id: string; version: string }>(
      db,
      `${insert} on conflict ${conflictTarget(declaration)} do ${onConflict === 'append' ? 'nothing' : update}
       returning t.id, t.version::text as version`,
      parameters,
    ).catch((error: unknown) => explainPartition(error, context));
    const versions = new Map(rows.map(({ id, version }) => [id, Number(version)]));
    return drafts.map(({ id }): Saved => {
      const version = versions.get(id);
      if (version === undefined) return { id, outcome: 'skipped' };
      return { id, outcome: version === 1 ? 'inserted' : 'updated', version };
    });
  };

  const update: RecordTable['update'] = async (change, next) => {
    const support = await context.ready();
    return db.transaction(async (transaction): Promise<Changed> => {
      const row = await readCurrent(transaction, context, change, true);
      if (row === undefined) return { outcome: 'missing' };
      if (change.ifVersion !== undefined && row.version !== change.ifVersion) return { outcome: 'conflict', row };
      const { ttlMs, ...draft } = next(row);
      const parameters = new Parameters();
      const columns = batchColumns(declaration, support !== 'none').filter(
        ({ name }) => !['id', 'version', 'created_at', 'updated_at', 'expires_at'].includes(name),
      );
      const assignments = columns.map(({ name, type, text }) => {
        const value = text(draft);
        return `${name} = ${value === undefined ? fallback(name, '') : parameters.add(value, type)}`;
      });
      if (ttlMs === null) assignments.push('expires_at = null');
      else if (ttlMs !== undefined) {
        const ttl = parameters.add(ttlMs.toString(), 'bigint');
        assignments.push(`expires_at = ${nowSql(context)} + ${ttl} * interval '1 millisecond'`);
      }
      const [written] = await send<SqlRow>(
        transaction,
        `update ${tableSql(context)} as t set ${assignments.join(', ')}, version = t.version + 1, updated_at = ${nowSql(context)}
         where ${keySql(context, change.scope, [change.id], parameters)} returning ${selectList(declaration)}`,
        parameters,
      );
      return written === undefined ? { outcome: 'missing' } : { outcome: 'done', row: readRow(written) };
    });
  };

  return {
    save,
    update,
    remove: async (change) => {
      await context.ready();
      const parameters = new Parameters();
      const key = keySql(context, change.scope, [change.id], parameters);
      const version =
        change.ifVersion === undefined ? '' : ` and t.version = ${parameters.add(String(change.ifVersion), 'bigint')}`;
      const [row] = await send<SqlRow>(
        db,
        `delete from ${tableSql(context)} as t where ${key} and ${aliveSql(context)}${version} returning ${selectList(declaration)}`,
        parameters,
      );
      if (row !== undefined) return { outcome: 'done', row: readRow(row) };
      const current = change.ifVersion === undefined ? undefined : await readCurrent(db, context, change, false);
      return current === undefined ? { outcome: 'missing' } : { outcome: 'conflict', row: current };
    },
    removeMany: async (scope, ids) => {
      await context.ready();
      const parameters = new Parameters();
      const key = keySql(context, scope, ids, parameters);
      const [row] = await send<{ count: string }>(
        db,
        `with gone as (delete from ${tableSql(context)} as t where ${key} and ${aliveSql(context)} returning 1)
         select count(*)::text as count from gone`,
        parameters,
      );
      return Number(row?.count ?? 0);
    },
    restore: async (rows, onConflict) => {
      const support = await context.ready();
      if (rows.length === 0) return 0;
      const { partition } = declaration;
      if (partition?.by === 'time') {
        // Old records come back to a database that only has partitions from today on.
        const needed = new Map(
          rows
            .map(({ createdAt }) => timePartition(declaration, partition.every, createdAt, 0))
            .map((each) => [each.name, each]),
        );
        for (const each of needed.values()) await send(db, createTimePartitionSql(declaration, schema, each));
      }
      const parameters = new Parameters();
      const insert = insertSql(context, undefined, rows, support !== 'none', parameters);
      const dead = `coalesce(t.expires_at <= ${nowSql(context)}, false)`;
      const written = await send<{ id: string }>(
        db,
        `${insert} on conflict ${conflictTarget(declaration)} do update set ${overwrite(declaration, true, dead)}${onConflict === 'skip' ? ` where ${dead}` : ''} returning t.id`,
        parameters,
      );
      return written.length;
    },
  };
}
