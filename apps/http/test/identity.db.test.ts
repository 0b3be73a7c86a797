import { createServerFactory } from '@pgmcp/server';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.ts';
import { startStack } from './http-stack.ts';

const database = useDatabase();
const secret = 'a secret between proxy and server, long enough';

/** From a token or a header through the whole server to the rows: `settings` believes a setting, `roles` a role, `open` nobody. */
describe('the identity of a caller decides the rows', () => {
  let issuer: AuthorizationServer;
  let server: Awaited<ReturnType<typeof startStack>>;
  let readers: { acme: string; globex: string };
  beforeAll(async () => {
    const [login, acme, globex, other] = await Promise.all(
      ['app', 'acme', 'globex', 'other'].map((prefix) => database.createRole(prefix)),
    );
    readers = { acme: acme?.name ?? '', globex: globex?.name ?? '' };
    const owner = await database.connect();
    await owner.query(`
      CREATE TABLE orders (id int PRIMARY KEY, tenant text NOT NULL, reader name NOT NULL);
      INSERT INTO orders VALUES (1, 'acme', '${readers.acme}'), (2, 'globex', '${readers.globex}');
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_setting ON orders TO ${login?.name}
        USING (tenant = nullif(current_setting('app.tenant', true), '')
               AND current_setting('request.jwt.claims', true)::jsonb ->> 'tenant' = tenant);
      CREATE POLICY by_role ON orders TO ${readers.acme}, ${readers.globex} USING (reader = current_user);
      GRANT SELECT ON orders TO ${login?.name}, ${readers.acme}, ${readers.globex}, ${other?.name};
      GRANT ${readers.acme}, ${readers.globex}, ${other?.name} TO ${login?.name} WITH INHERIT FALSE;`);
    await owner.end();
    const url = login?.url;
    issuer = await startAuthorizationServer();
    server = await startStack(
      {
        DATABASE_URL: '',
        PG_MCP_DATABASES: JSON.stringify([
          { name: 'settings', url, isolation: 'unsigned-settings' },
          { name: 'roles', url, isolation: 'role', roles: [readers.acme, readers.globex] },
        ]),
        PG_MCP_AUTH_ISSUER: issuer.issuer,
        PG_MCP_HTTP_PUBLIC_URL: 'https://pgmcp.example.com',
        PG_MCP_AUTH_ROLE_CLAIM: 'role',
        PG_MCP_AUTH_DATABASES_CLAIM: 'dbs',
        PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '10.1.0.0/16',
        PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
        PG_MCP_RATE_LIMIT_ENABLED: 'false',
      },
      createServerFactory,
    );
  });
  afterAll(async () => {
    await server?.close();
    await issuer?.close();
  });

  const ALL = 'settings roles';
  const tokenOf = (client: string, claims: Record<string, unknown>) => issuer.token({ client, claims });
  async function query(
    headers: Record<string, string>,
    target: string,
    sql = 'SELECT tenant FROM orders',
    peer?: string,
  ) {
    const { status, body } = await server.call('execute_query', headers, peer, { database: target, sql });
    const message = JSON.parse(body.startsWith('{') ? body : (/^data: (.*)$/m.exec(body)?.[1] ?? '{}'));
    const { structuredContent, content, isError } = message.result ?? {};
    return { status, rows: structuredContent?.rows, error: isError ? JSON.parse(content[0].text).error : undefined };
  }
  const withToken = async (client: string, claims: Record<string, unknown>, target: string, sql?: string) =>
    query({ authorization: `Bearer ${await tokenOf(client, claims)}` }, target, sql);

  it.each(['acme', 'globex'])('by settings: the tenant %s of a token sees its own', async (tenant) => {
    expect(await withToken(tenant, { dbs: ALL }, 'settings')).toMatchObject({ status: 200, rows: [[tenant]] });
  });

  it('by settings: a tenant that a proxy states sees its own', async () => {
    const headers = { 'x-rls-user-id': 'alice', 'x-rls-tenant-id': 'globex', 'x-pgmcp-proxy-secret': secret };
    expect(await query(headers, 'settings', undefined, '10.1.2.3')).toMatchObject({ rows: [['globex']] });
    expect((await query(headers, 'settings', undefined, '10.2.2.3')).status).toBe(401);
  });

  it.each([
    "SELECT set_config('app.tenant', 'globex', true), tenant FROM orders",
    "WITH x AS MATERIALIZED (SELECT set_config('app.tenant', 'globex', true)) SELECT tenant FROM x, orders",
    "SELECT query_to_xml('select set_config(''app.tenant'', ''globex'', true)', true, true, '')",
    "SET app.tenant = 'globex'",
    "UPDATE pg_settings SET setting = 'globex' WHERE name = 'app.tenant'",
    'RESET ROLE',
  ])('by settings: only the guard stands in between, and it refuses %s', async (sql) => {
    const { rows, error } = await withToken('acme', { dbs: ALL }, 'settings', sql);
    expect(rows).toBeUndefined();
    expect(error?.code).toBe('UNSAFE_SQL');
  });

  it('by settings: nobody without a tenant', async () => {
    const { error } = await withToken('acme', { dbs: ALL, tenant: undefined }, 'settings');
    expect(error).toMatchObject({ code: 'ACCESS_DENIED', message: expect.stringContaining('belongs to no tenant') });
  });

  it.each(['acme', 'globex'] as const)(
    'by role: the role of %s sees its own, whatever tenant is claimed',
    async (name) => {
      const role = readers[name];
      expect(await withToken('acme', { dbs: ALL, role }, 'roles')).toMatchObject({ status: 200, rows: [[name]] });
    },
  );

  it('by role: no role, a role of nobody and a role that is not listed are refused', async () => {
    for (const role of [undefined, 'nobody', 'postgres', `${readers.acme}"; RESET ROLE; --`]) {
      const { rows, error } = await withToken('acme', { dbs: ALL, role }, 'roles');
      expect([rows, error?.code], String(role)).toEqual([undefined, 'ACCESS_DENIED']);
      expect(error.message).not.toContain(readers.globex);
    }
  });

  it('a database that the token does not list is as unknown as none', async () => {
    for (const dbs of ['settings', ['settings']]) {
      expect(await withToken('acme', { dbs, role: readers.acme }, 'settings')).toMatchObject({ rows: [['acme']] });
      const foreign = await withToken('acme', { dbs, role: readers.acme }, 'roles');
      const unknown = await withToken('acme', { dbs, role: readers.acme }, 'nowhere');
      expect(foreign.rows).toBeUndefined();
      expect(foreign.error.code).toBe(unknown.error.code);
      expect(JSON.stringify(foreign.error).replaceAll('roles', 'nowhere')).toBe(JSON.stringify(unknown.error));
    }
  });

  it.each([
    ['', []],
    ['nothing', undefined],
  ])('a token that lists %s has no database at all', async (_what, dbs) => {
    for (const target of ['settings', 'roles'])
      expect((await withToken('acme', { dbs, role: readers.acme }, target)).rows).toBeUndefined();
  });

  it.each([
    ['dbs', 5],
    ['dbs', ['settings', 5]],
    ['dbs', { settings: true }],
    ['role', ['a', 'b']],
    ['role', ''],
    ['role', 'a\nb'],
    ['tenant', 5],
    ['tenant', 'a'.repeat(300)],
    ['tenant', null],
  ])('a claim %s of the form %j is refused, not left out', async (name, value) => {
    const { status } = await withToken('acme', { dbs: ALL, [name]: value }, 'settings');
    expect(status).toBe(403);
  });
});
