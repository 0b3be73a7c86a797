import { createServer } from 'node:net';
import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Step } from '../src/doctor/step.ts';
import { runCommand } from './run-command.ts';

const database = useDatabase();
let owner: pg.Client;

async function doctor(environment: Record<string, string>, ...argv: string[]) {
  return runCommand(['doctor', ...argv], environment);
}

async function steps(
  environment: Record<string, string>,
): Promise<{ code: number; steps: readonly Step[]; grants?: string }> {
  const { code, stdout, stderr } = await doctor(environment, '--format', 'json');
  const parsed = JSON.parse(stdout || `{"databases":[{"steps":[],"stderr":${JSON.stringify(stderr)}}]}`);
  return { code, ...parsed.databases[0] };
}

const named = (found: readonly Step[], name: string) => found.filter((step) => step.name === name);

beforeAll(async () => {
  owner = await database.connect();
  await owner.query(`
    CREATE SCHEMA app; CREATE TABLE app.note (id int PRIMARY KEY, tenant text, body text);
    REVOKE TEMPORARY ON DATABASE ${JSON.stringify(new URL(database.url).pathname.slice(1))} FROM PUBLIC;
    CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM app.note';
    REVOKE EXECUTE ON FUNCTION app.peek() FROM PUBLIC;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
});

/** A login that may read the one table, and nothing else. */
async function reader(more = '') {
  const role = await database.createRole('reader');
  await owner.query(
    `GRANT USAGE ON SCHEMA app TO ${role.name}; GRANT SELECT ON app.note TO ${role.name}; ${more.replaceAll('$ROLE', role.name)}`,
  );
  return role;
}

describe('pgmcp doctor on a connection', () => {
  it('goes through every step, prints the script for the mode, and ends with 0 when nothing is wrong', async () => {
    const role = await reader();
    const { code, stdout, stderr } = await doctor({ DATABASE_URL: role.url });
    expect(code, stdout).toBe(0);
    for (const name of [
      'name',
      'TCP',
      'TLS',
      'log-in',
      'pooler',
      'server',
      'role',
      'memberships',
      'tables',
      'connections',
      'structure',
    ])
      expect(stdout).toMatch(new RegExp(`^  (ok     |notice )  ${name} `, 'm'));
    expect(stdout).toContain(`GRANT SELECT ON ALL TABLES IN SCHEMA app TO ${role.name};`);
    expect(stderr).toMatch(/^Looking at \S+ \.\.\.\n$/);
    expect(stdout + stderr).not.toContain(new URL(role.url).password || 'no password to leak');
  });

  it('prints a script that makes a role which passes', async () => {
    const role = await database.createRole('bare');
    const before = await steps({ DATABASE_URL: role.url });
    expect(before.code).toBe(1);
    expect(named(before.steps, 'tables')).toEqual([
      expect.objectContaining({ status: 'failed', detail: expect.stringContaining('may read none of 1 tables') }),
    ]);
    const { stdout } = await doctor({ DATABASE_URL: role.url }, '--grants');
    await owner.query(stdout);
    const after = await steps({ DATABASE_URL: role.url });
    expect(after.code).toBe(0);
    expect(named(after.steps, 'limits of the role')).toEqual([expect.objectContaining({ status: 'ok' })]);
    await owner.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA app REVOKE SELECT ON TABLES FROM ${role.name}`);
  });

  it.each([
    [
      'a host that does not exist',
      'postgresql://reader@no-such-host.invalid/shop',
      'name',
      /cannot be resolved \((ENOTFOUND|EAI_AGAIN)\)/,
    ],
    [
      'a port where nothing listens',
      'postgresql://reader@127.0.0.1:1/shop',
      'TCP',
      /127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)/,
    ],
    [
      'a socket that is not there',
      'postgresql:///shop?host=/no/such/folder&user=reader',
      'socket',
      /There is no \/no\/such\/folder\/\.s\.PGSQL\.5432/,
    ],
  ])('names %s', async (_, url, name, detail) => {
    const { code, steps: found } = await steps({ DATABASE_URL: url, PG_MCP_DATABASE_BORROW_TIMEOUT: '1s' });
    expect(code).toBe(1);
    expect(named(found, name)).toEqual([
      expect.objectContaining({ status: 'failed', detail: expect.stringMatching(detail), cure: expect.any(String) }),
    ]);
    expect(named(found, 'role')).toEqual([]);
  });

  it.each([
    [
      'speaks another protocol',
      (answer: (text: string) => void) => answer('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /no PostgreSQL server/,
    ],
    ['says nothing', () => undefined, /says nothing/],
  ])('notices a server that %s', async (_, behave, detail) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => behave((text) => void socket.write(text)));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const { code, steps: found } = await steps({
      DATABASE_URL: `postgresql://reader@127.0.0.1:${port}/shop`,
      PG_MCP_DATABASE_CONNECT_TIMEOUT: '300ms',
      PG_MCP_DATABASE_BORROW_TIMEOUT: '1s',
    });
    expect(code).toBe(1);
    expect(named(found, 'TLS')).toEqual([
      expect.objectContaining({ status: 'failed', detail: expect.stringMatching(detail) }),
    ]);
  });

  it('names a TLS mode that the server cannot serve, a wrong password, a database that is not there', async () => {
    const role = await reader();
    const url = new URL(role.url);
    url.searchParams.set('sslmode', 'require');
    const tls = await steps({ DATABASE_URL: url.href, PG_MCP_DATABASE_BORROW_TIMEOUT: '1s' });
    expect(named(tls.steps, 'TLS')).toEqual([
      expect.objectContaining({ status: 'failed', detail: 'The server offers no TLS, and sslMode is require.' }),
    ]);
    const elsewhere = new URL(role.url);
    elsewhere.pathname = '/no_such_database';
    const missing = await steps({ DATABASE_URL: elsewhere.href, PG_MCP_DATABASE_BORROW_TIMEOUT: '1s' });
    expect(named(missing.steps, 'log-in')).toEqual([
      expect.objectContaining({
        status: 'failed',
        detail: expect.stringContaining('no_such_database'),
        cure: expect.stringContaining('name of the database'),
      }),
    ]);
    const stranger = new URL(role.url);
    stranger.username = 'nobody_at_all';
    stranger.password = 'hunter2-secret';
    const wrong = await doctor({ DATABASE_URL: stranger.href, PG_MCP_DATABASE_BORROW_TIMEOUT: '1s' });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toMatch(/FAILED {3}log-in .*nobody_at_all/);
    expect(wrong.stdout + wrong.stderr).not.toContain('hunter2');
  });

  it('counts the connections of every pool on that server', async () => {
    const role = await reader();
    const { steps: few } = await steps({ DATABASE_URL: role.url, PG_MCP_DATABASE_MAX_POOL_SIZE: '1000' });
    expect(named(few, 'connections')).toEqual([
      expect.objectContaining({
        status: 'failed',
        detail: expect.stringMatching(/^1000 may be opened by each process; \d+ of \d+ are in use now/),
      }),
    ]);
  });

  it('refuses an unknown database and an unknown format', async () => {
    expect(
      await doctor({ DATABASE_URL: database.url, PG_MCP_DATABASE_NAME: 'shop' }, '--database', 'shpo'),
    ).toMatchObject({ code: 1, stderr: expect.stringMatching(/UNKNOWN_DATABASE: .*"shop"/) });
    expect(await doctor({ DATABASE_URL: database.url }, '--format', 'yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--format'),
    });
  });
});

