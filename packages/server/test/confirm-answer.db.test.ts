import { startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Caller } from '../src/call.ts';
import { callTool } from '../src/tools/call-tool.ts';
import { confirmAnswer } from '../src/tools/memory/confirm-answer.ts';
import { UserQuestion } from '../src/tools/user-question.ts';
import { type Elicited, failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_SERVER_TOOLSETS: 'default,memory',
  ...more,
});

const question = 'How many shops are there?';
const sql = 'SELECT count(*) AS shops FROM retail.stores';

async function withModel(...replies: object[]) {
  const model = await startScriptedModel();
  onTestFinished(() => model.close());
  for (const reply of replies) model.reply(JSON.stringify(reply));
  return { model, settings: { PG_MCP_OPENAI_MODEL: 'scripted', PG_MCP_OPENAI_BASE_URL: model.baseUrl } };
}

describe('an answer that the person behind the client confirms', () => {
  it('answers the question from then on, without the model', async () => {
    const { model, settings } = await withModel({ status: 'answer', sql });
    const shown: Elicited[] = [];
    const onElicit = (asked: Elicited) => {
      shown.push(asked);
      return { action: 'accept', content: { confirm: true } } as const;
    };
    const { client } = await startInProcess(environment(settings), { onElicit });
    const answer = await succeed(client, 'query', { question, return_type: 'both' });
    const confirmed = await succeed(client, 'confirm_answer', { question, sql: answer['sql'] });
    expect(confirmed).toMatchObject({
      status: 'verified',
      database: 'retail',
      notice: expect.stringContaining('STORE'),
    });
    expect(shown.map(({ message }) => message)).toEqual([
      `From now on, answer this question in the database retail:\n> ${question}\nby this statement, also when others of your organisation ask it:\n> ${sql}\nRemember this?`,
    ]);
    const again = await succeed(client, 'query', { question: ' how many shops are there', return_type: 'both' });
    expect(again).toMatchObject({ source: 'verified', sql });
    expect(model.requests).toHaveLength(1);
  });

  it.each([
    ['says no', { action: 'decline' } as const],
    ['leaves the form as it is', { action: 'accept', content: { confirm: false } } as const],
  ])('is not remembered when the person %s', async (_, said) => {
    const { model, settings } = await withModel({ status: 'answer', sql });
    const { client } = await startInProcess(environment(settings), { onElicit: () => said });
    expect(await succeed(client, 'confirm_answer', { question, sql })).toMatchObject({ status: 'declined' });
    expect(await succeed(client, 'query', { question })).toMatchObject({ source: 'model' });
    expect(JSON.stringify(model.requests[0]?.body)).not.toContain('Answered before');
  });

  it('shows hostile texts as data, each line marked, and asks for nothing that it cannot show whole', async () => {
    const messages: string[] = [];
    const onElicit = ({ message }: Elicited) => {
      messages.push(message);
      return { action: 'decline' } as const;
    };
    const { client } = await startInProcess(environment(), { onElicit });
    const hostile = { question: 'Shops?\nRemember this? yes', sql: 'SELECT 1\n-- Remember this?' };
    await succeed(client, 'confirm_answer', hostile);
    expect(messages[0]?.split('\n').filter((line) => !line.startsWith('> '))).toHaveLength(3);
    const long = `SELECT ${'1 + '.repeat(400)} 1 AS n`;
    for (const unseen of [long, 'SELECT 1 AS "a\u202eb"']) {
      const kept = await succeed(client, 'confirm_answer', { question: `Sum of ${unseen.length}?`, sql: unseen });
      expect(kept).toMatchObject({ status: 'example', notice: expect.stringContaining('cannot be shown whole') });
    }
    expect(messages).toHaveLength(1);
  });
});

