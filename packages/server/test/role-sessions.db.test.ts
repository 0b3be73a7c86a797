import { createPools } from '@pgmcp/pool';
import { useDatabase } from '@pgmcp/testing/vitest';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../src/call.ts';
import { createCallerSessions } from '../src/caller-sessions.ts';

const database = useDatabase();
const roles = ['acme', 'globex'].map((name) => `${name}_${process.pid}`);
const login = `gate_${process.pid}`;
const callerOf = (role: string): Caller => ({ id: role, scopes: 'all', identity: { role } });

/** The administrator's own connection. */
async function asAdmin(sql: string): Promise<void> {
  const pools = createPools([{ name: 'setup', url: database.url }]);
  await pools
    .database('setup')
    .with({ access: 'read-write' })
    .transaction((transaction) => transaction.script(sql));
  await pools.close();
}

describe('callers with a database role each', () => {
  let pools: ReturnType<typeof createPools>;
  beforeAll(async () => {
    await asAdmin(`
      ${roles.map((role) => `CREATE ROLE ${role} NOLOGIN;`).join(' ')}
      CREATE ROLE ${login} LOGIN NOINHERIT; GRANT ${roles.join(', ')} TO ${login};
      CREATE TABLE orders (id int PRIMARY KEY, owner text NOT NULL);
      INSERT INTO orders VALUES (1, '${roles[0]}'), (2, '${roles[1]}');
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON orders USING (owner = current_user);
      GRANT SELECT ON orders TO ${roles.join(', ')};`);
    const url = new URL(database.url);
    url.username = login;
    pools = createPools([{ name: 'shop', url: url.href, roles }]);
  });
  afterAll(async () => {
    await pools?.close();
    await asAdmin(`DROP OWNED BY ${roles.join(', ')}, ${login}; DROP ROLE ${login}, ${roles.join(', ')};`);
  });

  const rowsOf = async (caller: Caller, sql: string) => {
    const sessionOf = createCallerSessions({
      connections: pools.database('shop'),
      isolation: { mode: 'role', roles },
      schemaNow: () => undefined,
      logger: pino({ level: 'silent' }),
    });
    const session = await sessionOf(caller);
    return (await pools.database('shop').with({ session }).table(sql)).rows;
  };

  it('see the rows of their own role, one after the other on the same connection', async () => {
    for (const role of [...roles, ...roles]) {
      expect(await rowsOf(callerOf(role), 'SELECT owner FROM orders')).toEqual([[role]]);
    }
  });

  it('are refused without a role, and with one that the database does not list', async () => {
    for (const caller of [callerOf('postgres'), callerOf(login), { id: 'nobody', scopes: 'all' } as const]) {
      await expect(rowsOf(caller, 'SELECT owner FROM orders')).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    }
  });

  it('leave nothing of a role behind when a statement changes it', async () => {
    const [mine = '', other = ''] = roles;
    await rowsOf(callerOf(mine), `SELECT set_config('role', '${other}', false)`).catch(() => undefined);
    expect(await rowsOf(callerOf(mine), 'SELECT current_user, owner FROM orders')).toEqual([[mine, mine]]);
  });
});