describe('pgmcp doctor on a role that may too much', () => {
  const mistakes: readonly (readonly [what: string, sql: string, step: string, detail: RegExp])[] = [
    ['a superuser', 'ALTER ROLE $ROLE SUPERUSER', 'role', /is a superuser/],
    ['BYPASSRLS', 'ALTER ROLE $ROLE BYPASSRLS', 'role', /BYPASSRLS/],
    ['CREATEDB', 'ALTER ROLE $ROLE CREATEDB', 'role', /CREATEDB/],
    [
      'a member of a role that reads files',
      'GRANT pg_read_server_files TO $ROLE',
      'memberships',
      /pg_read_server_files/,
    ],
    [
      'a member of a role that runs programs',
      'GRANT pg_execute_server_program TO $ROLE',
      'memberships',
      /pg_execute_server_program/,
    ],
    [
      'the owner of a table',
      'CREATE TABLE app.own (a int); ALTER TABLE app.own OWNER TO $ROLE',
      'tables',
      /owns 1 tables/,
    ],
    [
      'a writer in mode read-only',
      'GRANT INSERT ON app.note TO $ROLE',
      'tables',
      /may write 1 tables, and the mode is read-only/,
    ],
    ['a creator of objects', 'GRANT CREATE ON SCHEMA app TO $ROLE', 'schemas', /may create objects in app/],
  ];
  afterEach(async () => {
    await owner.query('DROP TABLE IF EXISTS app.own');
  });
  it('gives a superuser a script for another role, which it can run as it stands', async () => {
    const superuser = new URL(database.url);
    const { stdout } = await doctor({ DATABASE_URL: superuser.href });
    expect(stdout).toContain("\n  CREATE ROLE pgmcp_assistant LOGIN PASSWORD '...' NOSUPERUSER");
    expect(stdout).toContain('GRANT CONNECT ON DATABASE');
    expect(stdout).not.toMatch(new RegExp(`ALTER ROLE "?${superuser.username}"? `));
  });

  it.each(mistakes)('names %s', async (_, sql, step, detail) => {
    const role = await reader(sql);
    const { code, steps: found } = await steps({ DATABASE_URL: role.url });
    expect([1, 3]).toContain(code);
    expect(named(found, step).map((one) => [one.status, one.detail])).toContainEqual([
      expect.stringMatching(/^(warning|failed)$/),
      expect.stringMatching(detail),
    ]);
    expect(named(found, step).find((one) => detail.test(one.detail))?.cure).toEqual(expect.any(String));
    await owner.query(`REASSIGN OWNED BY ${role.name} TO CURRENT_USER; DROP OWNED BY ${role.name}`);
  });
});

