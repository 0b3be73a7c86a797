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

it('pgmcp query gives rows in the format that is asked for', () => {
  const sql = "SELECT 1 AS id, NULL AS nothing, '' AS empty, 'a,b' AS word";
  expect(run('query', sql, '--format', 'csv')).toEqual({
    code: 0,
    stdout: 'id,nothing,empty,word\n1,,"","a,b"\n',
    stderr: '',
  });
  expect(run('query', sql, '--format', 'ndjson').stdout).toBe('["id","nothing","empty","word"]\n[1,null,"","a,b"]\n');
  expect(JSON.parse(run('query', sql, '--format', 'json').stdout)).toEqual([
    { id: 1, nothing: null, empty: '', word: 'a,b' },
  ]);
  expect(run('query', sql, '--format', 'markdown').stdout).toContain('| id | nothing | empty | word |\n');
  expect(run('query', sql, '--format', 'xml')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('ndjson'),
  });
});

it('pgmcp query gives every row as csv, and says when others are left out', () => {
  const sql = 'SELECT n FROM generate_series(1, 30000) AS n';
  const all = run('query', sql, '--format', 'csv');
  expect(all.stdout.trimEnd().split('\n')).toHaveLength(30_001);
  expect(all.stderr).toMatch(/\d+ rows/);
  const some = run('query', sql, '--format', 'json');
  expect(JSON.parse(some.stdout)).toHaveLength(1_000);
  expect(some.stderr).toContain('--format csv gives all');
  expect(run('query', 'SELECT 1/0', '--format', 'csv')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('division by zero'),
  });
});

it.each([
  ['ddl', /CREATE TABLE retail\.stores/],
  ['mermaid', /^erDiagram/],
  ['json', /^[[{]/],
])('pgmcp schema gives the structure as %s', (format, expected) => {
  const { code, stdout } = run('schema', 'retail.stores', '--format', format);
  expect(code).toBe(0);
  expect(stdout).toMatch(expected);
  expect(stdout).toContain('stores');
});
