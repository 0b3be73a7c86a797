import { execFileSync } from 'node:child_process';
import { createPools, type Pools } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { query } from '@pgmcp/testing/streaming-replica';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';

/** Whether the kernel can be told to drop packets: Linux, as root, with iptables (Debian: `apt-get install iptables`). */
function canDropPackets(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('iptables', ['-w', '-L', '-n'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const canDrop = canDropPackets();
if (!canDrop)
  process.stderr.write(
    '\niptables cannot be used here (Linux, root): dropping packets of one connection is NOT TESTED.\n',
  );

describe.skipIf(!canDrop)('packets that are dropped by the kernel', () => {
  let server: EmbeddedPostgres;
  const rules: string[][] = [];
  const opened: Pools[] = [];

  beforeAll(async () => {
    server = await startEmbeddedPostgres();
  });
  afterEach(async () => {
    for (const rule of rules.splice(0)) execFileSync('iptables', ['-w', '-D', ...rule]);
    await Promise.all(opened.splice(0).map((pools) => pools.close({ deadlineMs: 500 })));
  });
  afterAll(() => server.stop());

  /** Drops both directions of one connection, or of all connections to the server. */
  function drop(clientPort?: number): void {
    const client = clientPort === undefined ? [] : [String(clientPort)];
    const there = [
      'OUTPUT',
      '-o',
      'lo',
      '-p',
      'tcp',
      '--dport',
      String(server.port),
      ...client.flatMap((port) => ['--sport', port]),
      '-j',
      'DROP',
    ];
    const back = [
      'OUTPUT',
      '-o',
      'lo',
      '-p',
      'tcp',
      '--sport',
      String(server.port),
      ...client.flatMap((port) => ['--dport', port]),
      '-j',
      'DROP',
    ];
    for (const rule of [there, back]) {
      execFileSync('iptables', ['-w', '-A', ...rule]);
      rules.push(rule);
    }
  }

  function heal(): void {
    for (const rule of rules.splice(0)) execFileSync('iptables', ['-w', '-D', ...rule]);
  }

  function open(settings: object = {}) {
    const pools = createPools([
      {
        name: 'main',
        url: server.url(),
        maxConnections: 1,
        connectTimeoutMs: 500,
        statementTimeoutMs: 500,
        ...settings,
      },
    ]);
    opened.push(pools);
    return pools.database('main');
  }

  const clientPort = async (db: ReturnType<typeof open>) =>
    Number((await db.table('SELECT inet_client_port()')).rows[0]?.[0]);

  test('of an idle connection cost the next call a ping and no error', async () => {
    const db = open();
    const port = await clientPort(db);
    await sleep(1_100);
    drop(port);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(await clientPort(db)).not.toBe(port);
  });

  test('of a connection under its statement: the call ends in time, the statement too, the pool of one serves on', async () => {
    const db = open();
    const port = await clientPort(db);
    const call = db.table("SELECT pg_sleep(0.2), pg_sleep(0.2), 'marker drop'");
    call.catch(() => {});
    drop(port);
    await expect(call).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    const running = () =>
      query(
        `${server.url()}`,
        "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%marker drop%' AND pid <> pg_backend_pid()",
      );
    expect(await eventually(running, (rows) => rows.length === 0)).toEqual([]);
  });

  test('of the whole server: calls end in time and say so, and after healing the next one works', async () => {
    const db = open({ borrowTimeoutMs: 800 });
    await db.table('SELECT 1');
    drop();
    const outcomes = await Promise.allSettled([db.table('SELECT 1'), db.table('SELECT 1'), db.table('SELECT 1')]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: expect.stringMatching(/TIMEOUT|CONNECT_FAILED|BUSY/) },
      });
    heal();
    const answer = await eventually(
      () => db.table('SELECT 1').catch(() => undefined),
      (table) => table !== undefined,
    );
    expect(answer?.rows).toEqual([['1']]);
    expect(db.stats()).toMatchObject({ total: 1, waiting: 0 });
  });
});
