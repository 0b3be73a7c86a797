import type { Declaration } from './declaration.ts';
import type { StoreEventListener } from './events.ts';
import { readFacts } from './facts.ts';
import { createIndexSql, wantedIndexes } from './index-sql.ts';
import type { Transactional } from './ports.ts';
import { Parameters, quoteIdentifier } from './sql-text.ts';
import { planTable } from './table-plan.ts';

/**
 * Builds the declared indexes that an existing table lacks, without blocking writes; one that an earlier failure left invalid is
 * dropped first. Indexes on partitioned tables cannot be built concurrently, so those block writes.
 *
 * @returns The names of the indexes that were built.
 */
export async function buildIndexes(
  db: Transactional,
  schema: string,
  declarations: readonly Declaration[],
  onEvent: StoreEventListener,
): Promise<readonly string[]> {
  const facts = await readFacts(db, schema);
  const built: string[] = [];
  for (const declaration of declarations) {
    for (const index of planTable(declaration, schema, facts, 0).missingIndexes) {
      const started = performance.now();
      const concurrently = declaration.partition === undefined;
      if (facts.indexes.get(index.name) === false && concurrently)
        await db.query(`drop index concurrently if exists ${quoteIdentifier(schema)}.${quoteIdentifier(index.name)}`);
      await db.query(createIndexSql(declaration, schema, index, concurrently));
      built.push(index.name);
      const durationMs = performance.now() - started;
      onEvent({ type: 'index-built', collection: declaration.name, index: index.name, durationMs });
    }
  }
  return built;
}

/** How an index is used, from the server's statistics. */
export interface IndexUsage {
  readonly collection: string;
  readonly name: string;
  /** Scans since the statistics were reset. */
  readonly scans: number;
  readonly bytes: number;
  readonly valid: boolean;
  /** Whether the declaration has it; an index of an older declaration costs writes for nothing. */
  readonly declared: boolean;
}

/** Reads how the indexes of the collections are used; those of partitions are counted under their table. */
export async function readIndexUsage(
  db: Transactional,
  schema: string,
  declarations: readonly Declaration[],
): Promise<readonly IndexUsage[]> {
  const parameters = new Parameters();
  const name = parameters.add(schema, 'text');
  const { rows } = await db.query<{ table: string; name: string; scans: string; bytes: string; valid: string }>(
    `select t.relname as "table", i.relname as name, x.indisvalid::text as valid,
       (select coalesce(sum(pg_stat_get_numscans(p.relid)), 0) from pg_partition_tree(i.oid) p where p.isleaf)::text as scans,
       (select coalesce(sum(pg_relation_size(p.relid)), 0) from pg_partition_tree(i.oid) p where p.isleaf)::text as bytes
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     join pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${name} and not t.relispartition order by i.relname`,
    parameters.values,
  );
  const usage: IndexUsage[] = [];
  for (const declaration of declarations) {
    const wanted = new Set(wantedIndexes(declaration, schema).map((index) => index.name));
    for (const row of rows) {
      if (row.table !== declaration.table) continue;
      usage.push({
        collection: declaration.name,
        name: row.name,
        scans: Number(row.scans),
        bytes: Number(row.bytes),
        valid: row.valid === 'true',
        declared: wanted.has(row.name) || row.name === `${declaration.table}_pkey`,
      });
    }
  }
  return usage;
}

/** A proposal about the indexes of a collection. */
export interface IndexAdvice {
  readonly collection: string;
  /** `missing`: a field is used often without one; `undeclared`: no declaration has it; `invalid`: its building failed. */
  readonly kind: 'missing' | 'unused' | 'undeclared' | 'invalid';
  /** The field of a missing index, else the name of the index. */
  readonly subject: string;
  readonly message: string;
}

const MIN_USES = 100;

/** Says what to change about the indexes, from their usage and from the fields that this process has filtered and ordered by. */
export function adviseIndexes(
  declarations: readonly Declaration[],
  usage: readonly IndexUsage[],
  fieldUses: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly IndexAdvice[] {
  const advice: IndexAdvice[] = [];
  for (const { name: collection, indexes } of declarations) {
    const indexed = new Set(['id', ...indexes.map(({ field }) => field.name)]);
    for (const [field, uses] of fieldUses.get(collection) ?? []) {
      if (uses < MIN_USES || indexed.has(field)) continue;
      const message = `"${field}" was filtered or ordered by ${uses} times without an index; declare { field: '${field}' }.`;
      advice.push({ collection, kind: 'missing', subject: field, message });
    }
  }
  for (const { collection, name, valid, declared, scans, bytes } of usage) {
    const add = (kind: IndexAdvice['kind'], message: string) =>
      advice.push({ collection, kind, subject: name, message });
    if (!valid) add('invalid', `${name} is invalid and only costs writes; buildIndexes() builds it anew.`);
    else if (!declared)
      add('undeclared', `${name} (${bytes} bytes) is in no declaration; drop it if nothing else needs it.`);
    else if (scans === 0 && !/_(pkey|expiry)$/.test(name))
      add('unused', `${name} (${bytes} bytes) was never used since the statistics were reset.`);
  }
  return advice;
}
