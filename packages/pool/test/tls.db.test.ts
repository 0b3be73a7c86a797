import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPools, type PoolEvent, type SslMode } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';

// Made for these tests with openssl: `ca` has signed `server` (localhost, 127.0.0.1), `elsewhere` (db.example) and `client`.
const certificate = (name: string) => fileURLToPath(new URL(`./certificates/${name}`, import.meta.url));

let server: EmbeddedPostgres;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startEmbeddedPostgres();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close()));
});
afterAll(() => server.stop());

async function admin(...statements: string[]): Promise<void> {
  const client = new pg.Client({
    host: server.socketDirectory ?? server.host,
    port: server.port,
    user: server.user,
    database: 'postgres',
  });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Gives the server's user a copy that only it may read, as the server demands of a key. */
function install(name: string, as: string): void {
  const { uid, gid } = statSync(server.dataDirectory);
  const path = join(server.dataDirectory, as);
  copyFileSync(certificate(name), path);
  chmodSync(path, 0o600);
  chownSync(path, uid, gid);
}

/** Configures TLS and who may connect how over TCP; the unix socket stays open to everybody. */
async function configure({
  ssl,
  cert = 'server',
  rules = 'host all all all trust',
}: {
  ssl: boolean;
  cert?: string;
  rules?: string;
}): Promise<void> {
  install(`${cert}.crt`, 'server.crt');
  install(`${cert}.key`, 'server.key');
  install('ca.crt', 'root.crt');
  writeFileSync(join(server.dataDirectory, 'pg_hba.conf'), `local all all trust\n${rules}\n`);
  await admin(
    `ALTER SYSTEM SET ssl = ${ssl ? 'on' : 'off'}`,
    "ALTER SYSTEM SET ssl_ca_file = 'root.crt'",
    'SELECT pg_reload_conf()',
  );
  // The postmaster reads its files when it gets to it; a new backend shows what it has read.
  await eventually(
    async () => {
      const client = new pg.Client({
        host: server.socketDirectory ?? server.host,
        port: server.port,
        user: server.user,
        database: 'postgres',
      });
      await client.connect();
      const { rows } = await client.query(
        "SELECT current_setting('ssl') AS ssl, (SELECT count(*)::int FROM pg_hba_file_rules) AS rules, pg_conf_load_time() > now() - interval '5 s' AS loaded",
      );
      await client.end();
      return rows[0];
    },
    (row) => row.ssl === (ssl ? 'on' : 'off') && row.loaded,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
}

function open(settings: object) {
  const pools = createPools(
    [
      {
        name: 'main',
        host: '127.0.0.1',
        port: server.port,
        user: server.user,
        database: 'postgres',
        borrowTimeoutMs: 2_000,
        ...settings,
      },
    ],
    { environment: {} },
  );
  opened.push(pools);
  return pools.database('main');
}

const IS_ENCRYPTED = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

/** `plain`, `tls`, or the code of the error. */
async function outcome(settings: object): Promise<string> {
  try {
    return (await open(settings).table(IS_ENCRYPTED)).rows[0]?.[0] === 't' ? 'tls' : 'plain';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const outcomes = async (more: object = {}) =>
  Object.fromEntries(
    await Promise.all(
      (['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as SslMode[]).map(async (sslMode) => [
        sslMode,
        await outcome({
          sslMode,
          ...(sslMode.startsWith('verify') ? { sslRootCert: certificate('ca.crt') } : {}),
          ...more,
        }),
      ]),
    ),
  );

const FAILED = 'CONNECT_FAILED';

describe('sslMode', () => {
  test('with a server that can do TLS', async () => {
    await configure({ ssl: true });
    expect(await outcomes()).toEqual({
      disable: 'plain',
      allow: 'plain',
      prefer: 'tls',
      require: 'tls',
      'verify-ca': 'tls',
      'verify-full': 'tls',
    });
    expect(await outcomes({ host: 'localhost' })).toMatchObject({ 'verify-full': 'tls' });
  });

  test('with a server that cannot', async () => {
    await configure({ ssl: false });
    expect(await outcomes()).toEqual({
      disable: 'plain',
      allow: 'plain',
      prefer: 'plain',
      require: FAILED,
      'verify-ca': FAILED,
      'verify-full': FAILED,
    });
    await expect(open({ sslMode: 'require' }).table('SELECT 1')).rejects.toThrow(
      'sslMode require, with TLS): The server does not support SSL connections',
    );
  });

  test('with a server that demands it', async () => {
    await configure({ ssl: true, rules: 'hostssl all all all trust' });
    expect(await outcomes()).toEqual({
      disable: FAILED,
      allow: 'tls',
      prefer: 'tls',
      require: 'tls',
      'verify-ca': 'tls',
      'verify-full': 'tls',
    });
  });

  test('with a server that takes only plain connections although it can do TLS', async () => {
    await configure({ ssl: true, rules: 'hostnossl all all all trust' });
    expect(await outcomes()).toEqual({
      disable: 'plain',
      allow: 'plain',
      prefer: 'plain',
      require: FAILED,
      'verify-ca': FAILED,
      'verify-full': FAILED,
    });
  });

  test('with the certificate of another host', async () => {
    await configure({ ssl: true, cert: 'elsewhere' });
    expect(await outcomes()).toMatchObject({
      prefer: 'tls',
      require: 'tls',
      'verify-ca': 'tls',
      'verify-full': FAILED,
    });
    await expect(
      open({ sslMode: 'verify-full', sslRootCert: certificate('ca.crt') }).table('SELECT 1'),
    ).rejects.toThrow("127.0.0.1 is not in the cert's list");
  });

  test('with a certificate that nobody we trust has signed', async () => {
    await configure({ ssl: true });
    const other = { sslRootCert: certificate('other-ca.crt') };
    expect(await outcomes(other)).toEqual({
      disable: 'plain',
      allow: 'plain',
      prefer: 'tls',
      require: FAILED,
      'verify-ca': FAILED,
      'verify-full': FAILED,
    });
    expect(await outcome({ sslMode: 'verify-full' })).toBe(FAILED);
    expect(await outcome({ sslMode: 'verify-full', sslRootCert: 'system' })).toBe(FAILED);
  });

  test('with a root certificate that cannot be read says which setting', async () => {
    await expect(
      open({ sslMode: 'verify-full', sslRootCert: '/no/such/file' }).table('SELECT 1'),
    ).rejects.toMatchObject({
      code: FAILED,
      message: expect.stringContaining('sslRootCert cannot be read'),
    });
  });
});

test('a client certificate logs in where the server asks for one', async () => {
  await admin('CREATE ROLE app_client LOGIN');
  await configure({ ssl: true, rules: 'hostssl all app_client all cert' });
  const login = { user: 'app_client', sslMode: 'verify-full', sslRootCert: certificate('ca.crt') };
  expect(await outcome(login)).toBe(FAILED);
  expect(await outcome({ ...login, sslCert: certificate('client.crt'), sslKey: certificate('client.key') })).toBe(
    'tls',
  );
});

describe('channel binding', () => {
  const login = (more: object = {}) => ({ user: 'bound', password: 'correct horse', sslMode: 'require', ...more });

  test('ties the log-in to the TLS connection', async () => {
    await admin("CREATE ROLE bound LOGIN PASSWORD 'correct horse'");
    await configure({ ssl: true, rules: 'host all all all scram-sha-256' });
    for (const channelBinding of ['disable', 'prefer', 'require'])
      expect(await outcome(login({ channelBinding }))).toBe('tls');
    expect(await outcome(login({ sslMode: 'disable' }))).toBe('plain');
    expect(await outcome(login({ url: 'postgresql://x/?channel_binding=require', host: '127.0.0.1' }))).toBe('tls');
  });

  test.each(['password', 'trust', 'md5'])(
    'when required, a server that asks for %s gets no password and no session',
    async (method) => {
      await configure({ ssl: true, rules: `host all all all ${method}` });
      let asked = 0;
      const password = () => {
        asked += 1;
        return 'correct horse';
      };
      const call = open(login({ password, channelBinding: 'require', sslMode: 'require' })).table('SELECT 1');
      // A role whose password is stored for SCRAM is asked for SCRAM although the rule says md5.
      if (method === 'md5') expect((await call).rows).toEqual([['1']]);
      else {
        await expect(call).rejects.toMatchObject({
          code: FAILED,
          retryable: false,
          message: expect.stringContaining('did not offer SCRAM-SHA-256-PLUS'),
        });
        expect(asked).toBe(0);
      }
    },
  );

  test('when required, a plain connection is not made', async () => {
    await configure({ ssl: false, rules: 'host all all all scram-sha-256' });
    expect(await outcome(login({ channelBinding: 'require', sslMode: 'prefer' }))).toBe(FAILED);
    expect(() => open(login({ channelBinding: 'require', sslMode: 'disable' }))).toThrow('needs TLS');
  });
});

test('an abort reaches the server over TLS', async () => {
  await configure({ ssl: true, rules: 'hostssl all all all trust' });
  const db = open({ sslMode: 'verify-full', sslRootCert: certificate('ca.crt') });
  const controller = new AbortController();
  const call = db.with({ signal: controller.signal }).table("SELECT pg_sleep(60), 'marker tls'");
  call.catch(() => {});
  const running = async () =>
    (
      await db.table(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%marker tls%'",
      )
    ).rows[0]?.[0];
  expect(await eventually(running, (count) => count === '1')).toBe('1');
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await running()).toBe('0');
});

test('a cancel whose socket is closed without an answer holds up neither the call nor the end of the pools', async () => {
  await configure({ ssl: true, rules: 'hostssl all all all trust' });
  let isFirst = true;
  // As a load balancer without servers: what is new is accepted and closed.
  const balancer = createServer((client) => {
    client.on('error', () => {});
    if (!isFirst) client.end();
    else {
      const upstream = connect(server.port, server.host);
      upstream.on('error', () => {});
      client.pipe(upstream).pipe(client);
    }
    isFirst = false;
  }).listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  const { port } = balancer.address() as AddressInfo;
  const events: PoolEvent[] = [];
  const pools = createPools(
    [{ name: 'main', host: '127.0.0.1', port, user: server.user, database: 'postgres', sslMode: 'require' }],
    { environment: {}, onEvent: (event) => events.push(event) },
  );
  const db = pools.database('main');
  const controller = new AbortController();
  const call = db.with({ signal: controller.signal }).table('SELECT pg_sleep(0.6)');
  call.catch(() => {});
  await eventually(
    () => db.stats().lent,
    (lent) => lent === 1,
  );
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(events).toContainEqual(expect.objectContaining({ type: 'cancel-failed' }));
  await pools.close();
  balancer.close();
});

test('a cell that is too large is stopped above TLS too', async () => {
  await configure({ ssl: true });
  const db = open({ sslMode: 'require' });
  await expect(db.table("SELECT repeat('x', 20000000)")).rejects.toMatchObject({ code: 'RESULT_TOO_LARGE' });
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});
