import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './topology/eventually.ts';
import { CALLS_PER_MINUTE, hasTopology, startTopology, TENANTS, type Topology } from './topology/start-topology.ts';
import { subscribe } from './topology/subscribe.ts';
import { callTool, isResult, startLoad } from './topology/tool-call.ts';

const CLIENTS = 6;
const minuteMs = 60_000;

/** Three replicas behind HAProxy over PostgreSQL with a standby, PgBouncer and Redis: what a platform team would run, on loopback. */
describe.skipIf(!hasTopology())('several replicas', () => {
  let topology: Topology;
  beforeAll(async () => {
    topology = await startTopology();
  }, 120_000);
  afterAll(() => topology?.stop());

  const keyOf = (tenant: (typeof TENANTS)[number]) => topology.keyOf(tenant);
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

  it('count one limit together, exactly', async () => {
    // The window of the limit is a minute of the clock; its whole count has to fit into one.
    const left = minuteMs - (Date.now() % minuteMs);
    if (left < 40_000) await sleep(left);
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
  }, 150_000);

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
    const listener = await subscribe(first?.url ?? '', keyOf('acme'), { resourceSubscriptions: ['schema://clock'] });
    await topology.asAdmin('CREATE TABLE announced (id int PRIMARY KEY)');
    // A replica believes what it knows for five seconds.
    const told = await eventually(async () => {
      await direct(third?.url)('SELECT 1');
      return listener.heard().includes('notifications/resources/updated');
    }, 15_000);
    await listener.close();
    expect(told, listener.heard()).toBe(true);
    expect(listener.heard()).toContain('schema://clock');
  }, 60_000);

  it('drain without failing a call', async () => {
    const load = startLoad(CLIENTS, () => calmly());
    await sleep(1_000);
    await topology.replicas[1]?.stop();
    await topology.restart(1);
    await sleep(1_500);
    const { count, failures } = await load.stop();
    expect(failures, JSON.stringify(failures).slice(0, 2_000)).toEqual([]);
    expect(count).toBeGreaterThan(20);
  }, 60_000);

  it('lose no more than the calls under way when one is killed', async () => {
    const load = startLoad(CLIENTS, () => calmly());
    await sleep(1_000);
    topology.replicas[2]?.process.kill('SIGKILL');
    await sleep(2_000);
    const { count, failures } = await load.stop();
    // Those under way, and those that were sent before the balancer's next check.
    expect(failures.length, JSON.stringify(failures).slice(0, 2_000)).toBeLessThanOrEqual(CLIENTS);
    expect(count).toBeGreaterThan(20);
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
    expect(count).toBeGreaterThan(20);
    for (const tenant of TENANTS) {
      const { text } = await select('SELECT DISTINCT tenant FROM orders', keyOf(tenant), 'direct');
      expect(text).toContain(`\\"${tenant}\\"`);
      for (const other of TENANTS) if (other !== tenant) expect(text).not.toContain(`\\"${other}\\"`);
    }
  }, 90_000);
});
