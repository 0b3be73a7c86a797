import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, createServices, loadConfiguration } from '@pgmcp/server';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterEach, expect, test } from 'vitest';
import { announceSchemaChanges } from '../src/announce-schema-changes.ts';

const database = useDatabase();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** One replica: services over the database of the test, which holds the store as well, and what its subscribers are told. */
async function startReplica(url: string) {
  const configuration = loadConfiguration({
    environment: { DATABASE_URL: url, PG_MCP_STORE_URL: database.url, PG_MCP_STORE_AUTO_MIGRATE: 'true' },
  });
  const services = await createServices(configuration, { logger: createLogger({ level: 'silent' }) });
  const { bus, stopWatching } = announceSchemaChanges(services);
  const [watched] = services.databases.all;
  if (watched === undefined) throw new Error('the configuration has one database');
  let told = 0;
  bus.subscribe((event) => {
    expect(event).not.toHaveProperty('structure');
    if (event.kind === 'resource_updated' && event.uri === `schema://${watched.name}`) told += 1;
  });
  await watched.catalogs.get();
  ends.push(async () => {
    stopWatching();
    await bus.close();
    await services.close();
  });
  return { look: () => watched.catalogs.check(), told: () => told };
}

test('a change is told once, and the next one too, however soon it follows and whoever sees it', async () => {
  const { url } = await database.createRole('reader', { memberOf: ['pg_read_all_data'] });
  const admin = await database.connect();
  const [first, second] = [await startReplica(url), await startReplica(url)];
  // A replica listens a moment after its start; what was said before is not heard.
  let count = 0;
  const change = async () => {
    count += 1;
    await admin.query(`CREATE TABLE early_${count} (id int)`);
    await first.look();
    return second.told();
  };
  await expect.poll(change, { timeout: 10_000, interval: 200 }).toBeGreaterThan(0);
  await sleep(500);
  const firstBefore = first.told();

  await admin.query('CREATE TABLE next (id int)');
  await second.look();
  await expect.poll(first.told, { timeout: 10_000 }).toBeGreaterThan(firstBefore);

  await sleep(500);
  const secondBefore = second.told();
  await admin.query('CREATE TABLE last (id int)');
  await first.look();
  await expect.poll(second.told, { timeout: 10_000 }).toBeGreaterThan(secondBefore);
});
