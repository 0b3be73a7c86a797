import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseTemporaryDirectory } from '../src/embedded-postgres/choose-directory.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded-postgres/index.ts';
import { locateBinaries } from '../src/embedded-postgres/locate-binaries.ts';
import { runsInPlace, serverUser } from '../src/embedded-postgres/prepare-binaries.ts';
import { prepareCluster } from '../src/embedded-postgres/prepare-cluster.ts';
import { startOnFreePort } from '../src/embedded-postgres/start-on-free-port.ts';
import { PortTakenError, startPostmaster } from '../src/embedded-postgres/start-postmaster.ts';
import { createWorkDirectory, removeWorkDirectory } from '../src/embedded-postgres/work-directory.ts';
import { ask, isAlive, processesOf } from './postgres-probes.ts';

describe('an embedded server', () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    const settings = { work_mem: '7MB', fsync: 'on', cluster_name: "it's \\ odd" };
    server = await startEmbeddedPostgres({ settings });
  });
  afterAll(() => server.stop());

  test('is PostgreSQL 18 on 127.0.0.1, in UTF-8 and UTC, with pg_stat_statements at hand', async () => {
    const [row] = await ask(
      server.url(),
      `
      SELECT current_setting('server_version_num')::integer / 10000 AS version, inet_server_addr()::text AS address,
             current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS timezone,
             current_setting('shared_preload_libraries') AS libraries, current_user AS "user",
             (SELECT datlocale FROM pg_database WHERE datname = current_database()) AS locale`,
    );
    expect(row).toEqual({
      version: 18,
      address: '127.0.0.1/32',
      encoding: 'UTF8',
      timezone: 'UTC',
      libraries: 'pg_stat_statements',
      user: 'postgres',
      locale: 'C.UTF-8',
    });
    await ask(server.url(), 'CREATE EXTENSION pg_stat_statements');
  });

  test('takes settings, also in place of its own', async () => {
    const rows = await ask(
      server.url(),
      "SELECT name, setting FROM pg_settings WHERE sourcefile LIKE '%embedded.conf'",
    );
    const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    expect(settings).toMatchObject({
      fsync: 'on',
      full_page_writes: 'off',
      work_mem: '7168',
      cluster_name: "it's \\ odd",
    });
  });

  test.skipIf(process.platform === 'win32')('listens on a Unix socket too', async () => {
    const rows = await ask(
      { host: server.socketDirectory ?? '', port: server.port, user: server.user, database: 'postgres' },
      'SELECT inet_server_addr() AS address',
    );
    expect(rows).toEqual([{ address: null }]);
  });

  test('gives URLs for any database name', async () => {
    await ask(server.url(), 'CREATE DATABASE "a b ü%"');
    expect(await ask(server.url('a b ü%'), 'SELECT current_database() AS name')).toEqual([{ name: 'a b ü%' }]);
  });

  test('can be taken away and brought back', async () => {
    await ask(server.url(), 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = server.postmasterPid;
    await server.crash();
    expect(isAlive(pid)).toBe(false);
    await expect(ask(server.url(), 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.resume();
    expect(await ask(server.url(), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(server.postmasterPid).not.toBe(pid);
  });
});

test('a password is asked for, and stop leaves no file and no process', { timeout: 60_000 }, async () => {
  const password = "it's a/p@ss:wörd";
  const server = await startEmbeddedPostgres({ password });
  const directory = dirname(server.dataDirectory);
  expect(await ask(server.url(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const wrong = new URL(server.url());
  wrong.password = 'guess';
  await expect(ask(wrong.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  expect(readdirSync(directory)).not.toContain('password');
  expect(statSync(server.dataDirectory).mode & 0o077).toBe(0);

  await Promise.all([server.stop(), server.stop()]);
  expect(isAlive(server.postmasterPid)).toBe(false);
  expect(existsSync(directory)).toBe(false);
  if (process.platform === 'linux') expect(processesOf(directory)).toEqual([]);
});

describe('a start that fails', { timeout: 60_000 }, () => {
  let temporaryDirectory: string;
  beforeAll(() => {
    temporaryDirectory = mkdtempSync(join(chooseTemporaryDirectory(), 'pgmcp-test-'));
    chmodSync(temporaryDirectory, 0o755);
  });
  afterAll(() => rmSync(temporaryDirectory, { recursive: true }));

  test('shows the end of the log and leaves nothing behind', async () => {
    const start = startEmbeddedPostgres({
      temporaryDirectory,
      settings: { shared_preload_libraries: 'no_such_library' },
    });
    await expect(start).rejects.toMatchObject({
      code: 'START_FAILED',
      message: expect.stringContaining('"no_such_library"'),
    });
    expect(readdirSync(temporaryDirectory)).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)(
    'tells root that the server could not enter the temporary directory',
    async () => {
      chmodSync(temporaryDirectory, 0o700);
      const start = startEmbeddedPostgres({ temporaryDirectory });
      await expect(start).rejects.toMatchObject({
        code: 'INVALID_SETTINGS',
        message: expect.stringContaining('Set TMPDIR'),
      });
      chmodSync(temporaryDirectory, 0o755);
    },
  );

  test.each([
    ['a name that is none', { 'work_mem = 1; include': 'x' }, /"work_mem = 1; include" is not the name/],
    ['what the launcher chooses', { PORT: '5432' }, /"PORT" is chosen by the launcher/],
    ['a value of two lines', { work_mem: "1MB'\nfsync = on" }, /must be a single line/],
  ])('refuses %s as a setting', async (_what, settings, message) => {
    await expect(startEmbeddedPostgres({ temporaryDirectory, settings })).rejects.toMatchObject({
      code: 'INVALID_SETTINGS',
      message: expect.stringMatching(message),
    });
  });

  test.each(['', 'two\nlines'])('refuses the password %j', async (password) => {
    await expect(startEmbeddedPostgres({ temporaryDirectory, password })).rejects.toMatchObject({
      code: 'INVALID_SETTINGS',
    });
  });

  test('is tried again on another port when somebody took the first one', async () => {
    const taken = createServer();
    const workDirectory = createWorkDirectory(temporaryDirectory);
    const options = {
      user: serverUser(),
      copyBinaries: !runsInPlace(locateBinaries(), serverUser()),
      superuser: 'postgres',
      password: undefined,
      settings: {},
      socketDirectory: undefined,
    };
    const cluster = await prepareCluster(locateBinaries(), workDirectory, options);
    const start = () => startPostmaster(cluster.place, cluster.logFile, 20_000);
    const tried: number[] = [];
    const configure = (port: number) => {
      tried.push(port);
      cluster.configure(port);
    };
    const { port, started } = await startOnFreePort(configure, async () => {
      // Between finding the port and using it.
      if (tried.length === 1) await new Promise<void>((resolve) => taken.listen(tried[0], '127.0.0.1', resolve));
      return start();
    });
    expect(tried).toHaveLength(2);
    expect(port).toBe(tried[1]);
    await started.stop('fast', 5_000);

    await expect(
      startOnFreePort(cluster.configure, () => Promise.reject(new PortTakenError('in use'))),
    ).rejects.toThrow('No TCP port in 10 attempts');
    taken.close();
    removeWorkDirectory(workDirectory);
  });
});
