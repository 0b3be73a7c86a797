import type { Declaration } from './declaration.ts';
import { nowSql, type SqlContext, send, tableSql } from './sql-context.ts';
import { Parameters } from './sql-text.ts';

/** The size of one collection. */
export interface CollectionStats {
  readonly collection: string;
  /** The planner's estimate in PostgreSQL, exact in memory; expired records count until they are swept. */
  readonly estimatedRecords: number;
  /** Expired and not yet swept, counted up to 10,000. */
  readonly expiredRecords: number;
  /** Table, indexes and large values; 0 in memory. */
  readonly totalBytes: number;
  readonly indexBytes: number;
  readonly partitions: number;
}

const EXPIRED_CAP = 10_000;

/** Reads the size of a collection in one statement. */
export async function readCollectionStats(context: SqlContext): Promise<CollectionStats> {
  await context.ready();
  const { declaration, schema } = context;
  const parameters = new Parameters();
  const [schemaName, table] = [parameters.add(schema, 'text'), parameters.add(declaration.table, 'text')];
  const [row] = await send<Record<'records' | 'expired' | 'total' | 'indexes' | 'partitions', string>>(
    context.db,
    `select sum(greatest(c.reltuples, 0))::bigint::text as records,
       sum(pg_total_relation_size(c.oid))::text as total, sum(pg_indexes_size(c.oid))::text as indexes,
       count(*) filter (where c.relispartition)::text as partitions,
       (select count(*) from (select 1 from ${tableSql(context)} as t where t.expires_at <= ${nowSql(context)} limit ${EXPIRED_CAP}) e)::text as expired
     from pg_class root join pg_namespace n on n.oid = root.relnamespace
     cross join lateral pg_partition_tree(root.oid) as p join pg_class c on c.oid = p.relid and p.isleaf
     where n.nspname = ${schemaName} and root.relname = ${table}`,
    parameters,
  );
  return {
    collection: declaration.name,
    estimatedRecords: Number(row?.records ?? 0),
    expiredRecords: Number(row?.expired ?? 0),
    totalBytes: Number(row?.total ?? 0),
    indexBytes: Number(row?.indexes ?? 0),
    partitions: Number(row?.partitions ?? 0),
  };
}

/** How a store is, for a readiness check. */
export interface StoreHealth {
  readonly ok: boolean;
  readonly backend: 'postgresql' | 'memory';
  readonly durationMs: number;
  /** What is wrong or will be soon, in sentences. */
  readonly problems: readonly string[];
}

/** What is missing among the partitions by time. */
export function partitionProblems(
  declarations: readonly Declaration[],
  partitions: ReadonlyMap<string, readonly string[]>,
  wanted: (declaration: Declaration) => readonly string[],
): string[] {
  return declarations.flatMap((declaration) => {
    const existing = partitions.get(declaration.table) ?? [];
    // The current one and the next: with less, writes fail within one interval.
    const missing = wanted(declaration)
      .slice(0, 2)
      .filter((name) => !existing.includes(name));
    return missing.map(
      (name) => `Partition ${name} of collection "${declaration.name}" is missing; run maintainPartitions().`,
    );
  });
}
