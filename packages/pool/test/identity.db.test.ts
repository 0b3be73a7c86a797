import { randomBytes } from 'node:crypto';
import { type Claims, createPools, type Database, identityKeySql, identitySql, testIdentity } from '@pgmcp/pool';
import { type TestRole, useDatabase } from '@pgmcp/testing/vitest';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signClaims } from '../src/sign-claims.ts';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);
const key = { id: 'current', secret: randomBytes(32) };
const longKey = { id: 'long', secret: randomBytes(100) };
let data: TestRole;
let login: TestRole;
let owner: string;

async function admin(...statements: readonly string[]): Promise<void> {
  const client = await database.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  data = await database.createRole('data', { login: false });
  login = await database.createRole('login', { memberOf: [data.name] });
  owner = (await database.createRole('owner', { login: false })).name;
  const sql = identitySql({ data: data.name, owner });
  // Twice: a migration that was interrupted is run again.
  await admin(sql, sql, identityKeySql(key), identityKeySql(key), identityKeySql(longKey));
  await admin(
    'CREATE TABLE document (tenant text, body text)',
    "INSERT INTO document SELECT t, 'of ' || t FROM unnest(ARRAY['acme', 'globex']) t, generate_series(1, 3)",
    'ALTER TABLE document ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE document FORCE ROW LEVEL SECURITY',
    "CREATE POLICY own ON document USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'))",
    `GRANT SELECT ON document TO "${data.name}"`,
  );
});

const secured = (via: object = {}, more: object = {}) =>
  open({ ...via, url: login.url, roles: [data.name], identity: key, ...more }).db;
const as = (db: Database, tenant: string, more: object = {}) =>
  db.with({ session: { role: data.name, claims: { subject: 'ann', tenant, ...more } as Claims } });

describe.each(PATHS)('signed claims, $path', (via) => {
  test('show a tenant its own rows, nobody nothing, and reach policies whole', async () => {
    const db = secured(via);
    expect((await as(db, 'acme').table('SELECT DISTINCT tenant FROM document')).rows).toEqual([['acme']]);
    expect((await as(db, 'globex').query('SELECT DISTINCT tenant FROM document')).rows).toEqual([{ tenant: 'globex' }]);
    expect((await db.with({ session: { role: data.name } }).table('SELECT * FROM document')).rows).toEqual([]);
    const claims = await as(db, 'acme', { plan: 'gold', level: 3 }).query<{ c: object }>(
      'SELECT pgmcp_identity.claims() AS c',
    );
    expect(claims.rows[0]?.c).toMatchObject({
      sub: 'ann',
      tenant: 'acme',
      plan: 'gold',
      level: 3,
      exp: expect.any(Number),
    });
    expect(
      await as(db, 'acme').transaction(
        async (transaction) => (await transaction.table('SELECT count(*) FROM document')).rows,
      ),
    ).toEqual([['3']]);
    expect((await as(secured(via, { identity: longKey }), 'acme').table('SELECT count(*) FROM document')).rows).toEqual(
      [['3']],
    );
  });

  test('hold against every attack of the self-test', async () => {
    const report = await testIdentity(secured(via), { role: data.name });
    expect(report.findings.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.passed).toBe(true);
    expect(report.findings.length).toBeGreaterThan(12);
  });

  test('do not leak from one call to the next over one connection', async () => {
    const db = secured(via, { maxConnections: 1, borrowTimeoutMs: 20_000 });
    const counts = await Promise.all(
      ['acme', 'globex', 'nobody'].map(async (tenant) => {
        let foreign = 0;
        for (let call = 0; call < 60; call += 1) {
          if (call % 10 === 3)
            await as(db, tenant)
              .table("SELECT set_config('app.identity', '', false) || 1 / 0")
              .catch(() => {});
          const { rows } = await as(db, tenant).table('SELECT tenant FROM document');
          foreign += rows.filter(([owner]) => owner !== tenant).length;
        }
        return foreign;
      }),
    );
    expect(counts).toEqual([0, 0, 0]);
  });
});

