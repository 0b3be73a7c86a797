import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from './http-stack.ts';

describe('a caller whose calls are used up', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-limits-'));
  const auditFile = join(folder, 'audit.jsonl');
  let server: Awaited<ReturnType<typeof startStack>>;
  beforeAll(async () => {
    server = await startStack({ PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '3', PG_MCP_AUDIT_FILE: auditFile });
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true });
  });

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
    // Turned away before the protocol, and recorded all the same; a name that no tool has is nobody's.
    const { items } = await server.services.history.calls('everybody');
    const turnedAway = items.filter(({ code }) => code === 'RATE_LIMIT_EXCEEDED');
    expect(turnedAway).toHaveLength(5);
    for (const entry of turnedAway) expect(entry).toMatchObject({ tool: 'other', outcome: 'refused', caller: 'local' });
    await expect.poll(() => readFileSync(auditFile, 'utf8').trim().split('\n').length).toBe(5);
    const lines = readFileSync(auditFile, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining({ decision: 'deny', code: 'RATE_LIMIT_EXCEEDED' })),
    );
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

  it('counts each call of a batch, and gives all of them back', async () => {
    const server = await startStack({ PG_MCP_HTTP_MAX_CALLS: '3' });
    expect((await server.batch(4)).status).toBe(503);
    expect((await server.batch(3)).status).toBe(200);
    const end = server.stack.underWay.start();
    expect((await server.batch(3)).status).toBe(503);
    expect((await server.batch(2)).status).toBe(200);
    end?.();
    expect(server.stack.underWay.count).toBe(0);
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

describe('a caller with as many subscriptions as one may have', () => {
  it('is refused another until one ends, and others are not', async () => {
    const secret = 'a secret of a proxy of sixteen or more';
    const server = await startStack({
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '127.0.0.0/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
    });
    const as = (user: string) => ({ 'x-pgmcp-proxy-secret': secret, 'x-rls-user-id': user });
    const leave: (() => void)[] = [];
    for (let id = 0; id < 100; id += 1) {
      const response = await server.subscribe(id, as('greedy'), (end) => leave.push(end));
      expect(response.status, `${id}`).toBe(200);
    }
    const refused = await server.subscribe(100, as('greedy'));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await refused.json()).toMatchObject({ id: 100, error: { message: expect.stringContaining('End one') } });
    expect((await server.subscribe(1, as('modest'))).status).toBe(200);
    leave[0]?.();
    expect((await server.subscribe(101, as('greedy'))).status).toBe(200);
    expect((await server.subscribe(102, as('greedy'))).status).toBe(429);
    await server.close();
  });
});

describe('a caller by API key while the store of the keys does not answer', () => {
  it('is told to come back, and is neither let in nor turned away for good', async () => {
    const server = await startStack({
      PG_MCP_AUTH_API_KEYS: 'true',
      PG_MCP_STORE_URL: 'postgresql://keeper:nothing@127.0.0.1:1/records',
    });
    const key = `pgmcp_${'0'.repeat(16)}_${'a'.repeat(43)}`;
    const { status, headers, body } = await server.call('whoami', { authorization: `Bearer ${key}` });
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(JSON.parse(body)).toMatchObject({ error: 'temporarily_unavailable' });
    await server.close();
  });
});
