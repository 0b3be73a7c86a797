import type { Declaration } from './declaration.ts';
import { aliveSql, nowSql, type SqlContext, send, tableSql } from './sql-context.ts';

/** The key columns of a table: rows of different partitions may share a ctid. */
function keyColumns({ partition }: Declaration): readonly string[] {
  return partition?.by === 'time' ? ['scope', 'id', 'created_at'] : ['scope', 'id'];
}

/**
 * Removes up to `batch` expired records in one statement. Several workers may run it at once: each skips what another has locked, and
 * a record that was saved anew meanwhile is judged again after the lock.
 */
export async function sweepBatch(context: SqlContext, batch: number): Promise<number> {
  await context.ready();
  const table = tableSql(context);
  const columns = keyColumns(context.declaration);
  const join =
    context.declaration.partition === undefined
      ? 't.ctid = any(array(select ctid from doomed))'
      : `(${columns.map((name) => `t.${name}`).join(', ')}) in (select ${columns.join(', ')} from doomed)`;
  const [row] = await send<{ count: string }>(
    context.db,
    `with doomed as materialized (
       select t.ctid, ${columns.map((name) => `t.${name}`).join(', ')} from ${table} as t
       where t.expires_at <= ${nowSql(context)} order by t.expires_at limit ${batch} for update skip locked),
     gone as (delete from ${table} as t where ${join} and not ${aliveSql(context)} returning 1)
     select count(*)::text as count from gone`,
  );
  return Number(row?.count ?? 0);
}
