import { type ElicitedQuestion, type OnElicit, type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type RunningServer, startServer, WAYS } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

const ambiguous = JSON.stringify({
  status: 'clarify',
  sql: null,
  clarification: { question: 'Which date?', options: ['orders.ordered_at', 'orders.delivered_at'] },
});
const reply = (sql: string) => JSON.stringify({ status: 'answer', sql, interpretation: 'By that date.' });
const counted = reply('SELECT count(*) AS orders FROM retail.orders');
const question = 'How many orders in March?';
const readings = { code: 'AMBIGUOUS_QUERY', details: { options: ['orders.ordered_at', 'orders.delivered_at'] } };

const settings = (model: ScriptedModel) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_OPENAI_MODEL: 'scripted',
  PG_MCP_OPENAI_BASE_URL: model.baseUrl,
  PG_MCP_HTTP_SESSIONS: 'true',
});

const promptsOf = ({ requests }: ScriptedModel): string => JSON.stringify(requests.map(({ body }) => body));

describe.each(WAYS)('a question with two readings, from a $era client over $transport', (way) => {
  let model: ScriptedModel;
  let server: RunningServer;
  let asked: ElicitedQuestion[] = [];
  let person: OnElicit;

  beforeAll(async () => {
    model = await startScriptedModel();
    server = await startServer(way, settings(model), {
      onElicit: (elicited) => {
        asked.push(elicited);
        return person(elicited);
      },
    });
  });
  afterEach(() => {
    asked = [];
    model.reset();
  });
  afterAll(async () => {
    await server?.close();
    await model?.close();
  });

  it('is put to the person as a choice that names columns, and answered by what was chosen', async () => {
    person = () => ({ action: 'accept', content: { choice: 'orders.delivered_at' } });
    model.reply(ambiguous, counted);
    const result = await server.client.callTool<Record<string, unknown>>('query', { question });
    expect(result.isError, result.text).toBe(false);
    expect(result.structuredContent).toMatchObject({ status: 'answered', row_count: 1 });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      message: 'Which date?',
      requestedSchema: { properties: { choice: { enum: ['orders.ordered_at', 'orders.delivered_at'] } } },
    });
    expect(promptsOf(model)).toContain('Answer: orders.delivered_at');
  });

  it.each(['decline', 'cancel'] as const)('fails with its readings when the person chooses to %s', async (action) => {
    person = () => ({ action });
    model.reply(ambiguous, ambiguous);
    expect(errorOf(await server.client.callTool('query', { question }))).toMatchObject(readings);
    expect(asked).toHaveLength(1);
  });

  it('is given up by its client while the person thinks, and the next one is answered', async () => {
    const abort = new AbortController();
    person = async () => {
      abort.abort();
      return { action: 'accept', content: { choice: 'orders.ordered_at' } };
    };
    model.reply(ambiguous, counted);
    await expect(server.client.callTool('query', { question }, { signal: abort.signal })).rejects.toThrow();
    const before = model.requests.length;
    model.reply(counted);
    const next = await server.client.callTool<Record<string, unknown>>('query', { question: 'How many orders?' });
    expect(next.structuredContent).toMatchObject({ status: 'answered' });
    expect(model.requests.length).toBeGreaterThan(before);
  });
});

it('a legacy client over http without a session cannot be asked, and gets the readings', async () => {
  const model = await startScriptedModel();
  const asked: ElicitedQuestion[] = [];
  const server = await startServer(
    { transport: 'http', era: 'legacy' },
    { ...settings(model), PG_MCP_HTTP_SESSIONS: 'false' },
    {
      onElicit: (elicited) => {
        asked.push(elicited);
        return { action: 'decline' };
      },
    },
  );
  try {
    model.reply(ambiguous);
    expect(errorOf(await server.client.callTool('query', { question }))).toMatchObject(readings);
    expect(asked).toEqual([]);
  } finally {
    await server.close();
    await model.close();
  }
});

describe.each(WAYS)('a question with two readings, from a $era client over $transport that cannot ask', (way) => {
  it('fails with its readings, or is answered by the likeliest where that is configured', async () => {
    const model = await startScriptedModel();
    const asking = await startServer(way, settings(model));
    try {
      model.reply(ambiguous);
      expect(errorOf(await asking.client.callTool('query', { question }))).toMatchObject(readings);
    } finally {
      await asking.close();
    }
    const assuming = await startServer(way, { ...settings(model), PG_MCP_QUESTIONS_ON_AMBIGUITY: 'assume' });
    try {
      model.reply(ambiguous, counted.replace('"interpretation"', '"assumptions":["By ordered_at."],"interpretation"'));
      const result = await assuming.client.callTool('query', { question });
      expect(result.structuredContent).toMatchObject({ status: 'answered', assumptions: ['By ordered_at.'] });
    } finally {
      await assuming.close();
      await model.close();
    }
  });
});

it.each(WAYS)('a vote that a $era client over $transport gives up hangs up on the model', async (way) => {
  const model = await startScriptedModel();
  const server = await startServer(way, { ...settings(model), PG_MCP_QUESTIONS_EXTRA_CANDIDATES: '2' });
  try {
    const abort = new AbortController();
    model.reply(reply('SELECT 1 AS one WHERE false'));
    model.replyAlways(() => {
      abort.abort();
      return { content: counted, delayMs: 600_000 };
    });
    await expect(server.client.callTool('query', { question }, { signal: abort.signal })).rejects.toThrow();
    await expect.poll(() => model.requests.slice(1).map(({ abandoned }) => abandoned)).not.toContain(false);
    expect(model.requests.length).toBeGreaterThan(1);
    model.reset();
    model.reply(counted);
    const next = await server.client.callTool('query', { question: 'How many orders?' });
    expect(next.structuredContent).toMatchObject({ status: 'answered' });
  } finally {
    await server.close();
    await model.close();
  }
});
