import type { Transaction } from '@pgmcp/pool';
import { qualifiedName, quoteIdentifier } from '@pgmcp/schema-introspect';
import type { RelationUse } from '@pgmcp/sql-guard';
import { type ChangedRows, sortChanges } from './changed-rows.ts';

interface ReachedTable {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  readonly file: string;
}

/** The named tables, their children, and whatever refers to them: as far as TRUNCATE ... CASCADE may go. */
const REACHED = `
WITH RECURSIVE reached(oid) AS (
  SELECT pg_catalog.to_regclass(name)::oid FROM pg_catalog.unnest($1::text[]) AS name
  UNION
  SELECT further.oid FROM reached CROSS JOIN LATERAL (
    SELECT conrelid AS oid FROM pg_catalog.pg_constraint WHERE confrelid = reached.oid AND contype = 'f'
    UNION ALL SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = reached.oid) further
)
SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS "table", pg_catalog.pg_relation_filenode(c.oid)::text AS file
FROM reached JOIN pg_catalog.pg_class c ON c.oid = reached.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' ORDER BY c.oid`;

/** Tables that a TRUNCATE may empty, with their rows; nobody else can change them until the transaction ends. */
export interface Truncation {
  readonly names: readonly string[];
  readonly tables: readonly (ReachedTable & { readonly rows: number })[];
}

/** Counts what a TRUNCATE may remove: PostgreSQL itself does not count its rows. */
export async function beforeTruncate(transaction: Transaction, relations: readonly RelationUse[]): Promise<Truncation> {
  const names = relations.map(({ schema, name }) =>
    schema === undefined ? quoteIdentifier(name) : qualifiedName(schema, name),
  );
  const { rows } = await transaction.query<ReachedTable>(REACHED, [names]);
  const tables = [];
  for (const reached of rows) {
    const name = qualifiedName(reached.schema, reached.table);
    await transaction.query(`LOCK TABLE ONLY ${name} IN SHARE ROW EXCLUSIVE MODE`);
    const counted = await transaction.query<{ rows: string }>(`SELECT count(*)::text AS rows FROM ONLY ${name}`);
    tables.push({ ...reached, rows: Number(counted.rows[0]?.rows ?? 0) });
  }
  return { names, tables };
}

/** Those that the TRUNCATE has emptied: they have a new file. */
export async function afterTruncate(
  transaction: Transaction,
  { names, tables }: Truncation,
): Promise<readonly ChangedRows[]> {
  const { rows } = await transaction.query<ReachedTable>(REACHED, [names]);
  const files = new Map(rows.map(({ oid, file }) => [oid, file]));
  return tables
    .filter(({ oid, file }) => files.get(oid) !== file)
    .map(({ oid, schema, table, rows: deleted }) => ({
      schema,
      table,
      oid: Number(oid),
      inserted: 0,
      updated: 0,
      deleted,
    }));
}

/** Adds up what two countings say of the same tables. */
export function addChanges(...lists: readonly (readonly ChangedRows[])[]): readonly ChangedRows[] {
  const sums = new Map<number, ChangedRows>();
  for (const change of lists.flat()) {
    const known = sums.get(change.oid);
    sums.set(change.oid, {
      ...change,
      inserted: change.inserted + (known?.inserted ?? 0),
      updated: change.updated + (known?.updated ?? 0),
      deleted: change.deleted + (known?.deleted ?? 0),
    });
  }
  return sortChanges([...sums.values()]);
}
