import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it, onTestFinished } from 'vitest';
import { CALLER_KEY, type Caller, callerKey, createServerFactory, type Services } from '../src/index.ts';
import { startInProcess } from './in-process-client.ts';

const database = useDatabase();

/** A client of 2025 of a session that this caller has begun, and what it is told. */
async function connect(services: Services, caller: Caller, uris: readonly string[]): Promise<readonly string[]> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const authInfo = { token: '', clientId: caller.id, scopes: [], extra: { [CALLER_KEY]: caller } };
  const server = createServerFactory(services, { lasts: true })({ era: 'legacy', authInfo });
  await server.connect(serverSide);
  const client = new Client({ name: 'subscriber', version: '1.0.0' });
  await client.connect(clientSide);
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  const told: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void told.push(params.uri));
  for (const uri of uris) await client.subscribeResource({ uri });
  return told;
}

let changes = 0;
async function change(table: string): Promise<void> {
  const owner = await database.connect();
  changes += 1;
  await owner.query(`ALTER TABLE ${table} ADD COLUMN more_${changes} int`);
}

it('a subscriber hears of no database that it may not use', async () => {
  const owner = await database.connect();
  await owner.query('CREATE TABLE watched (id int)');
  const { services } = await startInProcess({
    PG_MCP_DATABASES: JSON.stringify(['sales', 'payroll'].map((name) => ({ name, url: database.url }))),
  });
  const uris = ['schema://payroll', 'schema://payroll/public/watched', 'schema://sales'];
  const limited = await connect(services, { id: 'limited', scopes: 'all', databases: ['sales'] }, uris);
  const whole = await connect(services, { id: 'whole', scopes: 'all' }, uris);
  for (const { catalogs } of services.databases.all) await catalogs.get();
  await change('watched');
  for (const name of ['payroll', 'sales']) await services.databases.resolve(name).catalogs.check();
  await expect.poll(() => whole).toEqual(uris);
  expect(limited).toEqual(['schema://sales']);
});

it('a subscriber hears of its own database, and not of that of another caller with the same name', async () => {
  const owner = await database.connect();
  await owner.query('CREATE TABLE owned (id int)');
  const { services } = await startInProcess({ PG_MCP_DATABASE_NAME: 'main', PG_MCP_DATABASE_URL: database.url });
  const [configured] = services.configuration.databases;
  if (configured === undefined) throw new Error('one database is configured');
  const callers: readonly Caller[] = ['alice', 'bob'].map((id) => ({ id, scopes: 'all' }));
  const told: (readonly string[])[] = [];
  for (const caller of callers) {
    const added = services.addDatabase({ ...configured, name: 'mine' }, callerKey(caller));
    await added.catalogs.get();
    told.push(await connect(services, caller, ['schema://mine']));
  }
  await change('owned');
  await services.databases.all.find(({ name, owner: key }) => name === 'mine' && key === 'alice')?.catalogs.check();
  await expect.poll(() => told).toEqual([['schema://mine'], []]);
});

it('a subscriber hears of no table that the policy hides', async () => {
  const owner = await database.connect();
  await owner.query('CREATE TABLE shown (id int); CREATE TABLE secret (id int)');
  const { services } = await startInProcess({
    PG_MCP_DATABASE_NAME: 'main',
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_SECURITY_DENIED_TABLES: 'public.secret',
  });
  const uris = ['schema://main', 'schema://main/public/secret', 'schema://main/public/shown'];
  const told = await connect(services, { id: 'reader', scopes: 'all' }, uris);
  const { catalogs } = services.databases.resolve(undefined);
  await catalogs.get();
  await change('secret');
  await catalogs.check();
  await change('shown');
  await catalogs.check();
  await expect.poll(() => told).toEqual(['schema://main', 'schema://main/public/shown']);
});
