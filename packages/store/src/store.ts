import { assembleStore, type Declared } from './assemble.ts';
import type { Declaration } from './declaration.ts';
import { messageOf, refuseUnknownOptions, StoreError } from './errors.ts';
import type { StoreEventListener } from './events.ts';
import { readFacts } from './facts.ts';
import { adviseIndexes, buildIndexes, readIndexUsage } from './index-building.ts';
import { type MigrationStatus, planMigration, requireReady, runMigration } from './migrate.ts';
import { wantedTimePartitions } from './partition-time.ts';
import { maintainTimePartitions } from './partitions.ts';
import type { Transactional } from './ports.ts';
import type { RecordTable } from './record-table.ts';
import type { SqlContext, VectorSupport } from './sql-context.ts';
import { createSqlReads } from './sql-read.ts';
import { createSqlWrites } from './sql-write.ts';
import { partitionProblems, readCollectionStats, type StoreHealth } from './stats.ts';
import type { Store } from './store-api.ts';
import { sweepBatch } from './sweep.ts';

/** Where and how a store keeps its records. */
export interface StoreOptions {
  /** PGlite as it is, a `pg.Pool` through `fromPool`, or any pool with read-write transactions. */
  readonly db: Transactional;
  /** Schema of all tables; made by `migrate`. @default 'pgmcp' */
  readonly schema?: string;
  /** Whether the first use of a collection makes what is missing. @default false: it fails and says what to run */
  readonly autoMigrate?: boolean;
  /** Replaces the database's clock, in milliseconds since 1970: for tests. */
  readonly clock?: () => number;
  /** Hears what the store does, such as `migrated` and `swept`. */
  readonly onEvent?: StoreEventListener;
}

/** Which of pgvector's abilities there are; iterative scans came with 0.8. */
function vectorSupport(version: string | null | undefined): VectorSupport {
  if (typeof version !== 'string') return 'none';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 0 || minor >= 8 ? 'iterative' : 'basic';
}

/**
 * A store in PostgreSQL 14 or later or in PGlite.
 *
 * @throws StoreError `INVALID_OPTIONS`.
 */
export function createStore(options: StoreOptions): Store {
  refuseUnknownOptions('createStore', options, ['db', 'schema', 'autoMigrate', 'clock', 'onEvent']);
  const { db, schema = 'pgmcp', autoMigrate = false, clock, onEvent = () => undefined } = options;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema) || schema.startsWith('pg_'))
    throw new StoreError('INVALID_OPTIONS', `"${schema}" is no name for the schema: a-z, 0-9 and _, not pg_ first.`);
  if (typeof db?.query !== 'function' || typeof db.transaction !== 'function')
    throw new StoreError(
      'INVALID_OPTIONS',
      'createStore: db needs the methods query and transaction. PGlite has them; wrap a pg.Pool in fromPool(pool).',
    );
  const now = clock ?? Date.now;
  const declared: Declared = new Map();
  const fieldUses = new Map<string, Map<string, number>>();
  const declarations = (): Declaration[] => [...declared.values()].map(({ declaration }) => declaration);
  const target = (of: readonly Declaration[]) => ({ schema, declarations: of, at: now() });

  const migrate = async (of: readonly Declaration[]): Promise<{ statements: number }> => {
    const started = performance.now();
    const statements = await runMigration(db, target(of));
    if (statements > 0) onEvent({ type: 'migrated', statements, durationMs: performance.now() - started });
    return { statements };
  };

  const prepare = async (declaration: Declaration): Promise<VectorSupport> => {
    const before = await readFacts(db, schema);
    const status = planMigration(before, target([declaration]));
    if (status.ready) return vectorSupport(before.extensions.get('vector'));
    if (!autoMigrate) requireReady(status, schema);
    await migrate([declaration]);
    return vectorSupport((await readFacts(db, schema)).extensions.get('vector'));
  };

  const createTable = (declaration: Declaration): RecordTable => {
    let preparation: Promise<VectorSupport> | undefined;
    const ready = (): Promise<VectorSupport> => {
      // A failure is not kept: the next call looks again, so a migration needs no restart.
      preparation ??= prepare(declaration).catch((error: unknown) => {
        preparation = undefined;
        throw error;
      });
      return preparation;
    };
    const context: SqlContext = { db, schema, declaration, clock, ready };
    contexts.push(context);
    return { ...createSqlReads(context), ...createSqlWrites(context), sweep: (batch) => sweepBatch(context, batch) };
  };
  const contexts: SqlContext[] = [];

  const check = async (): Promise<MigrationStatus> =>
    planMigration(await readFacts(db, schema), target(declarations()));

  const health = async (): Promise<StoreHealth> => {
    const started = performance.now();
    const problems: string[] = [];
    try {
      const facts = await readFacts(db, schema);
      const status = planMigration(facts, target(declarations()));
      if (!status.ready) problems.push(`The schema needs ${status.statements.length} statement(s); run migrate().`);
      const wanted = (declaration: Declaration) => wantedTimePartitions(declaration, now()).map(({ name }) => name);
      if (status.ready) problems.push(...partitionProblems(declarations(), facts.partitions, wanted));
      if (status.missingIndexes.length > 0)
        problems.push(`Indexes are missing: ${status.missingIndexes.join(', ')}; run buildIndexes().`);
    } catch (error) {
      problems.push(messageOf(error));
    }
    return { ok: problems.length === 0, backend: 'postgresql', durationMs: performance.now() - started, problems };
  };

  return assembleStore(
    {
      now,
      onEvent,
      onFieldUse: (collection, field) => {
        const uses = fieldUses.get(collection) ?? new Map<string, number>();
        fieldUses.set(collection, uses.set(field, (uses.get(field) ?? 0) + 1));
      },
      createTable,
      check,
      migrate: () => migrate(declarations()),
      buildIndexes: () => buildIndexes(db, schema, declarations(), onEvent),
      indexUsage: () => readIndexUsage(db, schema, declarations()),
      indexAdvice: async () =>
        adviseIndexes(declarations(), await readIndexUsage(db, schema, declarations()), fieldUses),
      maintainPartitions: () => maintainTimePartitions(db, schema, declarations(), now(), onEvent),
      stats: () => Promise.all(contexts.map(readCollectionStats)),
      health,
    },
    declared,
  );
}
