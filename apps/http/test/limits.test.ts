import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from './http-stack.ts';

describe('a caller whose calls are used up', () => {
  let server: Awaited<ReturnType<typeof startStack>>;
  beforeAll(async () => {
    server = await startStack({ PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '3' });
  });
  afterAll(() => server?.close());

  it('is answered 429 with the time to wait, and exactly as many calls as allowed went through', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.call('whoami')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(refused).toHaveLength(5);
    for (const { headers, body } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(120);
      expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['3', '0']);
      expect(JSON.parse(body)).toMatchObject({
        id: 1,
        error: { data: { code: 'RATE_LIMIT_EXCEEDED', limit: 'requests_per_minute' } },
      });
    }
  });
});

describe('a server with as many requests under way as it takes', () => {
  it('answers 503 with Retry-After', async () => {
    const server = await startStack({ PG_MCP_HTTP_MAX_CALLS: '1' });
    const end = server.stack.underWay.start();
    const { status, headers } = await server.call('whoami');
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    end?.();
    expect((await server.call('whoami')).status).toBe(200);
    await server.close();
  });

  it('does not count subscriptions, which stay open as long as their clients', async () => {
    const server = await startStack({ PG_MCP_HTTP_MAX_CALLS: '1' });
    for (const id of [1, 2, 3]) expect((await server.subscribe(id)).status).toBe(200);
    expect(server.stack.underWay.count).toBe(0);
    expect((await server.call('whoami')).status).toBe(200);
    await server.close();
  });
});