describe('a token is refused', () => {
  const using = (db: Database, token: string) =>
    as(db, 'acme').table(
      `WITH x AS MATERIALIZED (SELECT set_config('app.identity', '${token}', true)) SELECT d.tenant FROM x, document d`,
    );

  test('in another session than its own', async () => {
    const db = secured();
    const own = await as(db, 'acme').transaction(async (transaction) => {
      const { rows } = await transaction.table("SELECT current_setting('app.identity')");
      const token = rows[0]?.[0] ?? '';
      await expect(using(db, token)).rejects.toMatchObject({
        code: '28000',
        message: expect.stringContaining('another session'),
      });
      return token;
    });
    expect(own).toMatch(/^current\.[0-9a-f]+\.[0-9a-f]{64}$/);
  });

  test('after its end', async () => {
    const token = signClaims(key, { subject: 'ann', tenant: 'globex' }, { timeoutMs: -10_000, processId: undefined });
    await expect(using(secured(), token)).rejects.toMatchObject({
      code: '28000',
      message: expect.stringContaining('expired'),
    });
  });

  test.each([
    [
      'with an unknown key',
      () =>
        signClaims(
          { id: 'other', secret: key.secret },
          { subject: 'a', tenant: 'globex' },
          { timeoutMs: 5_000, processId: undefined },
        ),
    ],
    [
      'with the right key id and a wrong secret',
      () =>
        signClaims(
          { ...key, secret: randomBytes(32) },
          { subject: 'a', tenant: 'globex' },
          { timeoutMs: 5_000, processId: undefined },
        ),
    ],
    [
      'with one digit changed',
      () =>
        signClaims(key, { subject: 'a', tenant: 'globex' }, { timeoutMs: 5_000, processId: undefined }).replace(
          /.$/,
          (digit) => (digit === '0' ? '1' : '0'),
        ),
    ],
    ['without a signature', () => 'current.7b7d'],
    ['of garbage', () => 'tenant=globex'],
  ])('%s', async (_, token) => {
    await expect(using(secured(), token())).rejects.toMatchObject({ code: '28000' });
  });

  test('when its key has ended, while the next key works', async () => {
    const old = { id: 'old', secret: randomBytes(32) };
    await admin(identityKeySql(old));
    const db = secured({}, { identity: old });
    expect((await as(db, 'acme').table('SELECT count(*) FROM document')).rows).toEqual([['3']]);
    await admin(identityKeySql(old, { notAfter: new Date(Date.now() - 1_000) }));
    await expect(as(db, 'acme').table('SELECT count(*) FROM document')).rejects.toMatchObject({ code: '28000' });
    expect((await as(secured(), 'acme').table('SELECT count(*) FROM document')).rows).toEqual([['3']]);
  });
});

