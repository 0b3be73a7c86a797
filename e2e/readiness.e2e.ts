import { setTimeout as sleep } from 'node:timers/promises';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChaosProxy, startChaosProxy } from '../packages/pool/test/faults/chaos-proxy.ts';
import { type HttpServer, startHttpServer } from './running-server.ts';
import { eventually } from './topology/eventually.ts';
import { callTool, isResult, startLoad } from './topology/tool-call.ts';

const database = useDatabase();

/** Readiness as a balancer sees it, over databases that are away, silent, busy and back. */
describe('the readiness of a replica', () => {
  let first: ChaosProxy;
  let second: ChaosProxy;
  let server: HttpServer;
  const through = (proxy: ChaosProxy) => {
    const url = new URL(database.url);
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    return url.href;
  };
  const probe = async () => {
    const response = await fetch(new URL('/readyz', server.adminUrl));
    return { status: response.status, ...((await response.json()) as { reasons: string[] }) };
  };
  const comesTo = (status: number, withinMs: number) =>
    eventually(async () => (await probe()).status === status, withinMs);

  beforeAll(async () => {
    first = await startChaosProxy({ host: '127.0.0.1', port: Number(new URL(database.url).port) });
    second = await startChaosProxy({ host: '127.0.0.1', port: Number(new URL(database.url).port) });
    await Promise.all([first.refuse(), second.refuse()]);
    server = await startHttpServer({
      PG_MCP_DATABASES: JSON.stringify([
        { name: 'first', url: through(first), maxPoolSize: 2 },
        { name: 'second', url: through(second) },
      ]),
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
    });
  });
  afterAll(async () => {
    await server?.stop();
    await Promise.all([first?.close(), second?.close()]);
  });

  it('begins without a database, alive and not ready, and follows the first that comes', async () => {
    expect((await fetch(new URL('/livez', server.adminUrl))).status).toBe(200);
    expect(await probe()).toEqual({ status: 503, ready: false, reasons: ['no database answers'] });
    await second.listen();
    expect(await comesTo(200, 10_000)).toBe(true);
    await first.listen();
    const select = () => callTool(server.url, 'none', 'execute_query', { database: 'first', sql: 'SELECT 1' });
    expect(await eventually(async () => isResult(await select()), 10_000)).toBe(true);
  });

  it('does not go with one database that has fallen silent', async () => {
    first.set({ kind: 'silence' });
    for (let count = 0; count < 12; count += 1) {
      expect((await probe()).status).toBe(200);
      await sleep(300);
    }
    first.set({ kind: 'pass' });
  }, 60_000);

  it('goes when nothing answers any more, and comes back', async () => {
    for (const proxy of [first, second]) proxy.set({ kind: 'silence' });
    expect(await comesTo(503, 20_000)).toBe(true);
    expect((await fetch(new URL('/livez', server.adminUrl))).status).toBe(200);
    for (const proxy of [first, second]) proxy.set({ kind: 'pass' });
    expect(await comesTo(200, 20_000)).toBe(true);
    await Promise.all([first.refuse(), second.refuse()]);
    expect(await comesTo(503, 20_000)).toBe(true);
    await Promise.all([first.listen(), second.listen()]);
    expect(await comesTo(200, 20_000)).toBe(true);
  }, 90_000);

  it('stays while every connection of the only database that answers is busy', async () => {
    await second.refuse();
    expect(await comesTo(200, 10_000)).toBe(true);
    const load = startLoad(6, () =>
      callTool(server.url, 'none', 'execute_query', { database: 'first', sql: 'SELECT pg_sleep(0.7)' }),
    );
    const statuses = new Set<number>();
    for (let count = 0; count < 12; count += 1) {
      statuses.add((await probe()).status);
      await sleep(200);
    }
    await load.stop();
    expect([...statuses]).toEqual([200]);
    await second.listen();
  }, 60_000);
});
