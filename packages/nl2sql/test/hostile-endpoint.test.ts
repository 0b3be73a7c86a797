import { gzipSync } from 'node:zlib';
import type { ModelReply } from '@pgmcp/testing';
import { useScriptedModel } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { createOpenAiModel, type OpenAiModelOptions } from '../src/openai/index.ts';
import { faultOf } from './fault-of.ts';
import { scriptedPorts } from './scripted-ports.ts';

const server = useScriptedModel();

const request = { messages: [{ role: 'user', content: 'One?' }] } as const;

const create = (options: OpenAiModelOptions = {}) =>
  createOpenAiModel({ apiKey: 'none', model: 'scripted', baseUrl: server.baseUrl, maxRetries: 0, ...options });

const completion = (message: object, more: object = {}): string =>
  JSON.stringify({ choices: [{ message, finish_reason: 'stop', ...more }] });

const faultWith = (options: OpenAiModelOptions = {}) => faultOf(create(options).complete(request));

describe('an endpoint', () => {
  it('whose reply never ends is left at the time limit', async () => {
    server.reply({ raw: ' ', repeatEveryMs: 5 });
    const fault = await faultWith({ timeoutMs: 2_000 });
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: true });
    expect(fault.message).toContain('time limit');
    await expect.poll(() => server.requests[0]?.abandoned, { timeout: 20_000 }).toBe(true);
  });

  it('whose reply never ends is left when it has sent 1 MiB', async () => {
    server.reply({ raw: 'x'.repeat(65_536), repeatEveryMs: 0 });
    const fault = await faultWith();
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: false });
    expect(fault.message).toContain('larger than 1 MiB');
    await expect.poll(() => server.requests[0]?.abandoned, { timeout: 20_000 }).toBe(true);
  });

  it('that packs gigabytes into a few bytes is left when 1 MiB is unpacked', async () => {
    const raw = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    expect(raw.length).toBeLessThan(100_000);
    server.reply({ raw, headers: { 'content-encoding': 'gzip' } });
    expect((await faultWith()).message).toContain('larger than 1 MiB');
  });

  it.each([
    ['a page', 'text/html'],
    ['a text', 'text/plain'],
    ['a stream that nobody asked for', 'text/event-stream'],
    ['bytes', 'application/octet-stream'],
  ])('that calls its reply %s is told apart from one that speaks the protocol', async (_, contentType) => {
    server.reply({ raw: completion({ content: 'SELECT 1' }), headers: { 'content-type': contentType } });
    const fault = await faultWith();
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: true });
    expect(fault.message).toMatch(/without a completion.*\/v1/);
  });

  it('that promises gzip and sends something else ends in an error of the model', async () => {
    server.reply({ raw: 'no gzip', headers: { 'content-encoding': 'gzip' } });
    expect(await faultWith()).toMatchObject({ code: 'MODEL_ERROR' });
  });

  it('that sends no UTF-8 gives a text with marks where bytes were none', async () => {
    const [before, after] = completion({ content: 'SELECT \u0001' }).split('\\u0001');
    server.reply({
      raw: Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff, 0xc3]), Buffer.from(after ?? '')]),
    });
    expect((await create().complete(request)).text).toBe('SELECT \ufffd\ufffd');
  });

  it.each(['86400', new Date(Date.now() + 86_400_000).toUTCString()])(
    'that asks for a wait until %s is not called again, and the wait is told',
    async (retryAfter) => {
      server.replyAlways({ status: 429, headers: { 'retry-after': retryAfter } });
      const fault = await faultWith({ maxRetries: 3 });
      expect(fault).toMatchObject({ code: 'MODEL_ERROR', status: 429, retryable: true });
      expect(fault.retryAfterMs).toBeGreaterThan(86_000_000);
      expect(fault.message).toMatch(/try again in 86[34]\d\d s/);
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each([408, 409, 500, 503])(
    'whose %d asks for a wait of minutes is not called again, and the wait is told',
    async (status) => {
      server.replyAlways({ status, headers: { 'retry-after': '120' } });
      const fault = await faultWith({ maxRetries: 3 });
      expect(fault).toMatchObject({ status, retryable: true, retryAfterMs: 120_000 });
      expect(fault.message).toMatch(/try again in 120 s/i);
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each([
    ['in the reply', '{"__proto__":{"choices":[{"message":{"content":"SELECT 1"}}]}}'],
    ['in a choice', '{"choices":[{"__proto__":{"message":{"content":"SELECT 1"}}}]}'],
    ['in a constructor', '{"constructor":{"prototype":{"choices":[]}}}'],
  ])('that hides a prototype %s says nothing', async (_, raw) => {
    server.reply({ raw });
    expect((await faultWith()).message).toContain('without a completion');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('a question to a hostile model ends', () => {
  const answered = (sql: string, more = '') => `{"status":"answer","sql":${JSON.stringify(sql)}${more}}`;
  const cases: readonly (readonly [string, ModelReply, object])[] = [
    [
      'as failed, with the wait, at a quota of a day',
      { status: 429, headers: { 'retry-after': '86400' } },
      { kind: 'failed', error: { code: 'MODEL_ERROR', retryAfterMs: 86_400_000 } },
    ],
    [
      'as failed at a refusal',
      { content: '', refusal: 'I will not.' },
      { kind: 'failed', error: { code: 'MODEL_ERROR', retryable: false } },
    ],
    [
      'as failed at a filter',
      { content: 'SELECT 1', finishReason: 'content_filter' },
      { kind: 'failed', error: { code: 'MODEL_ERROR' } },
    ],
    [
      'as failed when every reply is cut',
      { content: answered('SELECT name FROM stores'), finishReason: 'length' },
      { kind: 'failed', error: { code: 'INVALID_REPLY' } },
    ],
    [
      'as failed at a call of a tool that is not there',
      {
        raw: completion({
          content: null,
          tool_calls: [{ type: 'function', function: { name: 'run_sql', arguments: '{"query":"DROP TABLE t"}' } }],
        }),
      },
      { kind: 'failed', error: { code: 'INVALID_REPLY' } },
    ],
    [
      'as failed at a prototype',
      '{"__proto__":{"status":"answer","sql":"SELECT 1"}}',
      { kind: 'failed', error: { code: 'INVALID_REPLY' } },
    ],
    [
      'as answered by the statement alone when prototypes stand beside it',
      answered('SELECT 1', ',"__proto__":{"tables":["x"]},"constructor":{"prototype":{"sql":"DROP TABLE t"}}'),
      { kind: 'answered', sql: 'SELECT 1' },
    ],
    [
      'as answered when the contract comes as the arguments of a tool',
      {
        raw: completion({
          content: null,
          tool_calls: [{ function: { name: 'sql_answer', arguments: answered('SELECT 1') } }],
        }),
      },
      { kind: 'answered', sql: 'SELECT 1' },
    ],
  ];

  it.each(cases)('%s', async (_, reply, outcome) => {
    server.replyAlways(reply);
    const { schema, check, runner, ran } = scriptedPorts();
    const ask = createAsk({ schema, check, runner, model: create({ maxRetries: 2 }) });
    const end = await ask('Which stores?');
    expect(end).toMatchObject(outcome);
    expect(ran).toEqual(end.kind === 'answered' ? ['SELECT 1'] : []);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
