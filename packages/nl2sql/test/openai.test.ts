import { useScriptedModel } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { createOpenAiModel, type OpenAiModelOptions } from '../src/openai/index.ts';
import { faultOf } from './fault-of.ts';
import { answerWith, scriptedPorts } from './scripted-ports.ts';

const server = useScriptedModel();

const apiKey = 'sk-test-0123456789abcdef';
const request = { messages: [{ role: 'user', content: 'One?' }] } as const;
const schema = { name: 'sql_answer', schema: { type: 'object' } };
/** Answers at once what the SDK would wait for: the waits belong to the endpoint here. */
const now = { 'retry-after-ms': '1' };

const create = (options: OpenAiModelOptions = {}) =>
  createOpenAiModel({ apiKey, model: 'scripted-1', baseUrl: server.baseUrl, ...options });

describe('a call', () => {
  it('sends key, model, messages, schema and limits, and reads text, model and usage', async () => {
    server.reply({ content: 'hello', model: 'scripted-1-2026', usage: { promptTokens: 11, completionTokens: 3 } });
    const completion = await create().complete({
      ...request,
      responseSchema: schema,
      temperature: 0,
      maxOutputTokens: 50,
    });
    expect(completion).toEqual({
      text: 'hello',
      model: 'scripted-1-2026',
      finishReason: 'stop',
      usage: { promptTokens: 11, completionTokens: 3, totalTokens: 14, cachedPromptTokens: 0, reasoningTokens: 0 },
    });
    expect(server.requests).toMatchObject([
      {
        path: '/v1/chat/completions',
        headers: { authorization: `Bearer ${apiKey}` },
        body: {
          model: 'scripted-1',
          messages: request.messages,
          temperature: 0,
          max_completion_tokens: 50,
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'sql_answer', strict: true, schema: { type: 'object' } },
          },
        },
      },
    ]);
  });

  it('asks for the key before each call', async () => {
    const keys = ['key-one-123456', 'key-two-123456'];
    server.replyAlways('ok');
    const model = create({ apiKey: async () => keys.shift() ?? 'none' });
    await model.complete(request);
    await model.complete(request);
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer key-one-123456',
      'Bearer key-two-123456',
    ]);
  });

  it('reports a reply that was cut and a refusal', async () => {
    server.reply({ content: 'SELECT', finishReason: 'length' }, { content: '', refusal: 'No.' });
    expect(await create().complete(request)).toMatchObject({ text: 'SELECT', finishReason: 'length' });
    expect(await create().complete(request)).toMatchObject({ text: '', refusal: 'No.' });
  });
});

