import { StoreError } from './errors.ts';
import {
  batchColumns,
  conflictTarget,
  fallback,
  insertSql,
  instantText,
  mergeAssignments,
  replaceAssignments,
  restoreAssignments,
} from './insert-sql.ts';
import { compareTexts } from './json.ts';
import { timePartition } from './partition-time.ts';
import type { Queryable } from './ports.ts';
import type { Draft, RecordRow } from './record.ts';
import type { Change, Changed, OnConflict, RecordTable, Saved } from './record-table.ts';
import { aliveSql, nowSql, type SqlContext, send, tableSql } from './sql-context.ts';
import { readRow, type SqlRow, selectList } from './sql-row.ts';
import { arrayText, Parameters } from './sql-text.ts';
import { createTimePartitionSql } from './table-plan.ts';
import { timeOfUuidV7 } from './uuid.ts';

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

/** The record as it is; `lock`: ` for update` in a transaction that changes it. */
async function readCurrent(
  db: Queryable,
  context: SqlContext,
  change: Change,
  lock: '' | ' for update' = '',
): Promise<RecordRow | undefined> {
  const parameters = new Parameters();
  const [row] = await send<SqlRow>(
    db,
    `select ${selectList(context.declaration, { bytes: true, embedding: true })} from ${tableSql(context)} as t
     where ${keySql(context, change.scope, [change.id], parameters)} and ${aliveSql(context)}${lock}`,
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
      onConflict === 'merge' ? mergeAssignments(declaration, dead) : replaceAssignments(declaration, dead);
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
      const row = await readCurrent(transaction, context, change, ' for update');
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
      const current = change.ifVersion === undefined ? undefined : await readCurrent(db, context, change);
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
        `${insert} on conflict ${conflictTarget(declaration)} do update set ${restoreAssignments(declaration)}${onConflict === 'skip' ? ` where ${dead}` : ''} returning t.id`,
        parameters,
      );
      return written.length;
    },
  };
}
