import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigurationError, loadConfiguration } from '../src/index.ts';
import { type Elicited, failure, type InProcessOptions, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const answer = (sql: string, more: object = {}) =>
  JSON.stringify({ status: 'answer', sql, interpretation: 'Read so.', ...more });

async function start(replies: readonly string[], more: Record<string, string> = {}, options: InProcessOptions = {}) {
  const model = await startScriptedModel();
  onTestFinished(() => model.close());
  if (replies.length > 0) model.reply(...(replies as [string]));
  const environment = {
    PG_MCP_DATABASE_NAME: 'retail',
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_OPENAI_MODEL: 'scripted',
    PG_MCP_OPENAI_BASE_URL: model.baseUrl,
    ...more,
  };
  return { model, ...(await startInProcess(environment, options)) };
}

const promptsOf = ({ requests }: ScriptedModel): string => JSON.stringify(requests.map(({ body }) => body));

function file(name: string, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-questions-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('an answer', () => {
  it('says how the question was read, what was assumed, which tables were read and how far it can be trusted', async () => {
    const { client } = await start([
      answer('SELECT count(*) AS n FROM retail.stores', { assumptions: ['Open ones too.'] }),
    ]);
    expect(await succeed(client, 'query', { question: 'How many stores?' })).toMatchObject({
      status: 'answered',
      explanation: 'Read so.',
      assumptions: ['Open ones too.'],
      tables: ['retail.stores'],
      confidence: 'medium',
      confidence_reasons: ['The statement passed every check.'],
      rows: [[12]],
      model_tokens: expect.any(Number),
    });
  });

  it('lists its attempts with stage and SQLSTATE when there was more than one', async () => {
    const replies = [answer('SELECT nonsense_at_all FROM retail.stores'), answer('SELECT count(*) FROM retail.stores')];
    const { client } = await start(replies);
    const result = await succeed(client, 'query', { question: 'How many stores?' });
    expect(result['attempts']).toMatchObject([{ stage: 'explain', sqlstate: '42703' }, { stage: 'done' }]);
    expect(result['confidence']).toBe('low');
  });

  it('says which rows tie with the last one', async () => {
    const { client } = await start([answer('SELECT city FROM retail.stores ORDER BY length(country_code) LIMIT 1')]);
    const result = await succeed(client, 'query', { question: 'The store in the country with the shortest name?' });
    expect(result['doubts']).toEqual([expect.stringMatching(/tie/)]);
    expect(result).not.toHaveProperty('query_id');
  });

  it('is voted on when something speaks against the first statement', async () => {
    const empty = answer("SELECT name FROM retail.stores WHERE name = 'none such'");
    const replies = [
      empty,
      answer('SELECT count(*) FROM retail.stores'),
      answer('SELECT count(store_id) FROM retail.stores'),
    ];
    const { client, model } = await start(replies, { PG_MCP_QUESTIONS_EXTRA_CANDIDATES: '2' });
    const result = await succeed(client, 'query', { question: 'How many stores?' });
    expect(result).toMatchObject({ rows: [[12]], confidence_reasons: ['2 of 3 statements gave this result.'] });
    expect(new Set(model.requests.map(({ body }) => JSON.stringify(body))).size).toBe(3);
  });
});

describe('a question that can be read in several ways', () => {
  const ambiguous = JSON.stringify({
    status: 'clarify',
    sql: null,
    clarification: { question: 'Which date?', options: ['orders.ordered_at', 'orders.delivered_at'] },
  });
  const count = answer('SELECT count(*) FROM retail.orders', { assumptions: ['By ordered_at.'] });

  it('is put to the person behind the client, and answered by the reading that was chosen', async () => {
    const asked: Elicited[] = [];
    const onElicit = (question: Elicited) => {
      asked.push(question);
      return { action: 'accept' as const, content: { choice: 'orders.delivered_at' } };
    };
    const { client, model } = await start([ambiguous, count], {}, { onElicit });
    expect(await succeed(client, 'query', { question: 'Orders of last month?' })).toMatchObject({ status: 'answered' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ message: 'Which date?' });
    expect(JSON.stringify(asked[0])).toContain('orders.ordered_at');
    expect(promptsOf(model)).toContain('Answer: orders.delivered_at');
  });

  it('is asked about once only: then the rest is assumed', async () => {
    let asked = 0;
    const onElicit = () => {
      asked += 1;
      return { action: 'accept' as const, content: { choice: 'orders.delivered_at' } };
    };
    const { client } = await start([ambiguous, ambiguous, count], {}, { onElicit });
    expect(await succeed(client, 'query', { question: 'Orders?' })).toMatchObject({ assumptions: ['By ordered_at.'] });
    expect(asked).toBe(1);
  });

  it.each([
    ['the person declines', { onElicit: () => ({ action: 'decline' as const }) }],
    ['the client cannot ask', {}],
  ])('fails with the readings when %s', async (_, options) => {
    const { client } = await start([ambiguous, ambiguous], {}, options);
    expect(await failure(client, 'query', { question: 'Orders?' })).toMatchObject({
      code: 'AMBIGUOUS_QUERY',
      message: 'Which date?',
      details: { options: ['orders.ordered_at', 'orders.delivered_at'] },
    });
  });

  it('is answered by the most likely reading where that is configured', async () => {
    const { client } = await start([ambiguous, count], { PG_MCP_QUESTIONS_ON_AMBIGUITY: 'assume' });
    expect(await succeed(client, 'query', { question: 'Orders?' })).toMatchObject({ assumptions: ['By ordered_at.'] });
  });
});

describe('a context file', () => {
  const context = `
instructions: [Amounts are in euro.]
tables:
  stores: { synonyms: [shops], description: Where we sell. }
metrics: [{ name: footprint, sql: count(*), synonyms: [shop count] }]
joins: [{ from: stores.store_id, to: orders.store_id }]
verified: [{ question: How many shops are there?, sql: SELECT count(*) AS shops FROM retail.stores }]
`;

  it('answers its verified questions and tells the model the rest', async () => {
    const path = file('context.yaml', context);
    const { client, model } = await start([answer('SELECT 1')], { PG_MCP_DATABASE_CONTEXT: path });
    const verified = await succeed(client, 'query', { question: 'how many shops are there' });
    expect(verified).toMatchObject({ source: 'verified', rows: [[12]] });
    expect(model.requests).toHaveLength(0);
    await succeed(client, 'query', { question: 'Where are the shops?' });
    const prompt = promptsOf(model);
    for (const told of [
      'Amounts are in euro.',
      'also: shops',
      'footprint (also: shop count) = count(*)',
      'stores.store_id = orders.store_id',
    ]) {
      expect(prompt).toContain(told);
    }
  });

  it('is read again when it has changed', async () => {
    const path = file('context.yaml', context);
    const { client, services } = await start([], { PG_MCP_DATABASE_CONTEXT: path });
    const question = 'How many shops are there?';
    expect(await succeed(client, 'query', { question })).toMatchObject({ rows: [[12]] });
    expect(services.configuration.files).toContain(path);
    writeFileSync(path, context.replace('SELECT count(*) AS shops FROM retail.stores', 'SELECT 7 AS shops'));
    const environment = {
      PG_MCP_DATABASE_NAME: 'retail',
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_DATABASE_CONTEXT: path,
    };
    expect(await services.reload(loadConfiguration({ environment }))).toMatchObject({ replaced: ['retail'] });
    expect(await succeed(client, 'query', { question })).toMatchObject({ rows: [[7]] });
  });

  const problem = (environment: Record<string, string>): string => {
    try {
      loadConfiguration({ environment: { DATABASE_URL: database.url, ...environment } });
    } catch (error) {
      if (error instanceof ConfigurationError) return error.message;
      throw error;
    }
    throw new Error('This was not refused.');
  };

  it.each([
    ['an unknown key', 'metric: []', /does not know "metric". Did you mean metrics\?/],
    ['a wrong join', 'joins: [{ from: a, to: b.c }]', /joins\[0\].from must be table.column/],
    ['no YAML', 'a: [', /not usable: not valid YAML/],
  ])('is refused with its place for %s', (_, content, message) => {
    expect(problem({ PG_MCP_DATABASE_CONTEXT: file('context.yaml', content) })).toMatch(message);
  });

  it('is refused when it answers a verified query otherwise than the other file', () => {
    const pairs = file('pairs.yaml', 'pairs: [{ question: How many shops are there?, sql: SELECT 1 }]');
    const both = { PG_MCP_DATABASE_CONTEXT: file('context.yaml', context), PG_MCP_SERVER_VERIFIED_QUERIES: pairs };
    expect(problem(both)).toMatch(/already has different SQL/);
  });
});

describe('values of the database', () => {
  it('are shown as labels of enums by default, and not at all when that is switched off', async () => {
    const question = 'How many refunded payments?';
    const shown = await start([answer('SELECT 1')]);
    await succeed(shown.client, 'query', { question });
    expect(promptsOf(shown.model)).toContain("status = 'refunded'");
    const hidden = await start([answer('SELECT 1')], { PG_MCP_QUESTIONS_VALUE_HINTS: 'off' });
    await succeed(hidden.client, 'query', { question });
    expect(promptsOf(hidden.model)).not.toContain("= 'refunded'");
  });

  it('are not shown of masked columns, neither as labels of enums nor as defaults', async () => {
    const owner = await database.connect();
    await owner.query(`
      CREATE TYPE retail.diagnosis AS ENUM ('measles', 'mumps');
      CREATE TABLE retail.patients (id int, diagnosis retail.diagnosis DEFAULT 'mumps', ward text DEFAULT 'isolation');`);
    onTestFinished(async () => {
      await owner.query('DROP TABLE retail.patients; DROP TYPE retail.diagnosis');
    });
    const question = 'Which patients have measles or mumps and are in isolation?';
    const several = { PG_MCP_QUESTIONS_EXTRA_CANDIDATES: '3' };
    const replies = ['SELECT 1', 'SELECT 2', 'SELECT 3', 'SELECT 4'].map((sql) => answer(sql));
    const shown = await start(replies, several);
    await succeed(shown.client, 'query', { question });
    expect(promptsOf(shown.model)).toContain('|mumps');
    const masked = await start(replies, {
      ...several,
      PG_MCP_SECURITY_MASKED_COLUMNS: 'retail.patients.diagnosis, retail.patients.ward',
    });
    await succeed(masked.client, 'query', { question });
    const prompts = promptsOf(masked.model).replaceAll(question, '');
    expect(prompts).toContain('diagnosis');
    expect(prompts).not.toMatch(/measles|mumps|isolation/);
  });

  it('are shown from the statistics only where that is configured, and never of hidden columns', async () => {
    const owner = await database.connect();
    await owner.query('ANALYZE retail.customers');
    const question = 'How many customers live in Portland?';
    const hint = "retail.customers.city = 'Portland'";
    const enums = await start([answer('SELECT 1')]);
    await succeed(enums.client, 'query', { question });
    expect(promptsOf(enums.model)).not.toContain(hint);
    const statistics = { PG_MCP_QUESTIONS_VALUE_HINTS: 'statistics' };
    const all = await start([answer('SELECT 1')], statistics);
    await succeed(all.client, 'query', { question });
    expect(promptsOf(all.model)).toContain(hint);
    const masked = await start([answer('SELECT 1')], {
      ...statistics,
      PG_MCP_SECURITY_MASKED_COLUMNS: 'retail.customers.city',
    });
    await succeed(masked.client, 'query', { question });
    expect(promptsOf(masked.model)).not.toContain(hint);
    expect(promptsOf(masked.model)).toContain('city text');
  });

  it('are not shown of the tables into which hidden values were copied or from which they are inherited', async () => {
    const owner = await database.connect();
    await owner.query(`
      CREATE TABLE retail.badges (owner text, code text);
      CREATE TABLE retail.old_badges () INHERITS (retail.badges);
      INSERT INTO retail.old_badges SELECT 'Rosalind', 'crimson' FROM generate_series(1, 50);
      CREATE MATERIALIZED VIEW retail.badge_report AS SELECT code AS colour FROM retail.badges;
      ANALYZE retail.badges, retail.old_badges, retail.badge_report;`);
    onTestFinished(async () => {
      await owner.query('DROP TABLE retail.badges CASCADE');
    });
    const question = 'Which badges are crimson and of Rosalind?';
    const statistics = { PG_MCP_QUESTIONS_VALUE_HINTS: 'statistics' };
    const all = await start([answer('SELECT 1')], statistics);
    await succeed(all.client, 'query', { question });
    expect(promptsOf(all.model)).toContain("retail.badges.code = 'crimson'");
    expect(promptsOf(all.model)).toContain("retail.badge_report.colour = 'crimson'");
    const policies = [
      { PG_MCP_SECURITY_MASKED_COLUMNS: 'retail.badges.code' },
      { PG_MCP_SECURITY_DENIED_COLUMNS: 'retail.badges.code' },
      { PG_MCP_SECURITY_MASKED_COLUMNS: 'retail.old_badges.code' },
      { PG_MCP_SECURITY_DENIED_TABLES: 'retail.badges' },
    ];
    for (const policy of policies) {
      const { client, model } = await start([answer('SELECT 1')], { ...statistics, ...policy });
      await succeed(client, 'query', { question });
      expect(promptsOf(model)).not.toContain("= 'crimson'");
    }
  });
});

it('tables that a policy hides are not in the prompt', async () => {
  const denied = {
    PG_MCP_SECURITY_DENIED_TABLES: 'retail.payments',
    PG_MCP_SECURITY_DENIED_COLUMNS: 'retail.customers.email',
  };
  const { client, model } = await start([answer('SELECT 1')], denied);
  await succeed(client, 'query', { question: 'Payments by customers with an email?' });
  const system = String(model.requests[0]?.body.messages?.[0]?.content);
  expect(system).toContain('customers');
  expect(system).not.toMatch(/payments\(|email/);
});
