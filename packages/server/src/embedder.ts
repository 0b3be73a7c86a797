import type { Embedder } from '@pgmcp/nl2sql';
import { type Caller, callerKey } from './call.ts';
import type { EmbeddingsConfiguration } from './config/index.ts';
import type { Limits } from './limits/index.ts';
import { modelEndpoint } from './model-endpoint.ts';
import { refuseOverLimit } from './refuse-over-limit.ts';

/** Who wants vectors, and until when. */
export interface EmbedPurpose {
  /** Charged for the tokens. Absent for the server's own upkeep, which counts against nobody. */
  readonly caller?: Caller | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The configured embedding model, its tokens charged to whoever asked. */
export interface MeteredEmbedder {
  /** Vectors of different models do not compare. */
  readonly model: string;
  /** Length of the vectors, when it is configured. */
  readonly dimensions: number | undefined;
  readonly maxTextCharacters: number;
  /**
   * One vector per text, in their order.
   *
   * @throws PgmcpError `RATE_LIMIT_EXCEEDED`; Nl2sqlError as `createOpenAiEmbedder`
   */
  embed(texts: readonly string[], purpose: EmbedPurpose): Promise<readonly (readonly number[])[]>;
}

/** Makes the embedder of a process; `undefined` when no model is configured. */
export async function createMeteredEmbedder(
  configuration: EmbeddingsConfiguration | undefined,
  limits: Limits,
): Promise<MeteredEmbedder | undefined> {
  if (configuration === undefined) return undefined;
  const { model, dimensions, batchSize, maxTextCharacters } = configuration;
  // Loaded only when it is used: the SDK costs a third of a start.
  const { createOpenAiEmbedder } = await import('@pgmcp/nl2sql/openai');
  const embedder: Embedder = createOpenAiEmbedder({
    ...(await modelEndpoint(configuration, 'embeddings')),
    dimensions,
    batchSize,
    maxTextCharacters,
  });
  return {
    model,
    dimensions,
    maxTextCharacters,
    async embed(texts, { caller, signal }) {
      const payer = caller && callerKey(caller);
      if (payer !== undefined) refuseOverLimit(await limits.admitModelCall(payer));
      const { vectors, totalTokens } = await embedder.embed(texts, { signal });
      if (payer !== undefined && totalTokens > 0) await limits.chargeModelTokens(payer, totalTokens);
      return vectors;
    },
  };
}