describe('the self-test fails closed on a database that is', () => {
  const undo: string[] = [];
  afterEach(() => admin(...undo.splice(0)));
  const failures = async (db: Database, role = data.name) =>
    (await testIdentity(db, { role })).findings
      .filter(({ passed }) => !passed)
      .map(({ name, detail }) => `${name}: ${detail}`);

  test('used by a superuser', async () => {
    expect((await failures(secured({}, { url: database.url }))).join()).toMatch(/superuser or has BYPASSRLS/);
  });

  test('used by a login with more roles', async () => {
    const other = await database.createRole('other', { login: false });
    const strong = await database.createRole('strong', { memberOf: [data.name, other.name] });
    expect((await failures(secured({}, { url: strong.url }))).join()).toMatch(/is a member of .*, not of/);
  });

  test('used by a login whose data role is a member of another', async () => {
    const other = await database.createRole('other', { login: false });
    await admin(`GRANT ${other.name} TO ${data.name}`);
    undo.push(`REVOKE ${other.name} FROM ${data.name}`);
    expect((await failures(secured())).join()).toContain(`not of ${data.name} alone`);
  });

  test('used by a login that reads files or all data', async () => {
    const strong = await database.createRole('strong', { memberOf: [data.name, 'pg_read_all_data'] });
    expect((await failures(secured({}, { url: strong.url }))).join()).toMatch(/is a member of pg_read_all_data/);
  });

  test('not told of our key', async () => {
    const found = await failures(secured({}, { identity: { id: 'unknown', secret: randomBytes(32) } }));
    expect(found.join()).toMatch(/our key is accepted: the identity is not signed/);
  });

  test('showing a table without row security, a plain view, a materialized view', async () => {
    undo.push('DROP TABLE bare CASCADE', 'DROP VIEW seen', 'DROP MATERIALIZED VIEW copied');
    await admin(
      'CREATE TABLE bare (n int)',
      'CREATE VIEW seen AS SELECT tenant FROM document',
      'CREATE MATERIALIZED VIEW copied AS SELECT 1',
      `GRANT SELECT ON bare, seen, copied TO "${data.name}"`,
    );
    const found = (await failures(secured())).join();
    expect(found).toMatch(/bare: row security is not enabled/);
    expect(found).toMatch(/seen: the view is not security_invoker/);
    expect(found).toMatch(/copied: policies do not hold/);
  });

  test.each([
    ['everything', 'USING (true)', true],
    ['everything, in other words', 'USING (1 = 1)', true],
    ['everything to its own role', `TO PUBLIC USING (coalesce(tenant, '') IS NOT NULL)`, true],
    ['what a plain setting says', `USING (tenant = current_setting('app.tenant', true))`, true],
    ['everything for changes', 'FOR UPDATE USING (true)', false],
    ['what a function of the database says', `USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'))`, false],
    ['what another table says', 'USING (EXISTS (SELECT FROM document d WHERE d.tenant = looked_at.tenant))', false],
  ])('showing by a policy of its own %s', async (_what, policy, isOpen) => {
    undo.push('DROP TABLE looked_at');
    await admin(
      'CREATE TABLE looked_at (tenant text)',
      'ALTER TABLE looked_at ENABLE ROW LEVEL SECURITY',
      'ALTER TABLE looked_at FORCE ROW LEVEL SECURITY',
      `CREATE POLICY theirs ON looked_at ${policy}`,
      `GRANT SELECT ON looked_at TO "${data.name}"`,
    );
    const found = (await failures(secured())).join();
    if (isOpen) expect(found).toMatch(/looked_at: a policy shows rows without asking/);
    else expect(found).toBe('');
    await admin(`COMMENT ON POLICY theirs ON looked_at IS 'pgmcp: shared'`);
    expect(await failures(secured())).toEqual([]);
    await admin(
      'COMMENT ON POLICY theirs ON looked_at IS NULL',
      `CREATE POLICY narrow ON looked_at AS RESTRICTIVE USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'))`,
    );
    expect(await failures(secured())).toEqual([]);
  });

  test('ignoring the claims', async () => {
    undo.push(
      'ALTER POLICY own ON pgmcp_identity.canary USING (tenant = (SELECT pgmcp_identity.claims() ->> $$tenant$$))',
    );
    await admin('ALTER POLICY own ON pgmcp_identity.canary USING (true)');
    const found = (await failures(secured())).join();
    expect(found).toMatch(/our key is accepted: A caller sees 2 rows/);
    expect(found).toMatch(/without claims nothing is seen/);
    expect(found).toMatch(/the claim taken away/);
  });

  test('trusting a plain setting: every forged claim gets through and is found', async () => {
    undo.push(
      'ALTER POLICY own ON pgmcp_identity.canary USING (tenant = (SELECT pgmcp_identity.claims() ->> $$tenant$$))',
    );
    await admin(
      "ALTER POLICY own ON pgmcp_identity.canary USING (current_setting('app.identity', true) LIKE '%' || tenant || '%' OR current_setting('app.identity', true) <> '')",
    );
    const found = (await failures(secured())).join();
    expect(found).toMatch(/a forged claim set in a CTE/);
    expect(found).toMatch(/a claim of garbage/);
  });

  test('not prepared at all', async () => {
    undo.push(`ALTER FUNCTION pgmcp_identity.gone() RENAME TO claims`);
    await admin('ALTER FUNCTION pgmcp_identity.claims() RENAME TO gone');
    expect((await failures(secured())).join()).toMatch(/There is no function pgmcp_identity.claims/);
  });

  test('not reachable', async () => {
    const report = await testIdentity(secured({}, { port: 1, borrowTimeoutMs: 50 }), { role: data.name });
    expect(report.passed).toBe(false);
    expect(report.findings.every(({ passed }) => !passed)).toBe(true);
  });
});

test.each([
  [{ session: { claims: { subject: 'a', tenant: '' } } }, 'needs a tenant'],
  [{ session: { claims: { tenant: 'a' } } }, 'needs a subject'],
  [{ session: { claims: { subject: 'a', tenant: 'b', exp: 1 } } }, 'belongs to the signature'],
  [{ session: { claims: { subject: 'a', tenant: 'b', x: {} } } }, 'must be a text'],
  [{ session: { settings: { 'APP.identity': 'x' } } }, 'bind session.claims instead'],
])('%j is refused', (binding, message) => {
  expect(() => secured().with(binding as never)).toThrow(message);
});

test('claims without a key, and keys that are too weak, are refused without showing the secret', () => {
  expect(() => open().db.with({ session: { claims: { subject: 'a', tenant: 'b' } } })).toThrow('needs identity');
  const weak = () => createPools([{ name: 'main', user: 'u', identity: { id: 'k', secret: 'hunter2' } }]);
  expect(weak).toThrow('at least 32 bytes');
  expect(weak).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
  expect(() => createPools([{ name: 'main', user: 'u', identity: { id: "k'", secret: randomBytes(32) } }])).toThrow(
    'letters, digits',
  );
});

test('the SQL takes roles with any name, and can be run again', async () => {
  const odd = `a$$b'c"d\\`;
  const client = await database.connect();
  try {
    // Nothing of it stays: the schema belongs to the other tests.
    await client.query('BEGIN');
    await client.query(`CREATE ROLE "${odd.replaceAll('"', '""')}" NOLOGIN`);
    for (let run = 0; run < 2; run += 1) await client.query(identitySql({ data: odd, owner: `${odd}$$o` }));
    const { rows } = await client.query("SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'claims'");
    expect(rows[0].proowner).toContain('$$o');
  } finally {
    await client.query('ROLLBACK');
    await client.end();
  }
});
