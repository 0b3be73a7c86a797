import { metrics } from '@opentelemetry/api';
import type { Collection, StoreEvent } from '@pgmcp/store';
import { VERSION } from '../version.ts';

/** Counts what is done with the records of the server. */
export interface StoreMeasures {
  event(event: StoreEvent): void;
  /** The same collection; each operation of it is counted by its name. */
  counting<T>(collection: Collection<T>): Collection<T>;
}

const SWEEP_BUCKETS = [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 60];

/** Makes the instruments of the store. Without a metrics SDK they cost next to nothing. */
export function createStoreMeasures(): StoreMeasures {
  const meter = metrics.getMeter('pgmcp', VERSION);
  const operations = meter.createCounter('pgmcp.store.operations', { description: 'Reads and writes of records.' });
  const expired = meter.createCounter('pgmcp.store.expired', {
    description: 'Records removed because their time was over.',
  });
  const sweeps = meter.createHistogram('pgmcp.store.sweep_duration', {
    description: 'Duration of removing expired records.',
    unit: 's',
    advice: { explicitBucketBoundaries: SWEEP_BUCKETS },
  });
  return {
    event(event) {
      if (event.type !== 'swept') return;
      expired.add(event.count);
      sweeps.record(event.durationMs / 1_000);
    },
    counting: (collection) => ({
      ...collection,
      within: (scope) => countCalls(collection.within(scope), (kind) => operations.add(1, { kind })),
    }),
  };
}

/** The names are those of the interface, and so a closed list. */
function countCalls<Target extends object>(target: Target, count: (kind: string) => void): Target {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return (...given: unknown[]) => {
        count(name);
        return Reflect.apply(value, object, given);
      };
    },
  });
}
