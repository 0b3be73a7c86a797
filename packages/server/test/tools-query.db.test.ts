import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  ...more,
});

describe('questions in one process', () => {
  it('tell a client that asked how far a question is', async () => {
    const model = await startScriptedModel();
    onTestFinished(() => model.close());
    model.reply(
      JSON.stringify({ status: 'answer', sql: 'SELECT count(*) AS n FROM retail.stores', interpretation: 'Stores.' }),
    );
    const { client } = await startInProcess(
      settings({ PG_MCP_OPENAI_MODEL: 'scripted', PG_MCP_OPENAI_BASE_URL: model.baseUrl }),
    );
    const messages: string[] = [];
    await client.callTool(
      { name: 'query', arguments: { question: 'How many stores?' } },
      { onprogress: ({ message }) => void messages.push(message ?? '') },
    );
    expect(messages).toEqual(expect.arrayContaining(['generating', 'validating', 'executing']));
  });

  it('pass on what the model doubts about its own result, when it is asked to look', async () => {
    const model = await startScriptedModel();
    onTestFinished(() => model.close());
    model.reply(
      JSON.stringify({ status: 'answer', sql: 'SELECT count(*) AS n FROM retail.stores', interpretation: 'Stores.' }),
      JSON.stringify({ ok: false, remark: 'This counts closed stores too.' }),
    );
    const { client } = await startInProcess(
      settings({
        PG_MCP_OPENAI_MODEL: 'scripted',
        PG_MCP_OPENAI_BASE_URL: model.baseUrl,
        PG_MCP_SERVER_ENABLE_RESULT_VALIDATION: 'true',
      }),
    );
    const answer = await succeed(client, 'query', { question: 'How many stores are open?' });
    expect(answer).toMatchObject({ status: 'answered', rows: [[12]], doubts: ['This counts closed stores too.'] });
  });

  it('repair a wrong name by rule, without asking the model again', async () => {
    const model = await startScriptedModel();
    onTestFinished(() => model.close());
    model.reply(
      JSON.stringify({
        status: 'answer',
        sql: 'SELECT `name` FROM retail.stores ORDER BY 1',
        interpretation: 'Names.',
      }),
    );
    const { client } = await startInProcess(
      settings({ PG_MCP_OPENAI_MODEL: 'scripted', PG_MCP_OPENAI_BASE_URL: model.baseUrl }),
    );
    const answer = await succeed(client, 'query', { question: 'Names of the stores?', return_type: 'both' });
    expect(answer).toMatchObject({ status: 'answered', row_count: 12 });
    expect(answer['sql']).not.toContain('`');
    expect(model.requests).toHaveLength(1);
  });

  it('say that the database does not hold what is asked', async () => {
    const model = await startScriptedModel();
    onTestFinished(() => model.close());
    model.reply(
      JSON.stringify({ status: 'unanswerable', sql: null, reason: 'There is no weather here.', missing: ['weather'] }),
    );
    const { client } = await startInProcess(
      settings({ PG_MCP_OPENAI_MODEL: 'scripted', PG_MCP_OPENAI_BASE_URL: model.baseUrl }),
    );
    expect(await succeed(client, 'query', { question: 'Did it rain in Portland?' })).toMatchObject({
      status: 'unanswerable',
      reason: expect.stringContaining('weather'),
    });
  });

  it('answer by a verified statement that reads a view, and by its variants', async () => {
    const file = join(tmpdir(), `pgmcp-verified-${process.pid}.yaml`);
    onTestFinished(() => rmSync(file));
    writeFileSync(
      file,
      'pairs:\n  - question: Best product?\n    variants: [Top seller]\n    sql: SELECT product_name FROM retail.sale_lines GROUP BY 1 ORDER BY sum(revenue) DESC LIMIT 1\n    note: By revenue.\n',
    );
    const { client } = await startInProcess(settings({ PG_MCP_SERVER_VERIFIED_QUERIES: file }));
    for (const question of ['best product', '  TOP seller?? ']) {
      expect(await succeed(client, 'query', { question, return_type: 'both' })).toMatchObject({
        source: 'verified',
        explanation: 'By revenue.',
        rows: [['Halden Northfield Family Tent']],
      });
    }
  });
});
