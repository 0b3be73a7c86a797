import { embedText } from '@pgmcp/testing';
import { useScriptedModel } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from '../src/openai/index.ts';
import { faultOf } from './fault-of.ts';

const server = useScriptedModel();

const apiKey = 'sk-test-0123456789abcdef';

const create = (options: OpenAiEmbedderOptions = {}) =>
  createOpenAiEmbedder({ apiKey, model: 'embed-small', baseUrl: server.baseUrl, dimensions: 64, ...options });

const raw = (vectors: readonly { index?: number; embedding: unknown }[]) => ({
  raw: JSON.stringify({ object: 'list', data: vectors, model: 'm', usage: { prompt_tokens: 1, total_tokens: 1 } }),
});

describe('an embedder', () => {
  it('sends key, model and dimensions, and gives one vector per text in their order with the tokens used', async () => {
    const { vectors, totalTokens } = await create().embed(['red shoes', 'blue sky']);
    expect(vectors).toEqual([embedText('red shoes', 64), embedText('blue sky', 64)]);
    expect(totalTokens).toBeGreaterThan(0);
    expect(server.requests).toMatchObject([
      {
        path: '/v1/embeddings',
        headers: { authorization: `Bearer ${apiKey}` },
        body: { model: 'embed-small', input: ['red shoes', 'blue sky'], dimensions: 64, encoding_format: 'float' },
      },
    ]);
  });

  it('speaks to a deployment of Azure', async () => {
    const azure = { endpoint: server.azureEndpoint, deployment: 'embed', apiVersion: '2024-10-21' };
    const embedder = createOpenAiEmbedder({ apiKey, azure, dimensions: 8 });
    expect(embedder.model).toBe('embed');
    expect((await embedder.embed(['a'])).vectors).toEqual([embedText('a', 8)]);
    expect(server.requests[0]).toMatchObject({
      path: '/openai/deployments/embed/embeddings',
      query: { 'api-version': '2024-10-21' },
      headers: { 'api-key': apiKey },
    });
  });

  it('sends batches, equal texts once, and what it remembers not at all', async () => {
    const embedder = create({ batchSize: 2, cacheEntries: 3 });
    const first = await embedder.embed(['a', 'b', 'a', 'c']);
    expect(server.requests.map(({ body }) => body.input)).toEqual([['a', 'b'], ['c']]);
    expect(first.vectors[2]).toEqual(first.vectors[0]);
    const again = await embedder.embed(['c', 'a', 'd']);
    expect(server.requests.map(({ body }) => body.input).slice(2)).toEqual([['d']]);
    expect(again.vectors[1]).toEqual(first.vectors[0]);
    expect(await embedder.embed(['a'])).toEqual({ vectors: [first.vectors[0]], totalTokens: 0 });
    await embedder.embed(['b']);
    expect(server.requests.at(-1)?.body.input, 'forgotten, as the least recently used').toEqual(['b']);
  });

  it('asks for nothing when there is nothing to embed', async () => {
    expect(await create().embed([])).toEqual({ vectors: [], totalTokens: 0 });
    expect(server.requests).toEqual([]);
  });

  it('refuses empty and too long texts before anything is sent, and says which', async () => {
    for (const text of ['', ' \n\t']) {
      expect(await faultOf(create().embed(['a', text]))).toMatchObject({
        code: 'INVALID_TEXT',
        message: 'Text 2 of 2 is empty: it has no meaning to embed.',
      });
    }
    const long = await faultOf(create({ maxTextCharacters: 10 }).embed(['x'.repeat(11)]));
    expect(long.message).toBe('Text 1 of 1 has 11 characters, and at most 10 are embedded: split or shorten it.');
    expect(server.requests).toEqual([]);
  });

  it('does without the dimensions where an endpoint refuses the parameter, and still holds the answer to them', async () => {
    const refusal = { status: 400, body: { error: { message: 'Unknown parameter: dimensions', param: 'dimensions' } } };
    server.failEmbeddings(refusal, raw([{ index: 0, embedding: [1, 2, 3] }]));
    const embedder = create({ dimensions: 3 });
    expect((await embedder.embed(['a'])).vectors).toEqual([[1, 2, 3]]);
    expect(await faultOf(embedder.embed(['b']))).toMatchObject({
      code: 'DIMENSION_MISMATCH',
      message: expect.stringContaining('1536 dimensions instead of 3'),
    });
    expect(server.requests.map(({ body }) => body['dimensions'])).toEqual([3, undefined, undefined]);
  });

  it('notices when a model changes the length of its vectors', async () => {
    const embedder = create({ dimensions: undefined });
    server.failEmbeddings(raw([{ index: 0, embedding: [1, 2] }]), raw([{ index: 0, embedding: [1, 2, 3] }]));
    await embedder.embed(['a']);
    expect((await faultOf(embedder.embed(['b']))).code).toBe('DIMENSION_MISMATCH');
  });

  it('puts vectors that come in another order in the order of the texts', async () => {
    server.failEmbeddings(
      raw([
        { index: 1, embedding: [0, 1] },
        { index: 0, embedding: [1, 0] },
      ]),
    );
    expect((await create({ dimensions: 2 }).embed(['a', 'b'])).vectors).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it.each([
    ['too few vectors', raw([])],
    [
      'a number twice',
      raw([
        { index: 0, embedding: [1] },
        { index: 0, embedding: [1] },
      ]),
    ],
    [
      'a number beyond the texts',
      raw([
        { index: 7, embedding: [1] },
        { index: 1, embedding: [1] },
      ]),
    ],
    [
      'no numbers',
      raw([
        { index: 0, embedding: ['1'] },
        { index: 1, embedding: [1] },
      ]),
    ],
    [
      'nulls',
      raw([
        { index: 0, embedding: [null] },
        { index: 1, embedding: [1] },
      ]),
    ],
    [
      'zeros',
      raw([
        { index: 0, embedding: [0] },
        { index: 1, embedding: [1] },
      ]),
    ],
    [
      'an empty vector',
      raw([
        { index: 0, embedding: [] },
        { index: 1, embedding: [1] },
      ]),
    ],
    ['no list', { raw: '{"ok":true}' }],
    ['no JSON', { raw: '<html>' }],
  ])('refuses %s of an endpoint', async (_, reply) => {
    server.failEmbeddings(reply);
    expect((await faultOf(create({ maxRetries: 0 }).embed(['a', 'b']))).code).toBe('MODEL_ERROR');
  });

  it('tries again when the endpoint is overloaded, and tells what it asked to wait when it stays so', async () => {
    const busy = { status: 429, headers: { 'retry-after-ms': '1' } };
    server.failEmbeddings(busy);
    expect((await create({ maxRetries: 1 }).embed(['a'])).vectors).toHaveLength(1);
    server.failEmbeddings(busy, busy);
    const error = await faultOf(create({ maxRetries: 1 }).embed(['b']));
    expect(error).toMatchObject({ code: 'MODEL_ERROR', status: 429, retryable: true, retryAfterMs: 1 });
    expect(error.message).toContain('The embedding model answered 429');
  });

  it('ends at its time limit and at the signal of the caller', async () => {
    server.failEmbeddings({ status: 200, body: '{}', delayMs: 60_000 });
    const slow = await faultOf(create({ timeoutMs: 50, maxRetries: 0 }).embed(['a']));
    expect(slow).toMatchObject({ code: 'MODEL_ERROR', retryable: true });
    server.failEmbeddings({ status: 200, body: '{}', delayMs: 60_000 });
    const controller = new AbortController();
    const cancelled = faultOf(create().embed(['b'], { signal: controller.signal }));
    controller.abort();
    expect((await cancelled).code).toBe('ABORTED');
  });

  it('keeps the key out of messages and causes', async () => {
    server.failEmbeddings({ status: 401, body: { error: { message: `Incorrect API key provided: ${apiKey}` } } });
    const error = await faultOf(create().embed(['a']));
    expect(`${error.message} ${String(error.cause)} ${error.stack}`).not.toContain(apiKey);
  });

  it.each([
    [{ dimension: 3 }, /does not know the option "dimension"\. Did you mean dimensions/],
    [{ dimensions: 0 }, /dimensions must be a whole number from 1/],
    [{ batchSize: 3_000 }, /batchSize must be a whole number from 1 to 2048/],
    [{ model: undefined }, /createOpenAiEmbedder needs the name of a model/],
    [{ apiKey: undefined }, /createOpenAiEmbedder needs apiKey/],
    [{ baseUrl: 'ftp://x' }, /createOpenAiEmbedder: the endpoint must be an http or https URL/],
  ])('refuses the options %j', (options, message) => {
    expect(() => create(options as OpenAiEmbedderOptions)).toThrow(message);
  });
});
