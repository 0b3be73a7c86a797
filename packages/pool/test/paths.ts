import { createPools, type Database, type DatabaseSettings, type PoolEvent, type Pools } from '@pgmcp/pool';
import type { TestDatabase } from '@pgmcp/testing/vitest';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { hasPgBouncer, type PgBouncer, startPgBouncer } from './pgbouncer.ts';

/** A way on which a statement reaches the server. What the pool promises holds on all of them. */
interface Path {
  readonly path: string;
  readonly pooler: 'none' | 'transaction';
  /** Whether a real PgBouncer stands in between. */
  readonly bouncer: boolean;
}

export const PATHS: readonly Path[] = [
  { path: 'one flight', pooler: 'none', bouncer: false },
  { path: 'step by step', pooler: 'transaction', bouncer: false },
  ...(hasPgBouncer ? [{ path: 'step by step through PgBouncer', pooler: 'transaction', bouncer: true } as const] : []),
];

type OpenOptions = Partial<DatabaseSettings> & Partial<Path>;

/** Makes pools that are closed after each test. */
export function usePools(database: TestDatabase) {
  const opened: Pools[] = [];
  let bouncer: PgBouncer | undefined;
  beforeAll(async () => {
    // One server connection: whatever one client leaves behind, the next one would find.
    if (hasPgBouncer) bouncer = await startPgBouncer(database, 1);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((pools) => pools.close({ deadlineMs: 500 })));
  });
  afterAll(() => bouncer?.stop());
  return ({
    path: _,
    bouncer: throughBouncer = false,
    url = database.url,
    ...settings
  }: OpenOptions = {}): {
    db: Database;
    pools: Pools;
    events: PoolEvent[];
  } => {
    const events: PoolEvent[] = [];
    const place = throughBouncer ? { host: '127.0.0.1', port: bouncer?.port } : {};
    const pools = createPools([{ name: 'main', url, ...place, ...settings }], {
      onEvent: (event) => events.push(event),
    });
    opened.push(pools);
    return { db: pools.database('main'), pools, events };
  };
}
