// How much a call costs beside a bare client of the driver, in the same process, in turns. Prints ratios: absolute times say more about
// the machine than about the pool.
import { createPools } from '@pgmcp/pool';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';

const ROUNDS = 40;
const CALLS = 150;

const server = await startEmbeddedPostgres();
const client = new pg.Client({ connectionString: server.url() });
await client.connect();
const settings = { url: server.url(), maxConnections: 1 };
const pools = createPools([
  { name: 'direct', ...settings },
  { name: 'pooler', ...settings, pooler: 'transaction' },
]);
const [direct, pooler] = [pools.database('direct'), pools.database('pooler')];
const bound = direct.with({ timeoutMs: 5_000 });
const cases: readonly (readonly [name: string, call: () => Promise<unknown>])[] = [
  ['pg.Client.query', () => client.query('SELECT 1')],
  ['database.table, one flight', () => direct.table('SELECT 1')],
  ['database.query, one flight', () => direct.query('SELECT 1')],
  ['the same with a timeout of its own', () => bound.query('SELECT 1')],
  ['database.query, step by step', () => pooler.query('SELECT 1')],
  ['database.transaction of one query', () => direct.transaction((transaction) => transaction.query('SELECT 1'))],
];
const times = cases.map((): number[] => []);
for (let round = -2; round < ROUNDS; round += 1) {
  for (const [index, [, call]] of cases.entries()) {
    for (let n = 0; n < CALLS; n += 1) {
      const startedAt = performance.now();
      await call();
      if (round >= 0) times[index]?.push(performance.now() - startedAt);
    }
  }
}
const median = (values: readonly number[] = []) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const base = median(times[0]);
for (const [index, [name]] of cases.entries()) {
  const value = median(times[index]);
  process.stdout.write(
    `${name.padEnd(40)} ${(value * 1_000).toFixed(0).padStart(5)} us  ${(value / base).toFixed(2)} x\n`,
  );
}
await client.end();
await pools.close();
await server.stop();
