import { type BackedUp, backupLines, restoreLines } from './backup.ts';
import { createScopedCollection } from './collection.ts';
import { type CollectionOptions, type Declaration, resolveDeclaration } from './declaration.ts';
import { refuseUnknownOptions, StoreError } from './errors.ts';
import type { StoreEventListener } from './events.ts';
import type { RecordTable } from './record-table.ts';
import type { Store, SweepOptions } from './store-api.ts';

/** Everything a back end brings. */
export interface Backend
  extends Pick<
    Store,
    'check' | 'migrate' | 'buildIndexes' | 'indexUsage' | 'indexAdvice' | 'maintainPartitions' | 'stats' | 'health'
  > {
  readonly now: () => number;
  readonly onEvent: StoreEventListener;
  readonly onFieldUse: (collection: string, field: string) => void;
  createTable(declaration: Declaration): RecordTable;
}

/** Declared collections by name, in the order of declaration. */
export type Declared = Map<string, BackedUp>;

async function sweepAll(declared: Declared, backend: Backend, options: SweepOptions): Promise<number> {
  refuseUnknownOptions('sweep', options, ['batch', 'maxMs']);
  const { batch = 5_000, maxMs = 30_000 } = options;
  if (!Number.isInteger(batch) || batch < 1 || batch > 50_000)
    throw new StoreError('INVALID_OPTIONS', `batch is ${batch}; it takes 1 to 50,000.`);
  if (!(maxMs > 0)) throw new StoreError('INVALID_OPTIONS', `maxMs is ${maxMs}; it takes milliseconds above 0.`);
  const started = performance.now();
  let total = 0;
  for (const { declaration, table } of declared.values()) {
    const begun = performance.now();
    let count = 0;
    let last = batch;
    // An incomplete batch means that the rest is gone or in the hands of another worker.
    while (last === batch && performance.now() - started < maxMs) {
      last = await table.sweep(batch);
      count += last;
    }
    total += count;
    if (count > 0)
      backend.onEvent({ type: 'swept', collection: declaration.name, count, durationMs: performance.now() - begun });
  }
  return total;
}

/** Makes a store of a back end. */
export function assembleStore(backend: Backend, declared: Declared): Store {
  const { check, migrate, buildIndexes, indexUsage, indexAdvice, maintainPartitions, stats, health } = backend;
  return {
    check,
    migrate,
    buildIndexes,
    indexUsage,
    indexAdvice,
    maintainPartitions,
    stats,
    health,
    collection<T>(name: string, options: CollectionOptions<T> = {}) {
      if (declared.has(name)) throw new StoreError('INVALID_OPTIONS', `Collection "${name}" is already declared.`);
      const declaration = resolveDeclaration(name, options);
      const table = backend.createTable(declaration);
      declared.set(name, { declaration, table });
      const context = {
        declaration,
        table,
        parse: options.parse,
        now: backend.now,
        onEvent: backend.onEvent,
        onFieldUse: (field: string) => backend.onFieldUse(name, field),
      };
      return { name, within: (scope) => createScopedCollection(context, scope) };
    },
    sweep: (options = {}) => sweepAll(declared, backend, options),
    async *backup(options = {}) {
      refuseUnknownOptions('backup', options, ['collections', 'signal']);
      const names = options.collections ?? [...declared.keys()];
      const sources = names.map((name) => {
        const source = declared.get(name);
        if (source === undefined) throw new StoreError('INVALID_OPTIONS', `No collection "${name}" is declared.`);
        return source;
      });
      yield* backupLines(sources, options);
    },
    restore: async (source, options = {}) => {
      refuseUnknownOptions('restore', options, ['onConflict', 'signal']);
      return restoreLines(source, declared, backend.now, options);
    },
  };
}
