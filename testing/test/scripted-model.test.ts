import OpenAI, { APIConnectionError, APIError, AzureOpenAI, RateLimitError } from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ScriptedModel, startScriptedModel } from '../src/index.ts';

let model: ScriptedModel;
let client: OpenAI;
const question = { model: 'gpt-scripted', messages: [{ role: 'user' as const, content: 'How many orders?' }] };

beforeEach(async () => {
  model = await startScriptedModel();
  client = new OpenAI({ apiKey: 'sk-test', baseURL: model.baseUrl, maxRetries: 0 });
});
afterEach(async () => {
  await model.close();
});

describe('chat completions through the official client', () => {
  test('a text is the answer of the assistant, with usage', async () => {
    model.reply('SELECT 1');
    const completion = await client.chat.completions.create(question);
    expect(completion.choices[0]?.message.content).toBe('SELECT 1');
    expect(completion.choices[0]?.finish_reason).toBe('stop');
    expect(completion.model).toBe('gpt-scripted');
    expect(completion.usage?.total_tokens).toBeGreaterThan(2);
  });

  test('a reply may name its usage, model and the reason of its end', async () => {
    model.reply({
      content: 'SEL',
      usage: { promptTokens: 10, completionTokens: 3 },
      model: 'm-2026',
      finishReason: 'length',
    });
    const completion = await client.chat.completions.create(question);
    expect(completion.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 });
    expect(completion).toMatchObject({ model: 'm-2026', choices: [{ finish_reason: 'length' }] });
  });

  test('replies are used in order, and a function sees the request', async () => {
    model.reply('first', ({ prompt }) => `you asked: ${prompt}`);
    await client.chat.completions.create(question);
    const second = await client.chat.completions.create(question);
    expect(second.choices[0]?.message.content).toBe('you asked: How many orders?');
    expect(model.pendingReplies).toBe(0);
  });

  test('a standing reply answers when the queue is empty', async () => {
    model.replyAlways('always');
    model.reply('once');
    const answers = [];
    for (let i = 0; i < 3; i += 1)
      answers.push((await client.chat.completions.create(question)).choices[0]?.message.content);
    expect(answers).toEqual(['once', 'always', 'always']);
  });

  test('requests are recorded with path, headers and body', async () => {
    model.reply('x');
    await client.chat.completions.create({ ...question, temperature: 0 });
    expect(model.requests).toHaveLength(1);
    const [request] = model.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      answeredBy: 'script',
      abandoned: false,
    });
    expect(request?.headers['authorization']).toBe('Bearer sk-test');
    expect(request?.body).toEqual({ ...question, temperature: 0 });
  });

  test('a refusal comes instead of content', async () => {
    model.reply({ content: '', refusal: 'I cannot help with that.' });
    const completion = await client.chat.completions.create(question);
    expect(completion.choices[0]?.message).toMatchObject({ content: null, refusal: 'I cannot help with that.' });
  });

  test('the list of models has one', async () => {
    const models = await client.models.list();
    expect(models.data.map(({ id }) => id)).toEqual(['scripted']);
  });
});

describe('streaming', () => {
  test('the pieces add up to the content', async () => {
    const content = '  SELECT count(*)\n  FROM retail.orders -- größer 🙂\n';
    model.reply(content);
    const stream = await client.chat.completions.create({ ...question, stream: true });
    let text = '';
    const reasons = [];
    let pieces = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason);
      expect(chunk.usage).toBeUndefined();
      pieces += 1;
    }
    expect(text).toBe(content);
    expect(reasons).toEqual(['stop']);
    expect(pieces).toBeGreaterThan(4);
  });

  test('usage comes last, when it is asked for', async () => {
    model.reply({ content: 'a b c', usage: { promptTokens: 7, completionTokens: 5 } });
    const stream = await client.chat.completions.create({
      ...question,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 12 } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  test("the client's own accumulator accepts the stream", async () => {
    model.reply('SELECT 1');
    const completion = await client.chat.completions.stream(question).finalChatCompletion();
    expect(completion.choices[0]?.message.content).toBe('SELECT 1');
  });

  test('a hang-up in the middle leaves the client with a broken stream', async () => {
    model.reply({ hangUp: true, after: 'SELECT count(*) FROM' });
    const stream = await client.chat.completions.create({ ...question, stream: true });
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    })();
    await expect(reading).rejects.toThrow();
    expect(text).toBe('SELECT count(*) FROM');
    expect(model.requests[0]?.abandoned).toBe(false);
  });
});