describe('an endpoint that lacks an ability', () => {
  const refuse = (message: string, param?: string) => ({
    status: 400,
    body: { error: { message, param, type: 'invalid_request_error' } },
  });

  it('is asked again without structured output, step by step, and remembered', async () => {
    server.reply(
      refuse('response_format json_schema is not supported'),
      refuse("'response_format.type' must be text"),
      'a',
      'b',
    );
    const model = create();
    expect(await model.complete({ ...request, responseSchema: schema })).toMatchObject({ text: 'a' });
    expect(await model.complete({ ...request, responseSchema: schema })).toMatchObject({ text: 'b' });
    expect(
      server.requests.map(({ body }) => (body as { response_format?: { type: string } }).response_format?.type),
    ).toEqual(['json_schema', 'json_object', undefined, undefined]);
  });

  it('is asked again without temperature, as reasoning models want it', async () => {
    server.reply(
      refuse("Unsupported value: 'temperature' does not support 0 with this model.", 'temperature'),
      'a',
      'b',
    );
    const model = create();
    await model.complete({ ...request, temperature: 0 });
    await model.complete({ ...request, temperature: 0 });
    expect(server.requests.map(({ body }) => body.temperature)).toEqual([0, undefined, undefined]);
  });

  it('is asked again with max_tokens when it does not know max_completion_tokens', async () => {
    server.reply(refuse('Unrecognized request argument supplied: max_completion_tokens'), 'a');
    await create().complete({ ...request, maxOutputTokens: 9 });
    expect(server.requests.map(({ body }) => [body.max_completion_tokens, body.max_tokens])).toEqual([
      [9, undefined],
      [undefined, 9],
    ]);
  });

  it('is not asked again for a 400 that speaks of something else', async () => {
    server.reply(refuse('The prompt is too long.'));
    const fault = await faultOf(create().complete({ ...request, responseSchema: schema }));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', status: 400, retryable: false });
    expect(fault.message).toContain('The prompt is too long.');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a fault of the endpoint', () => {
  it('is tried again after 429, 503 and a broken connection', async () => {
    server.reply({ status: 429, headers: now }, { status: 503, headers: now }, { hangUp: true }, 'ok');
    expect(await create().complete(request)).toMatchObject({ text: 'ok' });
    expect(server.requests).toHaveLength(4);
  });

  it('ends in MODEL_ERROR with status and the wait the endpoint asks for', async () => {
    server.replyAlways({ status: 429, headers: { 'retry-after': '7' } });
    expect(await faultOf(create({ maxRetries: 0 }).complete(request))).toMatchObject({
      code: 'MODEL_ERROR',
      status: 429,
      retryable: true,
      retryAfterMs: 7_000,
    });
  });

  it.each(['SEKRETKEY123456', '0123456789abcdef0123456789abcdef', 'a/b+c=d"e'])(
    'keeps the key %s out of everything, however the endpoint echoes it',
    async (secret) => {
      const echoes = [secret, encodeURIComponent(secret), JSON.stringify(secret)].join(' ');
      server.replyAlways({ status: 401, body: { error: { message: `bad key ${echoes}` } } });
      const fault = await faultOf(create({ apiKey: secret }).complete(request));
      const cause = fault.cause as Error;
      const everything = [fault.message, fault.stack, cause.message, cause.stack, JSON.stringify(cause)].join('\n');
      expect(everything).toContain('bad key [redacted]');
      for (const form of [secret, encodeURIComponent(secret)]) expect(everything).not.toContain(form);
    },
  );

  it('is broken off when the reply is larger than 1 MiB, and not tried again', async () => {
    server.replyAlways({ content: 'x'.repeat(1_100_000) });
    const fault = await faultOf(create().complete(request));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: false });
    expect(fault.message).toContain('larger than 1 MiB');
    expect(server.requests).toHaveLength(1);
  });

  it('is broken off as well when an error is larger than 1 MiB', async () => {
    server.replyAlways({ status: 400, body: 'x'.repeat(1_100_000) });
    const fault = await faultOf(create().complete(request));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR' });
    expect(fault.message.length).toBeLessThan(1_000);
  });

  it('is not tried again after 401, and the key is nowhere in the error', async () => {
    server.replyAlways({
      status: 401,
      body: { error: { message: `Incorrect API key provided: ${apiKey}. Bearer ${apiKey}` } },
    });
    const fault = await faultOf(create().complete(request));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', status: 401, retryable: false });
    const cause = fault.cause as Error;
    const everything = [
      fault.message,
      fault.stack,
      cause.message,
      cause.stack,
      JSON.stringify(fault),
      JSON.stringify(cause),
    ];
    expect(everything.join('\n')).not.toContain('0123456789abcdef');
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['no JSON', { raw: '<html>maintenance</html>' }],
    ['no completion', { raw: '{"object":"list"}' }],
    ['broken JSON', { raw: '{"choices": [{"message"' }],
  ])('is a MODEL_ERROR for a body that holds %s', async (_, reply) => {
    server.replyAlways(reply);
    expect(await faultOf(create({ maxRetries: 0 }).complete(request))).toMatchObject({ code: 'MODEL_ERROR' });
  });

  it.each([
    ['no choices', '{"choices":[]}'],
    ['choices that are null', '{"choices":null}'],
    ['a choice that is null', '{"choices":[null]}'],
    ['a message that is null', '{"choices":[{"message":null,"finish_reason":"stop"}]}'],
    ['choices that are a text', '{"choices":"SELECT 1"}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"SELECT 1"'],
    ['the error of another program with status 200', '{"error":{"message":"no capacity"}}'],
  ])('is a retryable MODEL_ERROR with the cure for a body with %s', async (_, raw) => {
    server.replyAlways({ raw });
    const fault = await faultOf(create({ maxRetries: 0 }).complete(request));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: true });
    expect(fault.message).toMatch(/without a completion.*\/v1/);
  });

  it.each([
    ['negative', { prompt_tokens: -5, completion_tokens: -7, total_tokens: -1_000_000 }],
    ['texts', { prompt_tokens: '5', completion_tokens: '7', total_tokens: '12' }],
    ['beyond all numbers', { prompt_tokens: Number.POSITIVE_INFINITY, completion_tokens: 1, total_tokens: 1 }],
    ['fractions', { prompt_tokens: 0.5, completion_tokens: 0.25, total_tokens: 0.75 }],
    ['a list', []],
    ['more than any model takes', { prompt_tokens: 1e18, completion_tokens: 1e18, total_tokens: 1e18 }],
  ])('counts no tokens that are %s: they would be given back to the budget', async (_, usage) => {
    const json = JSON.stringify({ choices: [{ message: { content: 'x' } }], usage }).replaceAll('null', '1e999');
    server.replyAlways({ raw: json });
    expect((await create().complete(request)).usage).toBeUndefined();
  });

  it('counts at least what was asked and answered when the total is less than its parts', async () => {
    const usage = { prompt_tokens: 50, completion_tokens: 7, total_tokens: 1 };
    server.replyAlways({ raw: JSON.stringify({ choices: [{ message: { content: 'x' } }], usage }) });
    expect((await create().complete(request)).usage).toMatchObject({ totalTokens: 57 });
  });

  it.each([
    [
      'in parts',
      { content: [{ type: 'text', text: '{"sql":' }, { type: 'text', text: '"SELECT 1"}' }, { type: 'x' }] },
    ],
    [
      'as the arguments of a function',
      { content: null, tool_calls: [{ function: { arguments: '{"sql":"SELECT 1"}' } }] },
    ],
  ])('reads an answer that comes %s', async (_, message) => {
    server.replyAlways({ raw: JSON.stringify({ choices: [{ message }] }) });
    expect((await create().complete(request)).text).toBe('{"sql":"SELECT 1"}');
  });

  it('reads nothing from several function calls, or from what is no text', async () => {
    const call = { function: { arguments: '{"sql":"SELECT 1"}' } };
    for (const message of [{ tool_calls: [call, call] }, { tool_calls: [{}] }, { tool_calls: 'x' }, { content: 5 }]) {
      server.replyAlways({ raw: JSON.stringify({ choices: [{ message }] }) });
      expect((await create().complete(request)).text).toBe('');
    }
  });

  it('is a retryable MODEL_ERROR when nobody listens', async () => {
    const fault = await faultOf(create({ baseUrl: 'http://127.0.0.1:1/v1', maxRetries: 0 }).complete(request));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: true });
    expect(fault.message).toContain('cannot be reached');
  });

  it('is a retryable MODEL_ERROR when no reply comes in time', async () => {
    server.replyAlways({ content: 'late', delayMs: 60_000 });
    const fault = await faultOf(create({ timeoutMs: 50, maxRetries: 0 }).complete(request));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: true });
    expect(fault.message).toContain('time limit');
  });

  it('does not follow a redirect with the key', async () => {
    server.replyAlways({ status: 307, headers: { location: 'http://127.0.0.1:1/elsewhere' } });
    expect(await faultOf(create({ maxRetries: 0 }).complete(request))).toMatchObject({ code: 'MODEL_ERROR' });
    expect(server.requests).toHaveLength(1);
  });

  it('does not pass on what a key provider throws', async () => {
    const fail = () => Promise.reject(new Error(`vault said ${apiKey}`));
    const fault = await faultOf(create({ apiKey: fail }).complete(request));
    expect(fault).toMatchObject({ code: 'MODEL_ERROR', retryable: true });
    expect(`${fault.message}${String(fault.cause)}`).not.toContain('vault said');
  });
});

