import { createPools, identityKeySql, identitySql } from '@pgmcp/pool';
import { useDatabase } from '@pgmcp/testing/vitest';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../src/call.ts';
import { createCallerSessions } from '../src/caller-sessions.ts';

const database = useDatabase();
const key = { id: 'k1', secret: 'a secret of at least thirty-two bytes' };
const logger = pino({ level: 'silent' });
const callerOf = (tenant: string): Caller => ({ id: `user of ${tenant}`, tenant, scopes: 'all' });

describe('callers of a database with signed claims', () => {
  const role = `data_${process.pid}`;
  const login = `login_${process.pid}`;
  let pools: ReturnType<typeof createPools>;
  let schema = {};

  beforeAll(async () => {
    const setup = createPools([{ name: 'setup', url: database.url }]);
    const admin = setup.database('setup').with({ access: 'read-write' });
    await admin.transaction((transaction) =>
      transaction.script(`
        CREATE ROLE ${role} NOLOGIN; CREATE ROLE ${login} LOGIN; GRANT ${role} TO ${login};
        ${identitySql({ data: role, owner: `owner_${process.pid}` })}
        ${identityKeySql(key)}
        CREATE TABLE orders (id int PRIMARY KEY, tenant text NOT NULL);
        INSERT INTO orders VALUES (1, 'acme'), (2, 'globex');
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON orders USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'));
        GRANT SELECT ON orders TO ${role};`),
    );
    await setup.close();
    const url = new URL(database.url);
    url.username = login;
    pools = createPools([{ name: 'shop', url: url.href, identity: key, roles: [role] }]);
  });
  afterAll(async () => {
    await pools?.close();
    const setup = createPools([{ name: 'setup', url: database.url }]);
    await setup
      .database('setup')
      .with({ access: 'read-write' })
      .transaction((transaction) =>
        transaction.script(
          `DROP OWNED BY ${role}, ${login}, owner_${process.pid} CASCADE; DROP ROLE ${login}; DROP ROLE ${role}; DROP ROLE owner_${process.pid};`,
        ),
      );
    await setup.close();
  });

  const sessions = () =>
    createCallerSessions({
      connections: pools.database('shop'),
      isolation: { mode: 'signed-claims', roles: [role] },
      schemaNow: () => schema,
      logger,
    });

  it('see the rows of their own tenant and no others', async () => {
    const sessionOf = sessions();
    for (const tenant of ['acme', 'globex']) {
      const session = await sessionOf(callerOf(tenant));
      const { rows } = await pools.database('shop').with({ session }).table('SELECT tenant FROM orders');
      expect(rows).toEqual([[tenant]]);
    }
  });

  it('are refused from the moment a schema change takes the protection of a table away', async () => {
    const sessionOf = sessions();
    await sessionOf(callerOf('acme'));
    const owner = createPools([{ name: 'owner', url: database.url }]);
    await owner.database('owner').with({ access: 'read-write' }).query(`CREATE TABLE open AS SELECT 1 AS n`);
    await owner.database('owner').with({ access: 'read-write' }).query(`GRANT SELECT ON open TO ${role}`);
    schema = {};
    const refused = { code: 'ACCESS_DENIED', message: expect.stringContaining('has not proven') };
    await expect(sessionOf(callerOf('acme'))).rejects.toMatchObject(refused);
    await expect(sessionOf(callerOf('acme'))).rejects.toMatchObject(refused);
    await owner.database('owner').with({ access: 'read-write' }).query('DROP TABLE open');
    await owner.close();
    schema = {};
    await expect(sessionOf(callerOf('acme'))).resolves.toMatchObject({ role, claims: { tenant: 'acme' } });
  });

  it('hear that the database is down, not that it is unprotected', async () => {
    const down = createPools([
      { name: 'shop', url: 'postgresql://nobody@127.0.0.1:1/none', identity: key, roles: [role], borrowTimeoutMs: 300 },
    ]);
    const sessionOf = createCallerSessions({
      connections: down.database('shop'),
      isolation: { mode: 'signed-claims', roles: [role] },
      schemaNow: () => schema,
      logger,
    });
    await expect(sessionOf(callerOf('acme'))).rejects.toMatchObject({ name: 'PoolError' });
    await down.close();
  });
});
