import type { PartitionRow, PolicyRow, RelationRow, TriggerRow } from './catalog-row.ts';
import { type Draft, frozenList, put, rowsBy } from './columnar.ts';
import type { Facts } from './facts.ts';
import { createColumnParser } from './parse-columns.ts';
import { parseConstraints, parseIndex } from './parse-constraints.ts';
import type { Partition, Partitioning, Table, TableKind } from './schema.ts';
import type { Policy, Trigger } from './schema-constraints.ts';

const KINDS: Readonly<Record<string, TableKind>> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
};
const COMMANDS: Readonly<Record<string, Policy['command']>> = {
  '*': 'all',
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
};

/** A parser of relations. Everything is grouped once, so the whole catalog takes time linear in its size. */
export function createTableParser(facts: Facts): (row: RelationRow) => Table {
  const { answer } = facts;
  const columnsOf = createColumnParser(facts);
  const constraints = rowsBy(answer.constraints, 'relation');
  const indexes = rowsBy(answer.indexes, 'relation');
  const triggers = rowsBy(answer.triggers, 'relation');
  const policies = rowsBy(answer.policies, 'relation');
  const inheritance = rowsBy(answer.inheritance, 'relation');
  const partitions = rowsBy(answer.partitions, 'root');
  const partitionKeys = rowsBy(answer.partitionKeys, 'relation');
  const definitions = rowsBy(answer.definitions, 'relation');
  const servers = rowsBy(answer.servers, 'relation');
  const blockSize = answer.settings.blockSize[0] ?? 8192;

  return (row) => {
    const indexRows = sortedByName(indexes.get(row.oid));
    const nullsNotDistinct = new Set(indexRows.filter((index) => index.nullsNotDistinct).map((index) => index.name));
    const parsed = parseConstraints(facts, sortedByName(constraints.get(row.oid)), nullsNotDistinct);
    const partitionRows = partitions.get(row.oid) ?? [];
    const { primaryKey, ...lists } = parsed;

    const table: Draft<Table> = {
      oid: row.oid,
      schema: row.schema,
      name: row.name,
      kind: KINDS[row.kind] ?? 'table',
      owner: row.owner,
      selectable: row.selectable !== 'none',
      inSearchPath: row.visible,
      columns: columnsOf(row.oid),
      ...lists,
      indexes: frozenList(indexRows.map((index) => parseIndex(facts, index, row.schema, row.name))),
      triggers: frozenList((triggers.get(row.oid) ?? []).map((trigger) => parseTrigger(facts, trigger))),
      rowSecurity: row.rowSecurity ? (row.forceRowSecurity ? 'forced' : 'enabled') : 'off',
      policies: frozenList((policies.get(row.oid) ?? []).map((policy) => parsePolicy(facts, policy))),
      inherits: frozenList(
        (inheritance.get(row.oid) ?? []).map(({ parentSchema, parentName }) =>
          Object.freeze({ schema: parentSchema, name: parentName }),
        ),
      ),
      options: frozenList(row.options),
    };
    put(table, 'primaryKey', primaryKey);
    put(table, 'comment', facts.comment('pg_class', row.oid));
    put(table, 'estimatedRows', estimatedRows(row, partitionRows));
    if (row.kind !== 'v' && row.kind !== 'f') {
      const pages = [...indexRows, ...partitionRows].reduce((sum, part) => sum + part.pages, row.pages);
      table.estimatedBytes = pages * blockSize;
    }
    const key = partitionKeys.get(row.oid)?.[0]?.key;
    if (key) table.partitioning = parsePartitioning(key, partitionRows, row.oid);
    put(table, 'definition', definitions.get(row.oid)?.[0]?.definition);
    put(table, 'server', servers.get(row.oid)?.[0]?.server);
    if (row.persistence !== 'p') table.persistence = row.persistence === 'u' ? 'unlogged' : 'temporary';
    put(table, 'extension', facts.extension('pg_class', row.oid));
    return Object.freeze(table);
  };
}

/** Sorted here and not by the server, which would sort all rows of the catalog at once. */
function sortedByName<Row extends { readonly name: string }>(rows: readonly Row[] | undefined): readonly Row[] {
  if (!rows || rows.length < 2) return rows ?? [];
  return [...rows].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** `reltuples` is -1 before the first ANALYZE, and 0 for views, which have no rows of their own. */
function estimatedRows(row: RelationRow, partitions: readonly PartitionRow[]): number | undefined {
  if (row.kind === 'v') return undefined;
  const known = partitions.filter((partition) => partition.leaf && partition.rows >= 0);
  if (known.length > 0) return known.reduce((sum, partition) => sum + partition.rows, 0);
  return row.rows >= 0 ? row.rows : undefined;
}

function parsePartitioning(key: string, rows: readonly PartitionRow[], root: number): Partitioning {
  const partitioning: Draft<Partitioning> = {
    key,
    partitions: frozenList(rows.map((partition) => parsePartition(partition, root))),
  };
  const patterns = new Set(rows.map(({ name }) => name.replace(/\d+/g, '*')));
  const [pattern] = patterns;
  if (patterns.size === 1 && pattern?.includes('*')) partitioning.namePattern = pattern;
  return Object.freeze(partitioning);
}

function parsePartition(row: PartitionRow, root: number): Partition {
  const partition: Draft<Partition> = {
    oid: row.oid,
    schema: row.schema,
    name: row.name,
    bound: row.bound ?? '',
    selectable: row.selectable,
  };
  if (row.parent !== root) partition.parent = Object.freeze({ schema: row.parentSchema, name: row.parentName });
  if (row.foreign) partition.foreign = true;
  if (row.rows >= 0) partition.estimatedRows = row.rows;
  return Object.freeze(partition);
}

function parseTrigger(facts: Facts, row: TriggerRow): Trigger {
  const trigger: Draft<Trigger> = {
    name: row.name,
    definition: row.definition ?? '',
    enabled: row.enabled,
    function: Object.freeze({ schema: row.functionSchema, name: row.functionName }),
  };
  put(trigger, 'comment', facts.comment('pg_trigger', row.oid));
  return Object.freeze(trigger);
}

function parsePolicy(facts: Facts, row: PolicyRow): Policy {
  const policy: Draft<Policy> = {
    name: row.name,
    command: COMMANDS[row.command] ?? 'all',
    permissive: row.permissive,
    roles: frozenList(row.roles),
  };
  put(policy, 'using', row.using);
  put(policy, 'check', row.check);
  put(policy, 'comment', facts.comment('pg_policy', row.oid));
  return Object.freeze(policy);
}
