import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { useDatabase } from '../src/vitest/index.ts';

const database = useDatabase();
let tooEarly: unknown;
try {
  tooEarly = database.url;
} catch (error) {
  tooEarly = error;
}

test('a test file has an empty database of its own', async () => {
  const client = await database.connect();
  const { rows } = await client.query('SELECT current_database() AS name');
  expect(rows).toEqual([{ name: database.name }]);
  expect(database.name).toMatch(/^pgmcp_[0-9a-f]{8}_use_database_[0-9a-f]{6}$/);
  const tables = await client.query("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace");
  expect(tables.rowCount).toBe(0);
});

test('the parts of the address say the same as the URL', async () => {
  const { host, port, user, password, name, url } = database;
  expect(new URL(url)).toMatchObject({ hostname: host, port: String(port), username: user, pathname: `/${name}` });
  const client = new pg.Client({ host, port, user, password, database: name });
  await client.connect();
  expect((await client.query('SELECT current_user AS "user"')).rows).toEqual([{ user }]);
  await client.end();
});

describe('in a describe of its own', () => {
  const other = useDatabase();

  test('a second database is another one', async () => {
    expect(other.name).not.toBe(database.name);
    const client = await other.connect();
    expect((await client.query('SELECT current_database() AS name')).rows).toEqual([{ name: other.name }]);
  });
});

test('a client survives that its connection is taken away', async () => {
  const [victim, killer] = [await database.connect(), await database.connect()];
  const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await killer.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await expect(victim.query('SELECT 1')).rejects.toThrow();
});

describe('a role', () => {
  test('logs in, may nothing, and has a name that no other file has', async () => {
    const role = await database.createRole('reader');
    expect(role.name).toMatch(/^pgmcp_[0-9a-f]{8}_reader_[0-9a-f]{6}$/);
    const admin = await database.connect();
    await admin.query('CREATE TABLE secrets AS SELECT 1 AS one');
    const client = new pg.Client(role.url);
    await client.connect();
    expect((await client.query('SELECT current_user AS "user"')).rows).toEqual([{ user: role.name }]);
    await expect(client.query('SELECT * FROM secrets')).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  test('may be given attributes, memberships and settings', async () => {
    const role = await database.createRole('auditor', {
      bypassRowSecurity: true,
      memberOf: ['pg_read_all_data'],
      settings: { statement_timeout: '1234ms', search_path: '"$user", audit' },
    });
    const client = new pg.Client(role.url);
    await client.connect();
    const { rows } = await client.query(
      `SELECT rolbypassrls, rolsuper, pg_has_role('pg_read_all_data', 'MEMBER') AS member,
              current_setting('statement_timeout') AS timeout, current_setting('search_path') AS path
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(rows).toEqual([
      { rolbypassrls: true, rolsuper: false, member: true, timeout: '1234ms', path: '"$user", audit' },
    ]);
    await client.end();
  });

  test('that cannot log in is refused by the server', async () => {
    const group = await database.createRole('analysts', { login: false });
    await expect(new pg.Client(group.url).connect()).rejects.toMatchObject({ code: '28000' });
  });

  test.each(['', 'Upper', 'quo"te', '1st'])('with the prefix %j is refused', async (prefix) => {
    await expect(database.createRole(prefix)).rejects.toThrow(/cannot start the name/);
  });
});

test('before the first test there is no database yet, and the error says so', () => {
  expect(tooEarly).toMatchObject({ message: expect.stringContaining('inside tests and hooks only') });
});

describe('a run with DATABASE_URL', () => {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const config = fileURLToPath(new URL('./leaking-run/vitest.config.ts', import.meta.url));
  const files = [
    fileURLToPath(new URL('./leaking-run/clean.leak.ts', import.meta.url)),
    fileURLToPath(new URL('./leaking-run/connection.leak.ts', import.meta.url)),
  ];

  test('fails the file that leaks connections and no other, and cleans the server', { timeout: 120_000 }, async () => {
    const { url } = inject('pgmcpCluster');
    const directory = mkdtempSync(join(tmpdir(), 'pgmcp-report-'));
    const outputFile = join(directory, 'report.json');
    const child = spawn(
      process.execPath,
      [vitest, 'run', ...files, '--config', config, '--reporter', 'json', '--outputFile', outputFile],
      {
        env: { PATH: process.env['PATH'], DATABASE_URL: url },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const [out, errors, [exitCode]] = await Promise.all([
      readText(child.stdout),
      readText(child.stderr),
      once(child, 'close'),
    ]);
    expect(exitCode, out + errors).toBe(1);
    const report = JSON.parse(readFileSync(outputFile, 'utf8'));
    rmSync(directory, { recursive: true });
    expect(report).toMatchObject({ numPassedTests: 2, numFailedTests: 0 });
    const results = report.testResults.map(({ name, status, message }: Record<string, string>) => ({
      name: name?.split('/').at(-1),
      status,
      message,
    }));
    expect(results).toContainEqual({ name: 'clean.leak.ts', status: 'passed', message: '' });
    const leaking = results.find(({ name }: { name: string }) => name === 'connection.leak.ts');
    expect(leaking.status).toBe('failed');
    expect(leaking.message).toContain('left 2 connections to its database open');
    expect(leaking.message).toMatch(/application_name "forgotten pool", state idle, last query: SELECT 1 AS left_open/);
    expect(leaking.message).toMatch(/no application_name, state idle in transaction, last query: BEGIN/);

    const client = await database.connect();
    const left = await client.query(
      `SELECT datname AS name FROM pg_database WHERE datname ~ '^pgmcp_[0-9a-f]{8}_(connection|clean)_[0-9a-f]{6}$'
       UNION ALL SELECT rolname FROM pg_roles WHERE rolname ~ '^pgmcp_[0-9a-f]{8}_leaker_[0-9a-f]{6}$'`,
    );
    expect(left.rows).toEqual([]);
  });
});
