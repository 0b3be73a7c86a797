import { spawnSync } from 'node:child_process';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';
import { STDIO_PROGRAM, serverEnvironment } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

const run = (...args: string[]) => {
  const done = spawnSync(process.execPath, [STDIO_PROGRAM, ...args], {
    env: serverEnvironment({ PG_MCP_DATABASE_NAME: 'retail', PG_MCP_DATABASE_URL: database.url }),
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
};

it('pgmcp query prints rows as a table', () => {
  expect(run('query', "SELECT name, 12.50 AS price FROM retail.stores WHERE name = 'Denver RiNo'")).toEqual({
    code: 0,
    stdout: ['name         price', '-----------  -----', 'Denver RiNo  12.50', '(1 row)', ''].join('\n'),
    stderr: '',
  });
});

it('pgmcp query refuses what the server refuses, on standard error and with exit code 1', () => {
  const { code, stdout, stderr } = run('query', 'DROP TABLE retail.stores');
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^UNSAFE_SQL: /);
});

it('pgmcp query wants one statement', () => {
  expect(run('query')).toMatchObject({ code: 2, stderr: expect.stringContaining('as in: query "SQL"') });
});

it('pgmcp schema prints the database, or a table, or the nearest name', () => {
  expect(run('schema')).toMatchObject({ code: 0, stdout: expect.stringContaining('retail.order_items(') });
  expect(run('schema', 'retail.stores').stdout).not.toContain('retail.order_items(');
  expect(run('schema', 'retail.storse')).toMatchObject({ code: 1, stderr: expect.stringContaining('stores') });
});

it('a database that does not exist is named with those that do', () => {
  expect(run('query', 'SELECT 1', '--database', 'x')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^UNKNOWN_DATABASE: .*retail/),
  });
});

it('pgmcp doctor looks at the database step by step, and its exit code tells the worst', () => {
  const { code, stdout } = run('doctor');
  // The tests log in as a superuser, which is a warning.
  expect(code).toBe(3);
  expect(stdout).toMatch(/^retail\n {2}ok {7}name /);
  expect(stdout).toMatch(/WARNING {2}role .*superuser/);
  expect(JSON.parse(run('doctor', '--format', 'json').stdout)).toMatchObject({ databases: [{ database: 'retail' }] });
  expect(run('doctor', '--format', 'yaml')).toMatchObject({ code: 2, stdout: '' });
});
