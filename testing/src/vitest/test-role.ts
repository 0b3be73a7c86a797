import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** What a role of a test may do. */
export interface TestRoleOptions {
  /** May connect. Default true. */
  readonly login?: boolean;
  /** Default false. */
  readonly superuser?: boolean;
  /** Ignores row-level security policies. Default false. */
  readonly bypassRowSecurity?: boolean;
  /** Roles it becomes a member of, such as `pg_read_all_data`. */
  readonly memberOf?: readonly string[];
  /** Settings that each of its sessions starts with (`ALTER ROLE ... SET`). */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A role that lives as long as its test file. */
export interface TestRole {
  /** Unique on the server: roles belong to no database, and files run at the same time. */
  readonly name: string;
  readonly password: string;
  /** Connection URL to the file's database as this role. */
  readonly url: string;
}

/** Creates the role in one go with what it may do. */
export async function createTestRole(
  client: pg.Client,
  name: string,
  options: TestRoleOptions,
): Promise<{ name: string; password: string }> {
  const password = randomBytes(12).toString('hex');
  const role = pg.escapeIdentifier(name);
  const attributes = [
    (options.login ?? true) ? 'LOGIN' : 'NOLOGIN',
    options.superuser === true ? 'SUPERUSER' : 'NOSUPERUSER',
    options.bypassRowSecurity === true ? 'BYPASSRLS' : 'NOBYPASSRLS',
  ];
  await client.query(`CREATE ROLE ${role} ${attributes.join(' ')} PASSWORD ${pg.escapeLiteral(password)}`);
  for (const group of options.memberOf ?? []) await client.query(`GRANT ${pg.escapeIdentifier(group)} TO ${role}`);
  for (const [setting, value] of Object.entries(options.settings ?? {})) {
    // ALTER ROLE takes a list such as search_path's only as a list of words; the value of a session it takes as it is.
    await client.query('BEGIN');
    await client.query('SELECT set_config($1, $2, true)', [setting, value]);
    await client.query(`ALTER ROLE ${role} SET ${pg.escapeIdentifier(setting)} FROM CURRENT`);
    await client.query('COMMIT');
  }
  return { name, password };
}
