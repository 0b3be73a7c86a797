import { beforeAll, beforeEach } from 'vitest';
import type { Collection, ListOptions, ScopedCollection, Store, StoreEvent } from '../../src/index.ts';

/** A record of the tests. */
export interface Task {
  title: string;
  size?: number | bigint | string | null;
  done?: boolean;
  due?: string;
  tags?: string[];
  nested?: { deep?: string };
}

export const START = Date.UTC(2026, 0, 15, 12);

/** Opens a store with a clock of the test and a listener; once for a whole file. */
export type OpenStore = (clock: () => number, onEvent: (event: StoreEvent) => void) => Promise<Store>;

/** A store with three collections, and a scope of its own for each test. */
export interface TaskFixture {
  store: Store;
  tasks: Collection<Task>;
  strict: Collection<Task>;
  files: Collection<{ name: string }>;
  mine: ScopedCollection<Task>;
  scope: string;
  readonly clock: { now: number };
  readonly events: StoreEvent[];
  ids(options: ListOptions): Promise<string[]>;
}

/** Opens the store before the tests of the present suite. */
export function openTasks(open: OpenStore): TaskFixture {
  let scopeNumber = 0;
  const given = {
    clock: { now: START },
    events: [] as StoreEvent[],
    ids: async (options: ListOptions) => (await given.mine.list(options)).items.map(({ id }) => id),
  } as TaskFixture;

  beforeAll(async () => {
    given.store = await open(
      () => given.clock.now,
      (event) => given.events.push(event),
    );
    given.tasks = given.store.collection<Task>('tasks', {
      fields: {
        title: { type: 'string' },
        size: { type: 'number' },
        done: { type: 'boolean' },
        due: { type: 'date' },
        tags: { type: 'json' },
        deep: { type: 'string', path: ['nested', 'deep'] },
        source: { type: 'string', in: 'metadata' },
      },
      indexes: [
        { field: 'title' },
        { field: 'size' },
        { field: 'done' },
        { field: 'due' },
        { field: 'tags' },
        { field: 'deep', method: 'hash' },
        { field: 'createdAt', method: 'brin' },
        { field: 'sessionId' },
      ],
    });
    given.strict = given.store.collection<Task>('strict', {
      ttlMs: 60_000,
      parse: (data) => {
        const { title } = data as Task;
        if (typeof title !== 'string' || title === '') throw new TypeError('no title');
        return { ...(data as Task), title: title.trim() };
      },
    });
    given.files = given.store.collection('files', { bytes: true });
    await given.store.migrate();
  }, 60_000);

  beforeEach(() => {
    scopeNumber += 1;
    given.scope = `scope ${scopeNumber}`;
    given.mine = given.tasks.within(given.scope);
    given.clock.now = START;
    given.events.length = 0;
  });
  return given;
}
