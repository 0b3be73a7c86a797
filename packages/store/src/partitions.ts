import type { Declaration } from './declaration.ts';
import type { StoreEventListener } from './events.ts';
import { readFacts } from './facts.ts';
import { expiredTimePartitions, wantedTimePartitions } from './partition-time.ts';
import type { Transactional } from './ports.ts';
import { quoteIdentifier } from './sql-text.ts';
import { createTimePartitionSql } from './table-plan.ts';

/** What a maintenance of partitions did. */
export interface PartitionMaintenance {
  /** Names of the partitions that it made. */
  readonly created: readonly string[];
  /** Names of those that it dropped, with all their records. */
  readonly dropped: readonly string[];
}

/**
 * Makes the partitions that will be needed and drops those past their keep, with all their records. Each statement waits at most two
 * seconds for its lock; what did not get it is done by the next run. Many processes may run it at once.
 */
export async function maintainTimePartitions(
  db: Transactional,
  schema: string,
  declarations: readonly Declaration[],
  at: number,
  onEvent: StoreEventListener,
): Promise<PartitionMaintenance> {
  const facts = await readFacts(db, schema);
  const [created, dropped]: [string[], string[]] = [[], []];
  const run = (statement: string): Promise<unknown> =>
    db.transaction(async (transaction) => {
      await transaction.query(`select set_config('lock_timeout', '2s', true)`);
      await transaction.query(statement);
    });
  for (const declaration of declarations) {
    const existing = facts.partitions.get(declaration.table) ?? [];
    for (const partition of wantedTimePartitions(declaration, at)) {
      if (existing.includes(partition.name)) continue;
      await run(createTimePartitionSql(declaration, schema, partition));
      created.push(partition.name);
      onEvent({ type: 'partition-created', collection: declaration.name, partition: partition.name });
    }
    for (const name of expiredTimePartitions(declaration, existing, at)) {
      await run(`drop table if exists ${quoteIdentifier(schema)}.${quoteIdentifier(name)}`);
      dropped.push(name);
      onEvent({ type: 'partition-dropped', collection: declaration.name, partition: name });
    }
  }
  return { created, dropped };
}
