import { parseArgs } from 'node:util';
import { introspect, type Queryable, rankTables, readFingerprint } from '@pgmcp/schema-introspect';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { percentile } from '../measure/interleave.ts';
import { createTables } from './create-tables.ts';
import { ONE_JSON_QUERY } from './one-json-query.ts';
import { readTableByTable } from './table-by-table.ts';

const MAX_RATIO = 1.5;
/** Below, planning the larger query is all that is measured. */
const SMALLEST_JUDGED = 100;

const { values: options } = parseArgs({
  options: {
    tables: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`Reads catalogs of n tables with 12 columns each: introspect() against one JSON query written by hand and against
three queries a table, interleaved, medians. Run with --expose-gc for heap figures. Ends with 1 when introspect() takes more
than one round trip, or from ${SMALLEST_JUDGED} tables on more than ${MAX_RATIO} times as long as the one JSON query.
  --tables N   size of a catalog; repeatable; 100, 1000 and 10000 by default
  --rounds N   rounds per size; 7 by default`);
  process.exit(0);
}

const rounds = wholeNumber('--rounds', options.rounds);
const sizes = (options.tables ?? ['100', '1000', '10000']).map((size) => wholeNumber('--tables', size));
const server = await startEmbeddedPostgres({ settings: { fsync: 'off' } });
try {
  console.log(
    'tables  one JSON query   introspect  ratio  trips   table by table  fingerprint  heap after GC   first rank',
  );
  for (const count of sizes) await measure(count);
} finally {
  await server.stop();
}

async function measure(count: number): Promise<void> {
  const database = `tables_${count}`;
  const admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  await createTables(client, count);
  const times = { json: [] as number[], introspect: [] as number[], fingerprint: [] as number[] };
  const timed = async (list: number[], work: () => Promise<unknown>): Promise<void> => {
    const startedAt = performance.now();
    await work();
    list.push(performance.now() - startedAt);
  };
  for (let round = 0; round < rounds; round += 1) {
    await timed(times.json, async () => {
      const { rows } = await client.query<{ json: string }>(ONE_JSON_QUERY);
      JSON.parse(rows[0]?.json ?? '');
    });
    await timed(times.introspect, () => introspect(client));
    await timed(times.fingerprint, () => readFingerprint(client));
  }
  const tableByTable: number[] = [];
  await timed(tableByTable, () => readTableByTable(client));

  let trips = 0;
  const db: Queryable = client;
  const counting: Queryable = {
    query: (text, values) => {
      trips += 1;
      return db.query(text, values);
    },
  };
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const catalog = await introspect(counting);
  collectGarbage();
  const heap = process.memoryUsage().heapUsed - before;
  const startedAt = performance.now();
  rankTables(catalog, 'names of things');
  const firstRank = performance.now() - startedAt;
  const ratio = median(times.introspect) / median(times.json);
  console.log(
    `${String(count).padStart(6)} ${ms(median(times.json))} ms ${ms(median(times.introspect))} ms ${ratio.toFixed(2).padStart(6)} ${String(trips).padStart(6)} ` +
      `${ms(median(tableByTable))} ms ${ms(median(times.fingerprint))} ms ${(heap / 1e6).toFixed(1).padStart(9)} MB ${ms(firstRank)} ms`,
  );
  const isSlow = count >= SMALLEST_JUDGED && !(ratio <= MAX_RATIO);
  if (isSlow || trips !== 1 || catalog.tables.length !== count) process.exitCode = 1;
  await client.end();
}

function collectGarbage(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value > 0)) throw new Error(`${option} takes a whole number from 1.`);
  return value;
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0).padStart(12);
}
