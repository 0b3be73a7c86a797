// The whole product on a real database: a real MCP client starts the built stdio server, which starts an embedded PostgreSQL 18
// with the retail sample, and uses it as an assistant would. Nothing is prepared, recorded or faked.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { clientConfigurations } from './client-configurations.ts';
import { type Answer, connectedSession, type Session } from './session.ts';
import { heading, indented, print, quoted, table } from './terminal.ts';

const server = fileURLToPath(new URL('../../apps/stdio/dist/main.js', import.meta.url));
if (!existsSync(server))
  throw new Error('The server is not built yet: run "pnpm demo" from the root, which builds it first.');

const startedAt = performance.now();
print('pgmcp: starting the stdio server with an embedded PostgreSQL 18 and its retail database ...');
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [server, '--demo', '--log-level', 'warn'],
  // A model of one's own is used when it is configured; everything else of this environment stays here.
  env: modelSettings(),
  stderr: 'inherit',
});
const client = new Client({ name: 'pgmcp-demo', version: '1.0.0' });
await client.connect(transport);
try {
  const session = connectedSession(client);
  await showConnection(session);
  await askQuestions(session);
  await handOver(session);
  await readSchema(session);
  await refuseHarm(session);
  await explain(session);
} finally {
  await client.close();
}
heading('Use it with your own database');
for (const { title, text } of clientConfigurations(process.execPath, server)) {
  print(`\n${title}`);
  print(indented(text));
}
print(
  `\nDone in ${((performance.now() - startedAt) / 1000).toFixed(1)} s. The database is gone; docs/configuration.md has every setting.`,
);

async function showConnection({ client, tools }: Session): Promise<void> {
  heading('1. A client connects and lists the tools');
  const info = client.getServerVersion();
  print(`${info?.name} ${info?.version}, protocol 2025-11-25 (2026-07-28 is served too)`);
  const listed = await tools();
  print(
    table(
      ['tool', 'what it does'],
      listed.map(({ name, description = '' }) => [name, firstSentence(description)]),
    ),
  );
}

async function askQuestions({ call }: Session): Promise<void> {
  heading('2. Questions in plain language, answered by statements that a person verified');
  const questions = [
    'What was the revenue of each store in 2025?',
    'What are our ten best selling products by revenue?',
    'Which card networks do our customers pay with?',
  ];
  for (const question of questions) {
    const answer = await call('query', { question, return_type: 'both', limit: 10 });
    print(`\n${quoted(question)}   source: ${answer.source}`);
    print(indented(String(answer.sql).trim()));
    print(rowsOf(answer));
  }
}

async function handOver({ call }: Session): Promise<void> {
  heading('3. A question that nobody verified');
  const question = 'Which city has the most customers?';
  const answer = await call('query', { question, return_type: 'both' });
  print(quoted(question));
  if (answer.status === 'answered') {
    print(`The configured model wrote:\n${indented(String(answer.sql))}`);
    print(rowsOf(answer));
    return;
  }
  print(`status: ${answer.status}. ${answer.reason} The assistant gets the schema it needs:`);
  print(indented(`${String(answer.schema).slice(0, 700)} ...`));
  const sql =
    'SELECT city, count(*) AS customers FROM retail.customers GROUP BY city ORDER BY customers DESC, city LIMIT 5';
  print(`and writes the SQL itself:\n${indented(sql)}`);
  const cities = await call('execute_query', { sql });
  print(rowsOf(cities));
}

async function readSchema({ call, client }: Session): Promise<void> {
  heading('4. The schema');
  const list = await call('list_tables', { schema: 'retail' });
  print(
    table(
      ['table', 'kind', 'rows', 'comment'],
      list.tables.map(({ name, kind, estimated_rows: rows = '', comment = '' }) => [name, kind, rows, comment]),
    ),
  );
  const [content] = (await client.readResource({ uri: 'schema://retail' })).contents;
  const text = content && 'text' in content ? content.text : '';
  print(`Resource schema://retail, ${text.length} characters, begins:\n${indented(text.slice(0, 400))} ...`);
}

async function refuseHarm({ fail }: Session): Promise<void> {
  heading('5. Harmful statements are refused, with the reason');
  const statements = [
    'DELETE FROM retail.orders',
    'WITH gone AS (DELETE FROM retail.orders RETURNING *) SELECT count(*) FROM gone',
    "SELECT pg_read_file('/etc/passwd')",
    'SELECT 1; DROP TABLE retail.orders',
  ];
  for (const sql of statements) {
    const error = await fail('execute_query', { sql });
    print(`\n${sql}\n${indented(`${error.code}: ${error.message}`)}`);
  }
}

async function explain({ call }: Session): Promise<void> {
  heading('6. How a statement runs');
  const sql = 'SELECT sum(quantity) FROM retail.order_items WHERE product_id = 7';
  const explained = await call('explain_query', { sql, analyze: true });
  print(`${sql}\n${indented(String(explained.plan))}`);
}

function rowsOf({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  return table(
    columns.map(({ name }) => name),
    rows,
  );
}

function firstSentence(text: string): string {
  return text.slice(0, text.indexOf('. ') + 1 || undefined);
}

function modelSettings(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const settings = Object.entries(process.env).filter(
    (entry): entry is [string, string] => /^(PG_MCP_OPENAI_|OPENAI_API_KEY$)/.test(entry[0]) && entry[1] !== undefined,
  );
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...Object.fromEntries(settings) };
}