describe('an answer that only the assistant confirms', () => {
  it('is an example for the model and never answers by itself', async () => {
    const { model, settings } = await withModel({ status: 'answer', sql });
    const { client } = await startInProcess(environment(settings));
    expect(await succeed(client, 'confirm_answer', { question, sql })).toMatchObject({ status: 'example' });
    expect(await succeed(client, 'query', { question })).toMatchObject({ source: 'model' });
    expect(JSON.stringify(model.requests[0]?.body)).toContain(sql);
  });

  it('does not take the place of what a person has verified', async () => {
    let asks = true;
    const onElicit = () => ({ action: asks ? 'accept' : 'decline', content: { confirm: true } }) as never;
    const { client, services } = await startInProcess(environment(), { onElicit });
    await succeed(client, 'confirm_answer', { question, sql });
    asks = false;
    const alone = await callTool(
      {
        tool: confirmAnswer,
        argumentsGiven: { question, sql: 'SELECT 42 AS shops' },
        readAnswer: () => ({ canAsk: false }),
        services,
      },
      (work) => work(callOf({ id: 'local', scopes: 'all' })),
    );
    expect(JSON.stringify(alone)).toContain('has verified a statement for this question already');
    expect(await succeed(client, 'query', { question, return_type: 'both' })).toMatchObject({ sql });
  });
});

describe('a statement to remember', () => {
  it.each([
    ['writes', 'DELETE FROM retail.stores', 'UNSAFE_SQL'],
    ['calls what nobody may', "SELECT pg_read_file('/etc/passwd')", 'UNSAFE_SQL'],
    ['is two', 'SELECT 1; SELECT 2', 'UNSAFE_SQL'],
    ['does not parse', 'SELEKT 1', 'SYNTAX_ERROR'],
    ['does not bind', 'SELECT shoe_size FROM retail.stores', 'SYNTAX_ERROR'],
    ['reads what the policy hides', 'SELECT email FROM retail.customers', 'UNSAFE_SQL'],
  ])('is refused when it %s', async (_, statement, code) => {
    const { client } = await startInProcess(environment({ PG_MCP_SECURITY_DENIED_COLUMNS: 'retail.customers.email' }));
    expect(await failure(client, 'confirm_answer', { question, sql: statement })).toMatchObject({ code });
  });

  it('belongs to the tenant, and needs the permission to write', async () => {
    const { services } = await startInProcess(environment());
    const confirm = (caller: Caller) =>
      callTool(
        {
          tool: confirmAnswer,
          argumentsGiven: { question, sql },
          readAnswer: () => ({ canAsk: false }),
          services,
        },
        (work) => work(callOf(caller)),
      );
    const reader: Caller = { id: 'ann', tenant: 'acme', scopes: new Set(['db:read'] as const) };
    expect(JSON.stringify(await confirm(reader))).toContain('ACCESS_DENIED');
    const writer: Caller = { id: 'ben', tenant: 'acme', scopes: new Set(['db:read', 'db:write'] as const) };
    expect(await confirm(writer)).not.toBeInstanceOf(UserQuestion);
    const connected = services.databases.resolve(undefined);
    const listed = (caller: Caller) => services.examples.list(connected, caller, 'own');
    expect(await listed(reader)).toHaveLength(1);
    expect(await listed({ id: 'cy', tenant: 'globex', scopes: 'all' })).toEqual([]);
  });

  it('has no tool where the toolset is not named, or examples are off', async () => {
    const namesWith = async (more: Record<string, string>) => {
      const { client } = await startInProcess(environment(more));
      return (await client.listTools()).tools.map(({ name }) => name);
    };
    expect(await namesWith({})).toContain('confirm_answer');
    expect(await namesWith({ PG_MCP_SERVER_TOOLSETS: 'default' })).not.toContain('confirm_answer');
    expect(await namesWith({ PG_MCP_QUESTIONS_EXAMPLES: 'false' })).not.toContain('confirm_answer');
  });
});

const callOf = (caller: Caller) => ({
  requestId: 'test',
  tool: 'confirm_answer',
  caller,
  signal: new AbortController().signal,
  progress: () => {},
  record: () => {},
});
