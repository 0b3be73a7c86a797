// Prints what tools and results cost a conversation, in o200k tokens: pnpm --filter @pgmcp/server token-costs
// With DATABASE_URL set to the retail sample database, typical results too.
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { createLogger, createServices, LOCAL_CALLER, loadConfiguration, TOOLS } from '../src/index.ts';
import { startCall } from '../src/start-call.ts';
import { callTool } from '../src/tools/call-tool.ts';
import { listedTool } from '../src/tools/listed-schema.ts';
import { DEFAULT_TOOLSETS, TOOLSET_NAMES } from '../src/tools/toolset.ts';

const costOf = (value: unknown): number => encode(JSON.stringify(value)).length;
const write = (tokens: number, what: string): void =>
  void process.stdout.write(`${String(tokens).padStart(6)}  ${what}\n`);

for (const name of TOOLSET_NAMES) {
  const tools = TOOLS.filter(({ toolset }) => toolset === name);
  for (const tool of tools) write(costOf(listedTool(tool)), `${name.padEnd(12)} ${tool.name}`);
}
const reading = TOOLS.filter(({ toolset, scope }) => DEFAULT_TOOLSETS.includes(toolset) && scope === 'db:read');
write(costOf(reading.map(listedTool)), 'the list of tools, default toolsets, read-only');
write(costOf(TOOLS.map(listedTool)), 'the list of tools, all toolsets');

const HUNDRED = 'SELECT * FROM retail.orders ORDER BY order_id LIMIT 100';
const TYPICAL: readonly (readonly [tool: string, args: Readonly<Record<string, unknown>>])[] = [
  ...['rows', 'csv', 'markdown', 'json'].map((format) => ['execute_query', { sql: HUNDRED, format }] as const),
  ['execute_query', { sql: 'SELECT count(*) FROM retail.orders' }],
  ['list_tables', { detail: 'names' }],
  ['list_tables', {}],
  ['list_tables', { detail: 'columns' }],
  ['get_table_schema', { tables: ['retail.orders'] }],
  ['get_query_context', { question: 'How many gold customers have cancelled orders?' }],
  ['explain_query', { sql: 'SELECT * FROM retail.orders JOIN retail.customers USING (customer_id)' }],
];

if (process.env['DATABASE_URL'] !== undefined) {
  const services = await createServices(loadConfiguration({ environment: process.env }), {
    logger: createLogger({ level: 'error' }),
  });
  for (const [name, args] of TYPICAL) {
    const tool = TOOLS.find((each) => each.name === name);
    if (!tool) continue;
    const { call } = startCall({
      tool: name,
      caller: LOCAL_CALLER,
      signal: services.shutdownSignal,
      progress: () => undefined,
    });
    const result = await callTool(
      { tool, argumentsGiven: args, readAnswer: () => ({ canAsk: false }), services },
      (work) => work(call),
    );
    // Models see one of the two forms of a result, never both.
    write(costOf('structuredContent' in result ? result.structuredContent : result), `${name} ${JSON.stringify(args)}`);
  }
  await services.close();
}
