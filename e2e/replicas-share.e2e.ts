import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './topology/eventually.ts';
import { hasTopology, startTopology, TENANTS, type Tenant, type Topology } from './topology/start-topology.ts';
import { subscribe } from './topology/subscribe.ts';
import { callTool, isResult, startLoad, type WireAnswer } from './topology/tool-call.ts';

/** Calls of each tenant that go through everything at once. */
const CALLS_OF_EACH = 1_000;
const CLIENTS = 12;

/** What a tool answered, from either form of an answer. */
function structured({ text }: WireAnswer): Record<string, unknown> {
  const message = JSON.parse(text.startsWith('{') ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? '{}'));
  return message.result?.structuredContent ?? { error: message.result?.content?.[0]?.text ?? message.error };
}

/** Numbers that look random, the same in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What replicas know of each other: results, history, events, limits; and what tenants must not know of each other. */
describe.skipIf(!hasTopology())('what several replicas share', () => {
  let topology: Topology;
  beforeAll(async () => {
    topology = await startTopology();
  }, 120_000);
  afterAll(() => topology?.stop());

  const at = (replica: number) => topology.replicas[replica]?.url ?? '';

  it('is the rows behind a handle: begun on one, read page by page on the others, by nobody else', async () => {
    const key = topology.keyOf('acme');
    const begun = await callTool(at(0), key, 'start_query', {
      database: 'direct',
      sql: 'SELECT id, tenant FROM orders ORDER BY id',
    });
    const { query_id: id } = structured(begun);
    expect(id).toEqual(expect.any(String));
    const page = async (replica: number, as: string, offset: number) =>
      structured(
        await callTool(at(replica), as, 'get_query_result', { query_id: id, offset, limit: 40, wait_seconds: 20 }),
      );
    const pages = [await page(1, key, 0), await page(2, key, 40), await page(1, key, 80)];
    expect(pages.map(({ row_count: count }) => count)).toEqual([40, 40, 20]);
    const rows = pages.flatMap((one) => one['rows'] as [number, string][]);
    expect(new Set(rows.map(([number]) => number)).size).toBe(100);
    expect([...new Set(rows.map(([, tenant]) => tenant))]).toEqual(['acme']);
    for (const stranger of [topology.keyOf('globex'), topology.keyOf('acme')]) {
      for (const replica of [0, 1]) expect(await page(replica, stranger, 0)).toHaveProperty('error');
    }
  });

  it('is the history of a caller, whichever replica served the call', async () => {
    const key = topology.keyOf('acme');
    for (const [replica, name] of ['first', 'second', 'third'].entries()) {
      const sql = `SELECT count(*) AS on_${name} FROM orders`;
      expect(await callTool(at(replica), key, 'execute_query', { database: 'direct', sql })).toSatisfy(isResult);
    }
    const history = async (as: string) =>
      (await callTool(at(2), as, 'get_query_history', { database: 'direct', limit: 20 })).text;
    const seesAll = async () => {
      const text = await history(key);
      return ['on_first', 'on_second', 'on_third'].every((name) => text.includes(name));
    };
    expect(await eventually(seesAll, 10_000), await history(key)).toBe(true);
    expect(await history(topology.keyOf('globex'))).not.toMatch(/on_first|on_second|on_third/);
  });

  it('is events: what was told while nobody could listen is made up for', async () => {
    const key = topology.keyOf('acme');
    const select = (replica: number) =>
      callTool(at(replica), key, 'execute_query', { database: 'clock', sql: 'SELECT 1' });
    for (const replica of [0, 2]) expect(await select(replica)).toSatisfy(isResult);
    const schemas = await subscribe(at(0), key, { resourceSubscriptions: ['schema://clock'] });
    const lists = await subscribe(at(0), key, { resourcesListChanged: true });
    const isTold = () =>
      schemas.heard().includes('notifications/resources/updated') &&
      lists.heard().includes('notifications/resources/list_changed');
    // No new connection for the records: what listens stays dead for as long as it takes.
    await topology.asAdmin('ALTER ROLE keeper CONNECTION LIMIT 0');
    const killed = await topology.asAdmin(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'keeper' AND query LIKE 'LISTEN%'",
    );
    expect(killed.length).toBeGreaterThanOrEqual(3);
    await topology.asAdmin('CREATE TABLE unheard (id int PRIMARY KEY)');
    await sleep(6_000);
    expect(await select(2)).toSatisfy(isResult);
    await sleep(1_000);
    expect(isTold()).toBe(false);
    await topology.asAdmin('ALTER ROLE keeper CONNECTION LIMIT -1');
    expect(await eventually(isTold, 20_000), schemas.heard() + lists.heard()).toBe(true);
    expect(schemas.heard()).toContain('schema://clock');
    await Promise.all([schemas.close(), lists.close()]);
  }, 60_000);

  it('is no reason to fail: calls go on while Redis is dead, and are counted together again afterwards', async () => {
    const load = startLoad(4, async () => {
      await sleep(40);
      return callTool(topology.url, topology.keyOf('acme'), 'execute_query', { database: 'clock', sql: 'SELECT 1' });
    });
    await sleep(500);
    await topology.killRedis();
    await sleep(3_000);
    await topology.startRedisAgain();
    await sleep(2_000);
    const { count, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThan(8);
    const log = topology.replicas.map((replica) => replica.log()).join('\n');
    expect(log).toContain('Limits cannot be counted in their place');
    expect(log).toContain('Limits are counted in their place again');
  }, 60_000);

  it('is never a row: two tenants, a thousand calls each, aborts, errors, a drain and a kill', async () => {
    const random = createRandom(20_261_121);
    const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
    const crossed: string[] = [];
    const failures: string[] = [];
    const tally = { acme: { own: 0, aborted: 0 }, globex: { own: 0, aborted: 0 } };
    const otherThan = (tenant: Tenant): Tenant => (tenant === 'acme' ? 'globex' : 'acme');
    const handles: Record<Tenant, { id: string; key: string }[]> = { acme: [], globex: [] };
    const statements = [
      'SELECT DISTINCT tenant FROM orders',
      'SELECT * FROM orders ORDER BY id DESC LIMIT 5',
      'SELECT tenant, count(*), pg_sleep(0.02) FROM orders GROUP BY tenant',
      "SELECT string_agg(DISTINCT tenant, ',') FROM orders",
      'SELECT 1 / (id - id) FROM orders WHERE tenant IS NOT NULL',
      "SELECT CAST(tenant || '!' AS int) FROM orders",
    ];

    /** One call after another of a tenant, of every kind; some of them for what belongs to the other. */
    function chooseCall(tenant: Tenant): readonly [tool: string, input: object, key: string] {
      const key = topology.keyOf(tenant);
      const database = pick(['direct', 'pooled']);
      const kind = random();
      if (kind < 0.06) {
        const own = handles[tenant].shift();
        if (own) return ['get_query_result', { query_id: own.id, wait_seconds: 5 }, own.key];
      }
      if (kind < 0.1) {
        const foreign = handles[otherThan(tenant)].at(-1);
        if (foreign) return ['get_query_result', { query_id: foreign.id, wait_seconds: 0 }, key];
      }
      if (kind < 0.16) return ['start_query', { database, sql: 'SELECT tenant FROM orders' }, key];
      if (kind < 0.2) return ['get_query_history', { database, limit: 5 }, key];
      return ['execute_query', { database, sql: pick(statements) }, key];
    }

    async function one(tenant: Tenant): Promise<void> {
      const [tool, input, key] = chooseCall(tenant);
      const leaving = random() < 0.15 ? AbortSignal.timeout(Math.ceil(random() * 60)) : undefined;
      const answer = await callTool(topology.url, key, tool, input, leaving);
      const count = tally[tenant];
      if (answer.text.includes(otherThan(tenant))) crossed.push(`${tenant} ${tool}: ${answer.text}`);
      if (answer.text.includes(tenant)) count.own += 1;
      if (answer.status === 0 && leaving?.aborted) count.aborted += 1;
      else if (answer.status !== 200)
        failures.push(`${new Date().toISOString()} ${answer.status} ${answer.text.slice(0, 200)}`);
      const begun = tool === 'start_query' && answer.status === 200 ? structured(answer)['query_id'] : undefined;
      if (typeof begun === 'string') handles[tenant].push({ id: begun, key });
    }

    let left = CALLS_OF_EACH;
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (left > 0) {
        left -= 1;
        await Promise.all(TENANTS.map(one));
      }
    });
    await eventually(() => left < CALLS_OF_EACH * 0.7, 60_000);
    await topology.replicas[1]?.stop();
    await topology.restart(1);
    await eventually(() => left < CALLS_OF_EACH * 0.4, 60_000);
    topology.replicas[2]?.process.kill('SIGKILL');
    await topology.restart(2);
    await Promise.all(clients);
    process.stderr.write(`tenants: ${JSON.stringify(tally)}, ${failures.length} calls failed\n`);
    expect(crossed).toEqual([]);
    // Those that the killed replica had under way.
    const why = [...failures.slice(0, 20), ...topology.balancerLog().slice(-60)].join('\n');
    expect(failures.length, why).toBeLessThanOrEqual(2 * CLIENTS);
    for (const tenant of TENANTS) {
      expect(tally[tenant].own).toBeGreaterThan(CALLS_OF_EACH / 3);
      expect(tally[tenant].aborted).toBeGreaterThan(0);
    }
  }, 180_000);
});
