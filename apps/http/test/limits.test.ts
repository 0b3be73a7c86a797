import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from './http-stack.ts';

describe('a caller whose calls are used up', () => {
  let auditFile: string;
  let server: Awaited<ReturnType<typeof startStack>>;
  beforeAll(async () => {
    auditFile = join(mkdtempSync(join(tmpdir(), 'pgmcp-limits-')), 'audit.jsonl');
    server = await startStack({ PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '3', PG_MCP_AUDIT_FILE: auditFile });
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

  it('does not count subscriptions, which stay open as long as their clients', async () => {
    const server = await startStack({ PG_MCP_HTTP_MAX_CALLS: '1' });
    for (const id of [1, 2, 3]) expect((await server.subscribe(id)).status).toBe(200);
    expect(server.stack.underWay.count).toBe(0);
    expect((await server.call('whoami')).status).toBe(200);
    await server.close();
  });
});
