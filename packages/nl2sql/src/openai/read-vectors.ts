import type { OpenAI } from 'openai';
import { Nl2sqlError } from '../errors.ts';

/**
 * The vectors of an answer, in the order of the texts. Nothing of the answer is believed: an endpoint may leave texts out, give them in
 * another order or change its model.
 */
export function readVectors(
  answer: OpenAI.CreateEmbeddingResponse,
  count: number,
  dimensions: number | undefined,
): readonly (readonly number[])[] {
  const items: unknown = answer?.data;
  if (!Array.isArray(items) || items.length !== count) {
    const got = Array.isArray(items) ? `${items.length} vectors` : 'no list of vectors';
    throw new Nl2sqlError(
      'MODEL_ERROR',
      `The embedding model answered ${count} texts with ${got}. Check its base URL.`,
    );
  }
  const vectors = new Array<readonly number[] | undefined>(count);
  for (const [position, item] of items.entries()) {
    const { index = position, embedding } = (item ?? {}) as { index?: unknown; embedding?: unknown };
    if (!Number.isInteger(index) || (index as number) < 0 || (index as number) >= count || vectors[index as number])
      throw new Nl2sqlError('MODEL_ERROR', 'The embedding model numbered its vectors wrongly.');
    vectors[index as number] = readVector(embedding);
  }
  const length = dimensions ?? vectors[0]?.length;
  const wrong = vectors.find((vector) => vector?.length !== length);
  if (wrong !== undefined) {
    throw new Nl2sqlError(
      'DIMENSION_MISMATCH',
      `The embedding model gave a vector of ${wrong.length} dimensions instead of ${length}. Name the right model, or set its dimensions.`,
    );
  }
  return vectors.map((vector) => vector ?? []);
}

function readVector(embedding: unknown): readonly number[] {
  const isVector = Array.isArray(embedding) && embedding.length > 0 && embedding.every(Number.isFinite);
  if (!isVector)
    throw new Nl2sqlError('MODEL_ERROR', 'The embedding model gave something that is no vector of numbers.');
  if (embedding.every((value) => value === 0)) {
    throw new Nl2sqlError('MODEL_ERROR', 'The embedding model gave a vector of zeros, which is near to nothing.');
  }
  return embedding;
}
