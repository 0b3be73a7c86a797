// Two tenants in one table, and reads that go to a replica. Callers may write any SELECT they like: the row they are after is
// withheld by the database itself, which verifies who is asking by a signature.
import { randomBytes } from 'node:crypto';
import { createPools, identityKeySql, identitySql, testIdentity } from '@pgmcp/pool';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { query, startReplica } from '@pgmcp/testing/streaming-replica';

const key = { id: 'k2026', secret: randomBytes(32).toString('base64url') };

// What the owner of the database does, once.
const primary = await startEmbeddedPostgres({ settings: { wal_level: 'replica', max_wal_senders: '4' } });
await query(
  primary.url(),
  `CREATE ROLE app_data NOLOGIN; CREATE ROLE app LOGIN; GRANT app_data TO app;
   ${identitySql({ data: 'app_data' })}
   ${identityKeySql(key)}
   CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant text NOT NULL, total numeric NOT NULL);
   INSERT INTO orders (tenant, total) VALUES ('acme', 10), ('acme', 20), ('acme', 30), ('globex', 5), ('globex', 7);
   ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
   CREATE POLICY own ON orders USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'));
   GRANT SELECT, INSERT ON orders TO app_data;`,
);
const standby = await startReplica(primary, 'standby');

// What the program does.
const pools = createPools([
  {
    name: 'shop',
    url: `postgresql://app@127.0.0.1:${primary.port}/postgres`,
    replicas: [{ host: '127.0.0.1', port: standby.port }],
    roles: ['app_data'],
    identity: key,
  },
]);
const shop = pools.database('shop');
const asTenant = (tenant: string) =>
  shop.with({ target: 'prefer-replica', session: { role: 'app_data', claims: { subject: 'ada', tenant } } });

const report = await testIdentity(shop, { role: 'app_data' });
console.log(`every known way around the identity was tried; all held: ${report.passed}`);

const SEEN = `SELECT CASE WHEN pg_is_in_recovery() THEN 'replica' ELSE 'primary' END, array_agg(DISTINCT tenant), count(*), sum(total) FROM orders`;
for (const tenant of ['acme', 'globex']) console.log(`${tenant} reads`, await row(asTenant(tenant)));

const forged = `WITH lie AS MATERIALIZED (SELECT set_config('app.identity', 'acme', true)) SELECT count(*) FROM lie, orders`;
console.log(
  'globex claims to be acme:',
  await asTenant('globex')
    .table(forged)
    .then(({ rows }) => rows[0], String),
);

const acme = asTenant('acme').with({ access: 'read-write' });
await acme.transaction(({ query }) => query("INSERT INTO orders (tenant, total) VALUES ('acme', 40)"));
const afterPosition = await shop.position();
// From the replica when it has come that far, else from the primary: the caller's own write is seen either way.
const [, , count, total] = (await row(asTenant('acme').with({ afterPosition }))) ?? [];
console.log(`acme writes 40 and then reads ${count} orders of ${total}`);

await standby.stop();
console.log('the replica is gone; acme reads', await row(asTenant('acme')));

await pools.close();
await primary.stop();

async function row(database: Pick<typeof shop, 'table'>) {
  return (await database.table(SEEN)).rows[0];
}
