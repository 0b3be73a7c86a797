import { createPools, type Pools } from '@pgmcp/pool';
import { createStore } from '@pgmcp/store';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeStore } from '../../store/test/contract.ts';

// The two libraries do not know each other; the server hands the one to the other.
describe('a store on the pool of the server', () => {
  const database = useDatabase();
  let pools: Pools;
  beforeAll(() => {
    pools = createPools([{ name: 'store', url: database.url, maxConnections: 4 }]);
  });
  afterAll(() => pools.close());

  describeStore(async (clock, onEvent) =>
    createStore({ db: pools.database('store').with({ access: 'read-write' }), clock, onEvent }),
  );
});