describe('failures', () => {
  test('429 with Retry-After is an error the client knows, and it waits as told', async () => {
    model.reply({ status: 429, headers: { 'retry-after-ms': '1' } }, 'second attempt');
    const error = await client.chat.completions.create(question).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });

    model.reply({ status: 429, headers: { 'retry-after': '0' } }, 'third attempt');
    const answers = [];
    for (const retries of [0, 1]) {
      answers.push(
        (await client.chat.completions.create(question, { maxRetries: retries })).choices[0]?.message.content,
      );
    }
    expect(answers).toEqual(['second attempt', 'third attempt']);
    expect(model.requests).toHaveLength(4);
  });

  test('any status with any body', async () => {
    model.reply(
      { status: 503, body: '<html>Bad gateway</html>' },
      { status: 400, body: { error: { message: 'too long', code: 'context_length_exceeded' } } },
    );
    await expect(client.chat.completions.create(question)).rejects.toMatchObject({ status: 503 });
    await expect(client.chat.completions.create(question)).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    });
  });

  test('malformed JSON', async () => {
    model.reply({ raw: '{"choices": [' });
    await expect(client.chat.completions.create(question)).rejects.toThrow(SyntaxError);
  });

  test('a hang-up without a word is a connection error', async () => {
    model.reply({ hangUp: true });
    await expect(client.chat.completions.create(question)).rejects.toBeInstanceOf(APIConnectionError);
  });

  test('a hang-up within the body never looks like an answer', async () => {
    model.reply({ hangUp: true, after: '{"choices":[]}' });
    await expect(client.chat.completions.create(question)).rejects.toThrow();
  });

  test('a slow reply waits, and a client that gives up meanwhile is noticed', async () => {
    model.reply({ content: 'soon', delayMs: 20 }, { content: 'late', delayMs: 60_000 });
    expect((await client.chat.completions.create(question)).choices[0]?.message.content).toBe('soon');
    const controller = new AbortController();
    const call = client.chat.completions.create(question, { signal: controller.signal });
    call.catch(() => {});
    await expect.poll(() => model.requests.length, { timeout: 4_000 }).toBe(2);
    controller.abort();
    await expect(call).rejects.toThrow(/abort/);
    await expect.poll(() => model.requests[1]?.abandoned, { timeout: 4_000 }).toBe(true);
    expect(model.requests[0]?.abandoned).toBe(false);
  });

  test('a wrong or missing key is refused as OpenAI refuses it', async () => {
    const strict = await startScriptedModel({ apiKey: 'sk-right' });
    const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: strict.baseUrl, maxRetries: 0 });
    await expect(stranger.chat.completions.create(question)).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    });
    const response = await fetch(`${strict.baseUrl}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(question),
    });
    expect(response.status).toBe(401);
    await strict.close();
  });

  test('a request without messages is refused and uses up no reply', async () => {
    model.reply('kept');
    await expect(client.post('/chat/completions', { body: { model: 'm' } })).rejects.toMatchObject({ status: 400 });
    expect(model.pendingReplies).toBe(1);
  });
});

describe('a hole in the script', () => {
  test('answers 500 at once, is recorded, and makes close throw', async () => {
    const holed = await startScriptedModel();
    const patient = new OpenAI({ apiKey: 'sk-test', baseURL: holed.baseUrl, maxRetries: 3 });
    await expect(patient.chat.completions.create(question)).rejects.toThrow(/no reply left/);
    expect(holed.requests.map(({ answeredBy }) => answeredBy)).toEqual(['nobody']);
    await expect(holed.close()).rejects.toThrow('POST /v1/chat/completions: "How many orders?"');
  });

  test('is also an address nobody serves', async () => {
    const holed = await startScriptedModel();
    const response = await fetch(`${holed.baseUrl}/responses`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
    await expect(holed.close()).rejects.toThrow('POST /v1/responses');
  });

  test('is also a function that throws', async () => {
    model.reply(() => {
      throw new Error('unexpected question');
    });
    const error = await client.chat.completions.create(question).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(APIError);
    expect(String(error)).toContain('unexpected question');
    expect(model.requests[0]?.answeredBy).toBe('nobody');
    model.reset();
    expect(model.requests).toEqual([]);
  });
});

describe('embeddings', () => {
  const embed = async (...input: string[]) =>
    (await client.embeddings.create({ model: 'text-embedding-3-small', input })).data.map(({ embedding }) => embedding);
  const similarity = (a: readonly number[] = [], b: readonly number[] = []) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

  test('are unit vectors, the same for the same text', async () => {
    const [first, second] = await embed('total revenue by store', 'total revenue by store');
    expect(first).toEqual(second);
    expect(first).toHaveLength(1536);
    expect(similarity(first, first)).toBeCloseTo(1, 5);
  });

  test('are closer for texts that share words', async () => {
    const [base, near, related, far] = await embed(
      'total revenue by store in 2025',
      'revenue by store for 2025',
      'stores and their revenues',
      'which employee joined last',
    );
    expect(similarity(base, near)).toBeGreaterThan(0.6);
    expect(similarity(base, near)).toBeGreaterThan(similarity(base, related));
    expect(similarity(base, related)).toBeGreaterThan(similarity(base, far) + 0.1);
    expect(Math.abs(similarity(base, far))).toBeLessThan(0.2);
  });

  test('come as base64 or as numbers with the same values, in the length asked for', async () => {
    const request = { model: 'm', input: 'shoes', dimensions: 64 };
    const encoded = await client.embeddings.create({ ...request, encoding_format: 'base64' });
    const plain = await client.embeddings.create({ ...request, encoding_format: 'float' });
    const bytes = Buffer.from(String(encoded.data[0]?.embedding), 'base64');
    const decoded = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
    expect(decoded).toHaveLength(64);
    expect(decoded).toEqual(plain.data[0]?.embedding.map(Math.fround));
  });

  test('an empty text is refused, an error may be scripted, and a text without words still has a direction', async () => {
    await expect(embed('')).rejects.toMatchObject({ status: 400 });
    model.failEmbeddings({ status: 500, headers: { 'x-should-retry': 'false' } });
    await expect(embed('x')).rejects.toMatchObject({ status: 500 });
    const [silent] = await embed('???');
    expect(similarity(silent, silent)).toBeCloseTo(1, 5);
  });
});

describe('Azure OpenAI', () => {
  const azure = () =>
    new AzureOpenAI({
      apiKey: 'azure-key',
      endpoint: model.azureEndpoint,
      apiVersion: '2025-01-01',
      deployment: 'prod-gpt',
      maxRetries: 0,
    });

  test('is served under the path of the deployment, with its key and version', async () => {
    model.reply('SELECT 1');
    const completion = await azure().chat.completions.create(question);
    expect(completion.choices[0]?.message.content).toBe('SELECT 1');
    expect(model.requests[0]).toMatchObject({
      path: '/openai/deployments/prod-gpt/chat/completions',
      query: { 'api-version': '2025-01-01' },
    });
    expect(model.requests[0]?.headers['api-key']).toBe('azure-key');
    const vectors = await azure().embeddings.create({ model: 'ignored', input: 'x' });
    expect(vectors.data[0]?.embedding).toHaveLength(1536);
  });

  test('without a version is not found, without a key not allowed', async () => {
    const url = `${model.azureEndpoint}/openai/deployments/d/chat/completions`;
    const send = (address: string, headers: Record<string, string>) =>
      fetch(address, { method: 'POST', headers, body: JSON.stringify(question) });
    expect((await send(url, { 'api-key': 'k' })).status).toBe(404);
    expect((await send(`${url}?api-version=1`, {})).status).toBe(401);
  });
});
