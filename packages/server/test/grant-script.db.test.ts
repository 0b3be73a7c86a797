import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

const database = useDatabase();
let owner: pg.Client;

beforeAll(async () => {
  owner = await database.connect();
  await owner.query(`
    CREATE SCHEMA sales; CREATE SCHEMA hr; CREATE SCHEMA reporting;
    CREATE TABLE sales.customers (id int, country text, email text);
    CREATE TABLE sales.orders (id int); CREATE TABLE sales.secrets (id int); CREATE TABLE hr.salaries (id int);
    CREATE VIEW reporting.countries AS SELECT country FROM sales.customers`);
});

it('the script of the doctor opens nothing that somebody has kept closed', async () => {
  const role = await database.createRole('reader');
  await owner.query(`
    GRANT USAGE ON SCHEMA sales, reporting TO ${role.name};
    GRANT SELECT ON sales.orders, reporting.countries TO ${role.name};
    GRANT SELECT (id, country) ON sales.customers TO ${role.name}`);
  const mayRead = async () => {
    const relations = ['sales.customers', 'sales.orders', 'sales.secrets', 'hr.salaries', 'reporting.countries'];
    const { rows } = await owner.query<{ name: string; some: boolean; whole: boolean }>(
      `SELECT name, has_any_column_privilege($1, name, 'SELECT') AS some, has_table_privilege($1, name, 'SELECT') AS whole
         FROM unnest($2::text[]) AS name`,
      [role.name, relations],
    );
    return rows;
  };
  const before = await mayRead();
  const { stdout } = await runCommand(['doctor', '--grants'], { DATABASE_URL: role.url });
  expect(stdout).toContain(`GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO ${role.name};`);
  expect(stdout).toContain(`GRANT SELECT (id, country) ON sales.customers TO ${role.name};`);
  expect(stdout).not.toMatch(/hr|secrets/);
  await owner.query(stdout);
  expect(await mayRead()).toEqual(before);
  await owner.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA reporting REVOKE SELECT ON TABLES FROM ${role.name}`);
});
