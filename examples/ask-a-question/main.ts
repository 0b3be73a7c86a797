// Questions in plain language, answered from a real PostgreSQL through an endpoint that speaks OpenAI's protocol. Without settings the
// endpoint answers from a script (model.ts), mistakes included; MODEL_URL, MODEL_NAME and MODEL_KEY name one of your own.
import { readRetailSql } from '@pgmcp/fixture-retail';
import { createAsk, withoutPrefix } from '@pgmcp/nl2sql';
import { createOpenAiModel } from '@pgmcp/nl2sql/openai';
import { createPools } from '@pgmcp/pool';
import { introspect, selectSlice } from '@pgmcp/schema-introspect';
import { createGuard } from '@pgmcp/sql-guard';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { modelEndpoint } from './model.ts';

const postgres = await startEmbeddedPostgres();
const pools = createPools([{ name: 'shop', url: postgres.url() }]);
const shop = pools.database('shop');
await shop.with({ access: 'read-write' }).transaction(async ({ script }) => script(await readRetailSql()));

const catalog = await introspect(shop);
const guard = await createGuard();
const { endpoint, close: closeEndpoint } = await modelEndpoint();

const ask = createAsk({
  model: createOpenAiModel(endpoint),
  schema: { describe: async (question, { maxTokens }) => selectSlice(catalog, question, { maxTokens }) },
  catalog: { snapshot: async () => catalog },
  parse: guard,
  check: guard,
  runner: {
    async explain(sql) {
      const prefix = 'EXPLAIN (FORMAT JSON) ';
      const { rows } = await shop.table(prefix + sql).catch((error) => {
        // Places in errors count in the statement, not in what stands before it.
        throw withoutPrefix(error, prefix);
      });
      const [{ Plan: plan }] = JSON.parse(rows[0]?.[0] ?? '[]') as [{ Plan: { 'Total Cost': number } }];
      return { totalCost: plan['Total Cost'] };
    },
    async run(sql) {
      // READ ONLY, rolled back, capped: whatever the guard thought of the statement.
      const { fields, rows, truncated } = await shop.with({ maxRows: 100, timeoutMs: 5_000 }).table(sql);
      return { columns: fields.map(({ name }) => ({ name })), rows, truncated: truncated !== false };
    },
  },
});

const questions = [
  'How many stores are there?',
  'Which three cities have the most customers?',
  'Delete the orders of last year',
  'Which store is the best?',
];
for (const question of questions) {
  const outcome = await ask(question);
  console.log(question);
  for (const { stage, sql, error } of outcome.attempts) {
    if (stage === 'explain')
      console.log(`  ${sql}
    ${error?.sqlState}: ${error?.message}; asked again`);
  }
  if (outcome.kind === 'answered') console.log(`  ${outcome.sql}\n  ${JSON.stringify(outcome.result?.rows)}`);
  else if (outcome.kind === 'refused') console.log(`  refused: ${outcome.violations[0]?.message}`);
  else if (outcome.kind === 'needs_clarification') console.log(`  asks back: ${outcome.clarification.question}`);
  else console.log(`  ${outcome.kind}`);
}

await closeEndpoint();
await guard.close();
await pools.close();
await postgres.stop();
