// A question becomes checked SQL and a checked answer, with a model of your own: the port is one method that returns text.
// The "model" here knows two questions by heart and makes a mistake in the second, which the pipeline mends by rule.
import { PGlite } from '@electric-sql/pglite';
import { readRetailSql } from '@pgmcp/fixture-retail';
import { createAsk, type LanguageModel } from '@pgmcp/nl2sql';
import { introspect, selectSlice } from '@pgmcp/schema-introspect';
import { createGuard } from '@pgmcp/sql-guard';

const model: LanguageModel = {
  async complete({ messages }) {
    const asked = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    // Call your model here. Whatever comes back is treated as untrusted text.
    if (asked.includes('How many stores')) return { text: '```sql\nSELECT count(*) FROM retail.stores\n```' };
    return { text: 'SELECT `name` FROM retail.stores ORDER BY name LIMIT 2;' };
  },
};

const database = await PGlite.create();
await database.exec(await readRetailSql());
const catalog = await introspect(database);
const guard = await createGuard();

const ask = createAsk({
  model,
  schema: { describe: async (question, { maxTokens }) => selectSlice(catalog, question, { maxTokens }) },
  catalog: { snapshot: async () => catalog },
  parse: guard,
  check: guard,
  runner: {
    async explain(sql) {
      const { rows } = await readOnly(`EXPLAIN (FORMAT JSON) ${sql}`);
      const plans = rows[0]?.['QUERY PLAN'] as { Plan: { 'Total Cost': number } }[] | undefined;
      return { totalCost: plans?.[0]?.Plan['Total Cost'] };
    },
    async run(sql) {
      const { rows, fields } = await readOnly(sql);
      return {
        columns: fields.map(({ name }) => ({ name })),
        rows: rows.map((row) => Object.values(row)),
        truncated: false,
      };
    },
  },
});

/** READ ONLY and rolled back, whatever the guard thought of the statement. */
async function readOnly(sql: string) {
  return database.transaction(async (transaction) => {
    await transaction.exec('SET TRANSACTION READ ONLY');
    const result = await transaction.query<Record<string, unknown>>(sql);
    await transaction.rollback();
    return result;
  });
}

for (const question of ['How many stores are there?', 'What are the first two stores by name?']) {
  const outcome = await ask(question);
  console.log(question);
  if (outcome.kind !== 'answered') throw new Error(`not answered: ${outcome.kind}`);
  console.log(`  ${outcome.sql}`);
  console.log(`  ${JSON.stringify(outcome.result?.rows)}, confidence ${outcome.confidence.level}`);
  for (const { rule, from, to } of outcome.attempts.flatMap(({ repairs = [] }) => repairs)) {
    console.log(`  mended by rule (${rule}): ${from} -> ${to}`);
  }
}

await guard.close();
await database.close();
