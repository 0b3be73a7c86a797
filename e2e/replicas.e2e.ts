import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pgBouncerProgram } from '../packages/pool/test/pgbouncer.ts';
import { hasRedis } from '../packages/server/test/redis-server.ts';
import { hasHaproxy } from './topology/haproxy.ts';
import { CALLS_PER_MINUTE, startTopology, TENANTS } from './topology/start-topology.ts';
import { callTool, isResult, startLoad } from './topology/tool-call.ts';

type Topology = Awaited<ReturnType<typeof startTopology>>;

const CLIENTS = 6;
const minuteMs = 60_000;

async function eventually(check: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await check())) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** Three replicas behind HAProxy over PostgreSQL with a standby, PgBouncer and Redis: what a platform team would run, on loopback. */
describe.skipIf(!hasHaproxy() || !hasRedis() || pgBouncerProgram === undefined)('several replicas', () => {
  let topology: Topology;
  beforeAll(async () => {
    topology = await startTopology();
    for (const url of topology.adminUrls) {
      let answer = '';
      const isUp = async () => {
        const response = await fetch(`${url}/readyz`);
        answer = await response.text();
        return response.ok;
      };
      expect(await eventually(isUp, 20_000), answer).toBe(true);
    }
    await sleep(1_000);
  }, 120_000);
  afterAll(() => topology?.stop());

  let turn = 0;
  /** A key with room: the load must not run into the limit that another test is about. */
  const keyOf = (tenant: (typeof TENANTS)[number]) => {
    const keys = topology.keysOf[tenant].slice(1);
    turn += 1;
    return keys[turn % keys.length] ?? '';
  };
  const select = (sql: string, key = keyOf('acme'), database = 'clock') =>
    callTool(topology.url, key, 'execute_query', { database, sql });
  /** Slow enough for a load of minutes to stay below the limits. */
  const calmly = async (sql = 'SELECT 1 AS n', database = 'clock') => {
    await sleep(50);
    return select(sql, keyOf('acme'), database);
  };

  it('serve in turn, without a client noticing which', async () => {
    for (let count = 0; count < 12; count += 1) expect(await select('SELECT 1 AS n')).toMatchObject({ status: 200 });
    for (const replica of topology.replicas) expect(replica.log()).toContain('"tool":"execute_query"');
  });

  it('keep tenants apart through everything at once: one server connection, two tenants, errors in between', async () => {
    const seen = { acme: new Set<string>(), globex: new Set<string>() };
    const rounds = Array.from({ length: 120 }, async (_, index) => {
      const tenant = TENANTS[index % 2 === 0 ? 0 : 1];
      const database = index % 4 < 2 ? 'direct' : 'pooled';
      const sql = index % 10 === 9 ? 'SELECT 1 / 0 FROM orders' : 'SELECT DISTINCT tenant FROM orders';
      await sleep(Math.floor(index / CLIENTS) * 15);
      const { text } = await select(sql, keyOf(tenant), database);
      for (const name of TENANTS) if (text.includes(`\\"${name}\\"`)) seen[tenant].add(name);
    });
    await Promise.all(rounds);
    expect(seen).toEqual({ acme: new Set(['acme']), globex: new Set(['globex']) });
  });

  it('count one limit together, exactly', async () => {
    // The window of the limit is a minute of the clock; its whole count has to fit into one.
    const left = minuteMs - (Date.now() % minuteMs);
    if (left < 20_000) await sleep(left);
    const key = topology.keysOf.globex[0] ?? '';
    let asked = 0;
    const statuses = await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const own: number[] = [];
        while (asked < CALLS_PER_MINUTE + 60) {
          asked += 1;
          own.push((await callTool(topology.url, key, 'execute_query', { database: 'clock', sql: 'SELECT 1' })).status);
        }
        return own;
      }),
    );
    const answers = statuses.flat();
    expect(answers.filter((status) => status === 200)).toHaveLength(CALLS_PER_MINUTE);
    expect(answers.filter((status) => status === 429)).toHaveLength(60);
  }, 90_000);

  it('cancel the statement of a client that leaves, within a second', async () => {
    const leaving = new AbortController();
    const answer = callTool(
      topology.url,
      keyOf('acme'),
      'execute_query',
      { database: 'clock', sql: 'SELECT pg_sleep(30)' },
      leaving.signal,
    );
    const running = async () => {
      const [row] = await topology.asAdmin(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()",
      );
      return Number(row?.['n']);
    };
    expect(await eventually(async () => (await running()) === 1, 10_000)).toBe(true);
    leaving.abort();
    const leftAt = performance.now();
    expect(await eventually(async () => (await running()) === 0, 10_000)).toBe(true);
    expect(performance.now() - leftAt).toBeLessThan(1_000);
    expect((await answer).status).toBe(0);
  });

  it('tell a subscriber on one replica of a schema change that another has seen', async () => {
    const [first, , third] = topology.replicas;
    const direct =
      (url = '') =>
      (sql: string) =>
        callTool(url, keyOf('acme'), 'execute_query', { database: 'clock', sql });
    // Both know the structure as it was.
    for (const replica of [first, third]) expect(await direct(replica?.url)('SELECT 1')).toMatchObject({ status: 200 });
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'listener', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const listening = new AbortController();
    const stream = await fetch(first?.url ?? '', {
      method: 'POST',
      signal: listening.signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${keyOf('acme')}`,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'subscriptions/listen',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 7,
        method: 'subscriptions/listen',
        params: { _meta: meta, notifications: { resourceSubscriptions: ['schema://clock'] } },
      }),
    });
    let heard = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of stream.body ?? []) heard += decoder.decode(chunk as Uint8Array, { stream: true });
    })().catch(() => undefined);
    expect(await eventually(() => heard.includes('acknowledged'), 5_000), heard).toBe(true);
    await topology.asAdmin('CREATE TABLE announced (id int PRIMARY KEY)');
    // A replica believes what it knows for five seconds.
    const told = await eventually(async () => {
      await direct(third?.url)('SELECT 1');
      return heard.includes('notifications/resources/updated');
    }, 15_000);
    listening.abort();
    await reading;
    expect(told, heard).toBe(true);
    expect(heard).toContain('schema://clock');
  }, 60_000);

  it('drain without failing a call', async () => {
    const load = startLoad(CLIENTS, () => calmly());
    await sleep(1_000);
    await topology.replicas[1]?.stop();
    await topology.restart(1);
    await sleep(1_500);
    const { count, failures } = await load.stop();
    expect(failures, JSON.stringify(failures).slice(0, 2_000)).toEqual([]);
    expect(count).toBeGreaterThan(100);
  }, 60_000);

  it('lose no more than the calls under way when one is killed', async () => {
    const load = startLoad(CLIENTS, () => calmly());
    await sleep(1_000);
    topology.replicas[2]?.process.kill('SIGKILL');
    await sleep(2_000);
    const { count, failures } = await load.stop();
    // Those under way, and those that were sent before the balancer's next check.
    expect(failures.length, JSON.stringify(failures).slice(0, 2_000)).toBeLessThanOrEqual(CLIENTS);
    expect(count).toBeGreaterThan(100);
    await topology.restart(2);
  }, 60_000);

  it('go on with the standby when the primary is gone', async () => {
    const load = startLoad(CLIENTS, () => calmly('SELECT pg_is_in_recovery() AS standby'));
    await sleep(1_000);
    await topology.failOver();
    expect(await eventually(async () => isResult(await select('SELECT 1')), 20_000)).toBe(true);
    await sleep(3_000);
    const before = load.failures();
    await sleep(3_000);
    const { count, failures } = await load.stop();
    expect(failures.length - before, JSON.stringify(failures.slice(before)).slice(0, 2_000)).toBe(0);
    expect(count).toBeGreaterThan(100);
    for (const tenant of TENANTS) {
      const { text } = await select('SELECT DISTINCT tenant FROM orders', keyOf(tenant), 'direct');
      expect(text).toContain(`\\"${tenant}\\"`);
      for (const other of TENANTS) if (other !== tenant) expect(text).not.toContain(`\\"${other}\\"`);
    }
  }, 90_000);
});