describe('a cancelled call', () => {
  it('ends at once and hangs up on the endpoint', async () => {
    const caller = new AbortController();
    server.replyAlways(() => {
      setImmediate(() => caller.abort());
      return { content: 'late', delayMs: 60_000 };
    });
    expect(await faultOf(create().complete(request, { signal: caller.signal }))).toMatchObject({ code: 'ABORTED' });
    await expect.poll(() => server.requests[0]?.abandoned).toBe(true);
  });

  it('ends at once while it waits for its next try', async () => {
    const caller = new AbortController();
    server.replyAlways(() => {
      setTimeout(() => caller.abort(), 20);
      return { status: 429, headers: { 'retry-after': '50' } };
    });
    expect(await faultOf(create().complete(request, { signal: caller.signal }))).toMatchObject({ code: 'ABORTED' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a question to a real endpoint', () => {
  it('is answered at the second try, with the tokens of both calls', async () => {
    const usage = { promptTokens: 100, completionTokens: 10 };
    server.reply({ content: 'I would rather not.', usage }, { content: answerWith('SELECT 1'), usage });
    const { schema: context, check, runner } = scriptedPorts();
    const outcome = await createAsk({ schema: context, check, runner, model: create() })('One?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: 'SELECT 1', usage: { modelCalls: 2, totalTokens: 220 } });
    expect(server.requests[1]!.body.messages).toHaveLength(4);
  });
});
