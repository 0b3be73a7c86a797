import dns from 'node:dns';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPools, type DatabaseSettings, type Pools } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventually } from './eventually.ts';

type LookupCallback = (error: Error | null, found: string | dns.LookupAddress[], family?: number) => void;

const PASSWORD = 'pä:ss\\word';
let server: EmbeddedPostgres;
let directory: string;
const opened: Pools[] = [];

beforeAll(async () => {
  server = await startEmbeddedPostgres({ password: PASSWORD });
  directory = mkdtempSync(join(tmpdir(), 'pgmcp-ways-in-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close({ deadlineMs: 500 })));
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

function open(settings: Partial<DatabaseSettings>, environment: Record<string, string> = {}) {
  const pools = createPools([{ name: 'main', ...settings }], { environment });
  opened.push(pools);
  return pools.database('main');
}

function passwordFile(line: string, mode = 0o600): string {
  const file = join(directory, `pgpass-${mode.toString(8)}`);
  writeFileSync(file, `# comment\n${line}\n`);
  chmodSync(file, mode);
  return file;
}

const LINE = `127.0.0.1:*:postgres:postgres:${PASSWORD.replace(/[\\:]/g, '\\$&')}`;

describe('a log-in', () => {
  test('by the variables of libpq alone', async () => {
    const environment = {
      PGHOST: '127.0.0.1',
      PGPORT: String(server.port),
      PGUSER: 'postgres',
      PGDATABASE: 'postgres',
      PGPASSWORD: PASSWORD,
      PGAPPNAME: 'from the environment',
      PGOPTIONS: '-c work_mem=7MB',
    };
    expect(
      (await open({}, environment).table("SELECT current_setting('application_name'), current_setting('work_mem')"))
        .rows,
    ).toEqual([['from the environment', '7MB']]);
  });

  test.skipIf(process.platform === 'win32')('by a password file, named by setting or variable', async () => {
    const url = `postgresql://postgres@127.0.0.1:${server.port}/postgres`;
    const file = passwordFile(LINE);
    expect((await open({ url, passwordFile: file }).table('SELECT 1')).rows).toEqual([['1']]);
    expect((await open({ url }, { PGPASSFILE: file }).table('SELECT 2')).rows).toEqual([['2']]);
    const readable = open({ url, passwordFile: passwordFile(LINE, 0o640) });
    const error = await readable.table('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CONNECT_FAILED', message: expect.stringContaining('chmod 600') });
    expect(String(error)).not.toContain('pä');
  });
});

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);
if (!hasIpv6) process.stderr.write('\nThis machine has no IPv6 loopback: connecting over IPv6 is NOT TESTED.\n');

describe.skipIf(!hasIpv6)('over IPv6', () => {
  let forwarder: Server;
  let port: number;
  beforeAll(async () => {
    forwarder = createServer((client) => {
      const upstream = connect(server.port, '127.0.0.1');
      client.pipe(upstream).pipe(client);
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
    }).listen(0, '::1');
    await new Promise((resolve) => forwarder.once('listening', resolve));
    const address = forwarder.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => forwarder.close());

  test.each([
    ['alone', () => `[::1]:${port}`],
    ['behind a host that is not there', () => `127.0.0.1:1,[::1]:${port}`],
  ])('an address in brackets works, %s; an abort takes the same way', async (_, hosts) => {
    const db = open({
      url: `postgresql://postgres:${encodeURIComponent(PASSWORD)}@${hosts()}/postgres`,
      maxConnections: 1,
    });
    expect((await db.table('SELECT 6')).rows).toEqual([['6']]);
    const controller = new AbortController();
    const call = db.with({ signal: controller.signal }).table("SELECT 'over six', pg_sleep(30)");
    const failed = expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    const other = open({ url: server.url() });
    const running =
      "SELECT FROM pg_stat_activity WHERE query LIKE '%over six%' AND pid <> pg_backend_pid() AND state = 'active'";
    await eventually(
      () => other.table(running),
      ({ rows }) => rows.length === 1,
    );
    controller.abort();
    await failed;
    expect(
      (
        await eventually(
          () => other.table(running),
          ({ rows }) => rows.length === 0,
        )
      ).rows,
    ).toEqual([]);
  });
});

describe('a host name that comes to lead to another server', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  // macOS has no second loopback address.
  test.skipIf(process.platform === 'darwin')('an abort goes to the server whose statement it is', async () => {
    let strangers = 0;
    const stranger = createServer((client) => {
      strangers += 1;
      client.destroy();
    }).listen(server.port, '127.0.0.2');
    await new Promise((resolve, reject) => stranger.once('listening', resolve).once('error', reject));
    let address = '127.0.0.1';
    const { lookup } = dns;
    vi.spyOn(dns, 'lookup').mockImplementation(((
      name: string,
      options: dns.LookupOptions,
      callback: LookupCallback,
    ) => {
      if (name !== 'moving.example') lookup(name, options as never, callback as never);
      else if (options.all) callback(null, [{ address, family: 4 }]);
      else callback(null, address, 4);
    }) as never);
    try {
      const login = { port: server.port, user: 'postgres', database: 'postgres', password: PASSWORD };
      const db = open({ ...login, host: 'moving.example', maxConnections: 1 });
      expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
      address = '127.0.0.2';
      const call = db.with({ signal: AbortSignal.timeout(100) }).table("SELECT 'by address', pg_sleep(30)");
      await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
      const running =
        "SELECT FROM pg_stat_activity WHERE query LIKE '%by address%' AND pid <> pg_backend_pid() AND state = 'active'";
      const other = open({ url: server.url() });
      const left = await eventually(
        () => other.table(running),
        ({ rows }) => rows.length === 0,
      );
      expect(left.rows).toEqual([]);
      expect(strangers).toBe(0);
    } finally {
      stranger.close();
    }
  });
});
