import { afterAll, beforeAll } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts';

/** A Redis for the tests of a file, where one can be started. */
export function useRedis() {
  const isThere = hasRedis();
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (isThere) redis = await startRedis();
  });
  afterAll(() => redis?.stop());
  return {
    isThere,
    /** Its address, once the tests run. */
    get url(): string {
      return redis?.url ?? '';
    },
  };
}
