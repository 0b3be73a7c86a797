import { APIError, type OpenAI } from 'openai';
import { Nl2sqlError } from '../errors.ts';
import { checkOptions, wholeNumber } from '../options.ts';
import type { Embedder } from '../ports.ts';
import { createClients, endpointRules } from './client.ts';
import { createEmbeddingCache } from './embedding-cache.ts';
import { describeFault } from './fault.ts';
import type { OpenAiEmbedderOptions } from './model-options.ts';
import { readVectors } from './read-vectors.ts';
import { tokenCount } from './token-count.ts';

const SUBJECT = 'embedding model';
/** In bytes. The largest batch, 2,048 vectors of 3,072 dimensions in decimal digits, is about as much. */
const LARGEST_BODY = 128 * 1_048_576;

/**
 * An {@link Embedder} on the embeddings protocol, through the `openai` SDK: texts go in batches, one after the other; equal texts go
 * once; each vector is checked for its length and for numbers that are none.
 *
 * `embed` throws `INVALID_TEXT` for an empty or too long text, before anything is sent; `DIMENSION_MISMATCH`; `MODEL_ERROR` with
 * `status`, `retryable` and `retryAfterMs`; `ABORTED`. The key is in no message and no cause.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS` for an option that is unknown or wrong.
 */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  checkOptions('createOpenAiEmbedder', options, {
    ...endpointRules,
    dimensions: wholeNumber(1, 16_000),
    batchSize: wholeNumber(1, 2_048),
    maxTextCharacters: wholeNumber(1, 10_000_000),
    cacheEntries: wholeNumber(0, 1_000_000),
  });
  const { batchSize = 128, maxTextCharacters = 24_000, cacheEntries = 1_000 } = options;
  const model = options.model ?? options.azure?.deployment;
  if (model === undefined) {
    throw new Nl2sqlError('INVALID_OPTIONS', 'createOpenAiEmbedder needs the name of a model.');
  }
  const clients = createClients(options, {
    factory: 'createOpenAiEmbedder',
    subject: SUBJECT,
    largestBody: LARGEST_BODY,
  });
  const cache = createEmbeddingCache(cacheEntries);
  let { dimensions } = options;
  let asksForDimensions = dimensions !== undefined;

  async function send(texts: readonly string[], signal: AbortSignal | undefined) {
    let secret: string | undefined;
    try {
      const lent = await clients.lend();
      secret = lent.secret;
      const request = (): Promise<OpenAI.CreateEmbeddingResponse> =>
        lent.client.embeddings.create(
          {
            model: model ?? '',
            input: [...texts],
            // Named, or the SDK asks for base64 by itself and takes what an endpoint without base64 answers for it.
            encoding_format: 'float',
            ...(asksForDimensions && dimensions !== undefined && { dimensions }),
          },
          signal === undefined ? {} : { signal },
        );
      try {
        return await request();
      } catch (thrown) {
        if (!asksForDimensions || !refusesDimensions(thrown)) throw thrown;
        asksForDimensions = false;
        return await request();
      }
    } catch (thrown) {
      throw describeFault(thrown, secret, SUBJECT);
    }
  }

  return {
    model,
    dimensions: options.dimensions,
    async embed(texts, { signal } = {}) {
      checkTexts(texts, maxTextCharacters);
      const found = new Map<string, readonly number[]>();
      for (const each of texts) {
        const known = cache.get(each);
        if (known !== undefined) found.set(each, known);
      }
      const missing = [...new Set(texts)].filter((each) => !found.has(each));
      let totalTokens = 0;
      for (let start = 0; start < missing.length; start += batchSize) {
        const batch = missing.slice(start, start + batchSize);
        const answer = await send(batch, signal);
        const vectors = readVectors(answer, batch.length, dimensions);
        dimensions ??= vectors[0]?.length;
        totalTokens += tokenCount(answer.usage?.total_tokens) ?? 0;
        for (const [index, each] of batch.entries()) {
          const vector = vectors[index] ?? [];
          found.set(each, vector);
          cache.set(each, vector);
        }
      }
      return { vectors: texts.map((each) => found.get(each) ?? []), totalTokens };
    },
  };
}

function refusesDimensions(thrown: unknown): boolean {
  if (!(thrown instanceof APIError) || (thrown.status !== 400 && thrown.status !== 422)) return false;
  return `${thrown.param ?? ''} ${thrown.message}`.toLowerCase().includes('dimension');
}

function checkTexts(texts: readonly string[], maxTextCharacters: number): void {
  for (const [index, each] of texts.entries()) {
    if (typeof each !== 'string' || each.trim() === '') {
      throw new Nl2sqlError(
        'INVALID_TEXT',
        `Text ${index + 1} of ${texts.length} is empty: it has no meaning to embed.`,
      );
    }
    if (each.length > maxTextCharacters) {
      const size = `${each.length} characters, and at most ${maxTextCharacters} are embedded`;
      throw new Nl2sqlError('INVALID_TEXT', `Text ${index + 1} of ${texts.length} has ${size}: split or shorten it.`);
    }
  }
}