describe('pgmcp doctor where callers are kept apart', () => {
  /** Everything as it should be, for roles; then one mistake. */
  async function apart(mistake: string, isolation = 'role') {
    const data = await database.createRole('data', { login: false });
    const login = await database.createRole('login');
    await owner.query(`
      DROP TABLE IF EXISTS app.doc CASCADE;
      CREATE TABLE app.doc (id int, tenant text); ALTER TABLE app.doc ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON app.doc USING (tenant = current_user);
      GRANT USAGE ON SCHEMA app TO ${data.name}; GRANT SELECT ON app.doc TO ${data.name}; GRANT ${data.name} TO ${login.name};
      ${mistake.replaceAll('$DATA', data.name).replaceAll('$LOGIN', login.name)}`);
    const result = await steps({
      DATABASE_URL: login.url,
      PG_MCP_DATABASE_ISOLATION: isolation,
      PG_MCP_DATABASE_ROLES: data.name,
      ...(isolation === 'signed-claims' && {
        PG_MCP_DATABASE_IDENTITY_KEY_ID: 'k1',
        PG_MCP_DATABASE_IDENTITY_KEY: 'k'.repeat(40),
      }),
    });
    await owner.query(`DROP TABLE app.doc CASCADE; DROP OWNED BY ${data.name}, ${login.name}`);
    return {
      ...result,
      failed: result.steps.filter(({ status }) => status === 'failed').map(({ name, detail }) => `${name}: ${detail}`),
    };
  }

  it('finds nothing where nothing is wrong', async () => {
    expect((await apart('')).failed).toEqual([]);
  });

  it.each([
    [
      'an additional membership',
      'CREATE ROLE extra_$LOGIN; GRANT extra_$LOGIN TO $LOGIN',
      /memberships: .* is a member of extra_\S+, which is not in roles/,
    ],
    ['a missing membership', 'REVOKE $DATA FROM $LOGIN', /memberships: .* is no member of/],
    [
      'a readable table without row security',
      'GRANT SELECT ON app.note TO $DATA',
      /row security: Readable without row security: app\.note/,
    ],
    [
      'row security that is not forced',
      'ALTER TABLE app.doc NO FORCE ROW LEVEL SECURITY',
      /row security: Row security that is not forced: app\.doc/,
    ],
    [
      'a view with the rights of its owner',
      'CREATE VIEW app.docs AS SELECT * FROM app.doc; GRANT SELECT ON app.docs TO $DATA',
      /row security: Views that read .*: app\.docs/,
    ],
    [
      'a function with the rights of its owner',
      'GRANT EXECUTE ON FUNCTION app.peek() TO $DATA',
      /functions: .*app\.peek/,
    ],
    ['BYPASSRLS', 'ALTER ROLE $LOGIN BYPASSRLS', /role: .*BYPASSRLS/],
  ])('names %s, and fails', async (_, mistake, detail) => {
    const { code, failed } = await apart(mistake);
    expect(failed).toContainEqual(expect.stringMatching(detail));
    expect(code).toBe(1);
    await owner.query('REVOKE ALL ON app.note FROM PUBLIC');
  });

  it('names a policy that believes a setting, and a database that was not prepared for signed claims', async () => {
    const { failed } = await apart(
      `DROP POLICY own ON app.doc; CREATE POLICY own ON app.doc USING (tenant = current_setting('app.tenant', true))`,
      'signed-claims',
    );
    expect(failed).toContainEqual(
      expect.stringMatching(/row security: Policies that believe a plain setting.*: own on app\.doc/),
    );
    expect(failed).toContainEqual(expect.stringMatching(/^identity: /));
  });
});

it('tells names of a policy that protect nothing', async () => {
  const environment = {
    DATABASE_URL: database.url,
    PG_MCP_SECURITY_MASKED_COLUMNS: 'app.note.bdy, app.note.tenant',
    PG_MCP_SECURITY_DENIED_TABLES: 'app.note',
  };
  expect(named((await steps(environment)).steps, 'policy')).toEqual([
    {
      name: 'policy',
      status: 'warning',
      detail:
        'The policy names what is not here, so that it protects nothing: app.note.bdy (maskedColumns), perhaps app.note.body.',
      cure: expect.stringContaining('as the catalog stores it'),
    },
  ]);
});
