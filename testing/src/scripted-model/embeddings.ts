import { countTokens } from './chat-completion.ts';
import { embedText } from './embed-text.ts';

/** The parts of an embeddings request that shape its answer. */
export interface EmbeddingsRequest {
  readonly model?: string;
  readonly input: string | readonly string[];
  readonly dimensions?: number;
  readonly encoding_format?: 'float' | 'base64';
}

/** The body of the answer: one vector per text, in the order of the texts. */
export function embeddings(request: EmbeddingsRequest): object {
  const texts = typeof request.input === 'string' ? [request.input] : request.input;
  const dimensions = request.dimensions ?? defaultDimensions(request.model ?? '');
  const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
  return {
    object: 'list',
    data: texts.map((text, index) => {
      const vector = embedText(text, dimensions);
      return {
        object: 'embedding',
        index,
        embedding: request.encoding_format === 'base64' ? toBase64(vector) : vector,
      };
    }),
    model: request.model ?? 'scripted',
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

/** What is wrong with a request, if anything; as strict as OpenAI, which refuses empty texts. */
export function embeddingsRequestFault(body: unknown): string | undefined {
  const input = typeof body === 'object' && body !== null && 'input' in body ? body.input : undefined;
  const texts = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || texts.length > 2048) return "'input' must hold 1 to 2048 texts.";
  if (!texts.every((text) => typeof text === 'string' && text !== ''))
    return "'input' must be a text or texts, none empty.";
  return undefined;
}

function defaultDimensions(model: string): number {
  return model.includes('large') ? 3072 : 1536;
}

/** 32-bit floats, least significant byte first: what the official clients ask for when nobody says otherwise. */
function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
