import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ModelReply, type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

const answer = (sql: string, more: object = {}) =>
  JSON.stringify({ status: 'answer', sql, interpretation: 'Read so.', ...more });

const KNOWLEDGE = `
tables:
  retail.stores: { synonyms: [boutiques], description: Where we sell. }
metrics:
  - { name: revenue, sql: sum(payments.amount), synonyms: [turnover] }
filters:
  - { name: paid, sql: "payments.paid_at IS NOT NULL" }
instructions: [Count stores by store_id.]
verified:
  - question: How many stores have a number above 2?
    sql: SELECT count(*) FROM retail.stores WHERE store_id > 2
`;

let model: ScriptedModel;
let server: RunningServer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pgmcp-stages-'));
  writeFileSync(join(folder, 'context.yaml'), KNOWLEDGE);
  model = await startScriptedModel();
  server = await startServer(
    { transport: 'stdio', era: 'modern' },
    {
      PG_MCP_DATABASE_NAME: 'retail',
      PG_MCP_DATABASE_URL: database.url,
      // A table is held until the caller gives up.
      PG_MCP_DATABASE_LOCK_TIMEOUT: '60s',
      PG_MCP_OPENAI_API_KEY: 'sk-stages-0123456789',
      PG_MCP_OPENAI_MODEL: 'scripted',
      PG_MCP_OPENAI_BASE_URL: model.baseUrl,
      PG_MCP_DATABASE_CONTEXT: join(folder, 'context.yaml'),
      PG_MCP_QUESTIONS_EXTRA_CANDIDATES: '2',
    },
  );
});
afterEach(() => {
  expect(model.pendingReplies).toBe(0);
  model.reset();
});
afterAll(async () => {
  await server?.close();
  await model?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(question: string, replies: readonly ModelReply[], more: object = {}) {
  if (replies.length > 0) model.reply(...(replies as [ModelReply]));
  const stages: string[] = [];
  const result = await server.client.callTool<Record<string, unknown>>(
    'query',
    { question },
    { onProgress: ({ message }) => void stages.push(message ?? ''), ...more },
  );
  return { ...result, stages };
}

it('a question tells each of its stages, in their order', async () => {
  const replies = [
    answer('SELECT nonsense_at_all FROM retail.stores'),
    answer('SELECT `store_id` FROM retail.stores ORDER BY 1'),
    'no statement',
    'no statement',
  ];
  const { structuredContent, stages } = await ask('Which boutiques are there?', replies);
  expect(structuredContent).toMatchObject({ status: 'answered', row_count: 12 });
  expect(stages.slice(0, 10)).toEqual([
    'linking',
    expect.stringMatching(/^linked: \d+ tables, \d+ tokens$/),
    'generating',
    'validating',
    'repairing after 42703',
    'generating (round 2)',
    'validating (round 2)',
    'repaired by rule: spelling',
    'executing',
    'voting',
  ]);
});

it('what people know is in the prompt', async () => {
  await ask('Turnover of our boutiques?', [answer('SELECT 1')]);
  const prompt = JSON.stringify(model.requests[0]?.body);
  for (const known of ['Where we sell.', 'sum(payments.amount)', 'Count stores by store_id.', 'paid_at IS NOT NULL']) {
    expect(prompt).toContain(known);
  }
});

it('a verified question with another number is filled and checked anew, without the model', async () => {
  const { structuredContent } = await ask('How many stores have a number above 7?', []);
  expect(structuredContent).toMatchObject({ status: 'answered', source: 'verified', rows: [[5]] });
  expect(model.requests).toEqual([]);
});

it('votes count together that hold the same, however numbers are written', async () => {
  const replies = [
    answer("SELECT name FROM retail.stores WHERE name = 'none such'"),
    answer('SELECT count(*) FROM retail.stores'),
    answer('SELECT sum(1.00) FROM retail.stores'),
  ];
  const { structuredContent } = await ask('How many stores?', replies);
  expect(structuredContent).toMatchObject({
    row_count: 1,
    confidence_reasons: ['2 of 3 statements gave this result.'],
  });
});

it('a number of the question that the statement does not use is told as a doubt', async () => {
  const { structuredContent } = await ask('Which are the 25 largest stores?', [
    answer('SELECT name FROM retail.stores WHERE store_id = 1'),
    'no statement',
    'no statement',
  ]);
  expect(structuredContent).toMatchObject({ doubts: [expect.stringContaining('The question says "25"')] });
});

it('a question that is given up during EXPLAIN leaves nothing behind in the database', async () => {
  const owner = await database.connect();
  const observer = await database.connect();
  const waiting = async (): Promise<number> => {
    const { rows } = await observer.query(
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%EXPLAIN%' AND datname = current_database()",
    );
    return rows.length;
  };
  await owner.query('BEGIN; LOCK TABLE retail.stores IN ACCESS EXCLUSIVE MODE');
  const caller = new AbortController();
  const asked = ask('How many stores?', [answer('SELECT count(*) FROM retail.stores')], { signal: caller.signal });
  const ended = expect(asked).rejects.toThrow(/abort/i);
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
  caller.abort();
  await ended;
  await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
  await owner.query('ROLLBACK');
  const { structuredContent } = await ask('How many stores?', [answer('SELECT count(*) FROM retail.stores')]);
  expect(structuredContent).toMatchObject({ rows: [[12]] });
});
