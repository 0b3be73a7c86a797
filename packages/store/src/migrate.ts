import { createHash } from 'node:crypto';
import type { Declaration } from './declaration.ts';
import { StoreError } from './errors.ts';
import { type Facts, readFacts } from './facts.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import type { Queryable, Transactional } from './ports.ts';
import { Parameters, quoteIdentifier } from './sql-text.ts';
import { planTable } from './table-plan.ts';

/** What a store's schema lacks. */
export interface MigrationStatus {
  /** Whether everything but indexes is there. */
  readonly ready: boolean;
  /** DDL that `migrate` would run, in order, for a person to read. */
  readonly statements: readonly string[];
  /** Declared indexes that are missing or invalid; `buildIndexes` makes them. Reads and writes work without. */
  readonly missingIndexes: readonly string[];
}

/** What the functions of this file work on. */
export interface MigrationTarget {
  readonly schema: string;
  readonly declarations: readonly Declaration[];
  /** Now, in milliseconds since 1970: which partitions are made. */
  readonly at: number;
  readonly migrations?: readonly Migration[];
}

function checksum(migration: Migration): string {
  // Without the schema's name, so that the same step has one checksum everywhere.
  return createHash('sha256').update(migration.statements('schema').join(';')).digest('hex');
}

function checkApplied(facts: Facts, schema: string, migrations: readonly Migration[]): void {
  for (const [id, applied] of facts.applied) {
    const known = migrations.find((migration) => migration.id === id);
    if (known === undefined && applied.breaking) {
      throw new StoreError(
        'SCHEMA_TOO_NEW',
        `The store's schema "${schema}" has the breaking migration ${id} "${applied.name}", which this version does not know; update this program.`,
      );
    }
    if (known !== undefined && checksum(known) !== applied.checksum) {
      throw new StoreError(
        'MIGRATION_CHANGED',
        `Migration ${id} "${applied.name}" of schema "${schema}" was applied with another text; released migrations must not change.`,
      );
    }
  }
}

function schemaStatements(facts: Facts, schema: string, migrations: readonly Migration[]): string[] {
  const quoted = quoteIdentifier(schema);
  const statements: string[] = [];
  if (!facts.schemaExists) statements.push(`create schema ${quoted}`);
  if (!facts.tables.has('migrations')) {
    statements.push(`create table ${quoted}.migrations (
      id integer primary key,
      name text not null,
      checksum text not null,
      breaking boolean not null,
      applied_at timestamptz not null default now())`);
  }
  for (const migration of migrations) {
    if (facts.applied.has(migration.id)) continue;
    statements.push(...migration.statements(schema));
    const name = migration.name.replaceAll("'", "''");
    statements.push(
      `insert into ${quoted}.migrations (id, name, checksum, breaking) values (${migration.id}, '${name}', '${checksum(migration)}', ${migration.breaking})`,
    );
  }
  return statements;
}

/** Says what the schema lacks, from its facts. */
export function planMigration(facts: Facts, target: MigrationTarget): MigrationStatus {
  const { schema, declarations, at, migrations = MIGRATIONS } = target;
  checkApplied(facts, schema, migrations);
  const statements = schemaStatements(facts, schema, migrations);
  const missingIndexes: string[] = [];
  for (const declaration of declarations) {
    const plan = planTable(declaration, schema, facts, at);
    statements.push(...plan.statements);
    missingIndexes.push(...plan.missingIndexes.map(({ name }) => name));
  }
  return { ready: statements.length === 0, statements, missingIndexes };
}

/**
 * Creates pgvector where a collection wants it and the server offers it. A role that may not create it goes on without: embeddings are
 * then kept as plain numbers until somebody does.
 */
async function createVectorExtension(transaction: Queryable, target: MigrationTarget, facts: Facts): Promise<Facts> {
  const wanted = target.declarations.some(({ vector }) => vector !== undefined);
  if (!wanted || facts.extensions.get('vector') !== null) return facts;
  await transaction.query('savepoint before_vector');
  try {
    await transaction.query('create extension if not exists vector');
  } catch (error) {
    await transaction.query('rollback to savepoint before_vector');
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === '42501') return facts;
    throw error;
  }
  return readFacts(transaction, target.schema);
}

/**
 * Brings the schema to the declared state, in one transaction under an advisory lock: of many starters one works and the others find
 * nothing to do, also behind a transaction pooler. A failing statement leaves nothing behind.
 *
 * @returns The number of statements that were run.
 */
export async function runMigration(db: Transactional, target: MigrationTarget): Promise<number> {
  return db.transaction(async (transaction) => {
    const parameters = new Parameters();
    const key = parameters.add(`pgmcp:store:${target.schema}`, 'text');
    // The advisory lock may take as long as another starter needs; what limits waiting for locks is set after it.
    await transaction.query(
      `select set_config('lock_timeout', '0', true), pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`,
      parameters.values,
    );
    await transaction.query(`select set_config('lock_timeout', '10s', true)`);
    const before = await readFacts(transaction, target.schema);
    checkApplied(before, target.schema, target.migrations ?? MIGRATIONS);
    const facts = await createVectorExtension(transaction, target, before);
    const { statements } = planMigration(facts, target);
    for (const statement of statements) await transaction.query(statement);
    return statements.length;
  });
}

/** Fails unless everything but indexes is there. */
export function requireReady(status: MigrationStatus, schema: string): void {
  if (status.ready) return;
  const [first = ''] = status.statements;
  throw new StoreError(
    'MIGRATION_NEEDED',
    `The store's schema "${schema}" needs ${status.statements.length} statement(s), the first: ${first.replaceAll(/\s+/g, ' ').slice(0, 120)}. Run migrate() once as a role that may, or create the store with autoMigrate: true.`,
  );
}
