// Two pgmcp-http processes over one database: keys, limits and kept results are records in a store that both use, so a client need
// not know which of them it talks to. In production a balancer stands before them; here every call says which.
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { query } from '@pgmcp/testing/streaming-replica';
import { operate, startReplica } from './replica.ts';

const LIMIT = 10;

const postgres = await startEmbeddedPostgres();
await query(
  postgres.url(),
  `CREATE ROLE reader LOGIN; CREATE ROLE keeper LOGIN; CREATE SCHEMA pgmcp AUTHORIZATION keeper;
   CREATE TABLE measurement (id int PRIMARY KEY, celsius numeric NOT NULL);
   INSERT INTO measurement SELECT n, round(15 + 10 * sin(n / 100.0)::numeric, 1) FROM generate_series(1, 5000) n;
   GRANT SELECT ON measurement TO reader;`,
);
const { PATH, HOME } = process.env;
const environment = {
  PATH,
  HOME,
  DATABASE_URL: `postgresql://reader@127.0.0.1:${postgres.port}/postgres`,
  // Another role than the one that statements run by, or they could read the records.
  PG_MCP_STORE_URL: `postgresql://keeper@127.0.0.1:${postgres.port}/postgres`,
  PG_MCP_AUTH_API_KEYS: 'true',
  PG_MCP_RATE_LIMIT_BACKEND: 'postgresql',
  PG_MCP_RATE_LIMIT_REQUESTS_PER_HOUR: String(LIMIT),
};

operate(environment, 'store', 'migrate');
const apiKey = operate(environment, 'keys', 'create', 'example', '--tenant', 'acme');
const [first, second] = await Promise.all([startReplica(environment, apiKey), startReplica(environment, apiKey)]);

const { query_id } = await first.call('start_query', { sql: 'SELECT id, celsius FROM measurement ORDER BY id' });
const page = await first.call('get_query_result', { query_id, limit: 2 });
console.log(
  `the first replica ran the statement: ${page['total_rows']} rows, the first two ${JSON.stringify(page['rows'])}`,
);

await first.end('SIGKILL');
const further = await second.call('get_query_result', { query_id, offset: 4_998, limit: 2 });
console.log(`it is killed; the second has the last two without running it again: ${JSON.stringify(further['rows'])}`);

const third = await startReplica(environment, apiKey);
const codes: unknown[] = [];
for (let call = 3; call < LIMIT + 4; call += 1) {
  const replica = call % 2 === 0 ? second : third;
  codes.push((await replica.call('execute_query', { sql: 'SELECT 1' }))['code'] ?? 'answered');
}
console.log(`one limit of ${LIMIT} an hour for both, three calls of it used: ${count(codes)}`);

// A list of one key: the id is the first word of its line.
const [id = ''] = operate(environment, 'keys', 'list').split('\n')[2]?.split(' ') ?? [];
operate(environment, 'keys', 'revoke', id);
const answers = [await second.call('list_tables', {}), await third.call('list_tables', {})];
console.log(`the key is revoked: ${count(answers.map(({ code }) => code))}`);

await Promise.all([second.end('SIGTERM'), third.end('SIGTERM')]);
await postgres.stop();

function count(values: readonly unknown[]): string {
  return [...new Set(values)]
    .map((value) => `${values.filter((other) => other === value).length} x ${value}`)
    .join(', ');
}
