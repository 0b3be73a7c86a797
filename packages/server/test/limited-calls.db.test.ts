import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { failure, startInProcess, succeed } from './in-process-client.ts';
import { useRedis } from './use-redis.ts';

const database = useDatabase();
const redis = useRedis();

describe('calls', () => {
  const start = (more: Record<string, string>) => startInProcess({ PG_MCP_DATABASE_URL: database.url, ...more });

  it('are refused beyond the number that may be under way, and allowed again afterwards', async () => {
    const { client } = await start({
      PG_MCP_RATE_LIMIT_MAX_CONCURRENT_CALLS: '1',
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
    });
    const slow = succeed(client, 'execute_query', { sql: 'SELECT pg_sleep(1.5)' });
    await expect
      .poll(async () => {
        const result = await client.callTool({ name: 'execute_query', arguments: { sql: 'SELECT 1' } });
        return JSON.stringify(result.content);
      })
      .toMatch(/RATE_LIMIT_EXCEEDED.*1 calls at once/);
    await slow;
    await succeed(client, 'execute_query', { sql: 'SELECT 1' });
  });

  it('are charged with the time that their statements took', async () => {
    const { client } = await start({
      PG_MCP_RATE_LIMIT_DATABASE_SECONDS_PER_MINUTE: '1',
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
    });
    await succeed(client, 'execute_query', { sql: 'SELECT pg_sleep(1.2)' });
    expect(await failure(client, 'execute_query', { sql: 'SELECT 1' })).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      message: expect.stringMatching(/1 seconds of database time a minute.*Try again in \d+ s/),
      retry_after_ms: expect.any(Number),
    });
  });

  it.runIf(redis.isThere)('are counted in Redis when it is configured', async () => {
    const settings = {
      PG_MCP_RATE_LIMIT_BACKEND: 'redis',
      PG_MCP_RATE_LIMIT_REDIS_URL: redis.url,
      PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '3',
    };
    const [one, other] = [await start(settings), await start(settings)];
    for (const { client } of [one, other, one]) await succeed(client, 'execute_query', { sql: 'SELECT 1' });
    expect(await failure(other.client, 'execute_query', { sql: 'SELECT 1' })).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
    });
  });

  it.each([
    [{ PG_MCP_RATE_LIMIT_BACKEND: 'redis' }, /PG_MCP_RATE_LIMIT_REDIS_URL/],
    [{ PG_MCP_RATE_LIMIT_REDIS_URL: 'redis://h:1' }, /PG_MCP_RATE_LIMIT_BACKEND to redis/],
    [{ PG_MCP_RATE_LIMIT_BACKEND: 'redis', PG_MCP_RATE_LIMIT_REDIS_URL: 'http://h' }, /redis:\/\/user/],
    [{ PG_MCP_RATE_LIMIT_BACKEND: 'redis', PG_MCP_RATE_LIMIT_REDIS_URL: 'redis://:50%off@h' }, /written as %25/],
    [{ PG_MCP_RATE_LIMIT_BACKEND: 'memcached' }, /one of memory, postgresql, redis/],
  ])('explain settings that do not fit: %j', async (settings, message) => {
    await expect(start(settings)).rejects.toThrow(message);
  });

  it('say once that Redis is away, and go on', async () => {
    const { client, log } = await start({
      PG_MCP_RATE_LIMIT_BACKEND: 'redis',
      PG_MCP_RATE_LIMIT_REDIS_URL: 'redis://:not-to-be-seen@127.0.0.1:1',
    });
    for (let call = 0; call < 3; call += 1) await succeed(client, 'execute_query', { sql: 'SELECT 1' });
    expect(log.filter(({ msg }) => String(msg).startsWith('Limits cannot be counted in their place'))).toHaveLength(1);
    expect(JSON.stringify(log)).not.toContain('not-to-be-seen');
  });

  it('are told to multiply where several replicas count in memory', async () => {
    const { log } = await start({ PG_MCP_RATE_LIMIT_REPLICAS: '3' });
    expect(JSON.stringify(log)).toMatch(/each of 3 replicas/);
  });

  it('have no limits where they are switched off', async () => {
    const { client, services } = await start({
      PG_MCP_RATE_LIMIT_ENABLED: 'false',
      PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '1',
    });
    for (let call = 0; call < 3; call += 1) await succeed(client, 'execute_query', { sql: 'SELECT 1' });
    expect(await services.limits.status('local')).toEqual([]);
  });

  it('are counted beside the records of the server, through its own tables', async () => {
    const store = await database.createRole('store');
    const owner = await database.connect();
    await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${store.name}`);
    const settings = {
      PG_MCP_RATE_LIMIT_BACKEND: 'postgresql',
      PG_MCP_STORE_URL: store.url,
      PG_MCP_STORE_SCHEMA: 'records',
      PG_MCP_STORE_AUTO_MIGRATE: 'true',
      PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '2',
    };
    const { client } = await start(settings);
    const second = await start(settings);
    await succeed(client, 'execute_query', { sql: 'SELECT 1' });
    await succeed(second.client, 'execute_query', { sql: 'SELECT 1' });
    expect(await failure(client, 'execute_query', { sql: 'SELECT 1' })).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
    expect((await owner.query('SELECT 1 FROM records.rate_limits')).rowCount).toBeGreaterThan(0);
    await owner.query(`DROP OWNED BY ${store.name} CASCADE`);
  });
});
