import { z } from 'zod';
import { azureSettings } from '../azure-settings.ts';
import { chooseModel, type ModelConfiguration } from '../choose-model.ts';
import { defineSection } from '../define-section.ts';
import { duration, line, secretText, webAddress, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const PREFIX = 'PG_MCP_EMBEDDINGS';

const embeddingsSchema = z.strictObject({
  model: setting(line('the name of a model'), {
    environment: `${PREFIX}_MODEL`,
    description: 'The model that turns texts into vectors. Without it nothing is searched or ranked by meaning.',
    example: 'text-embedding-3-small',
  }),
  apiKey: setting(secretText(), {
    environment: `${PREFIX}_API_KEY`,
    description:
      'The key for that model. OPENAI_API_KEY serves only when a model is named here and neither a base URL nor Azure is.',
    secret: true,
  }),
  baseUrl: setting(webAddress(), {
    environment: `${PREFIX}_BASE_URL`,
    description: 'Another server that speaks the OpenAI protocol. It may need no key.',
    example: 'http://localhost:11434/v1',
  }),
  dimensions: setting(wholeNumber(1, 16_000), {
    environment: `${PREFIX}_DIMENSIONS`,
    description:
      'Length of the vectors. It is asked for, where the server takes that, and every answer is held to it. Without it: as the model gives them.',
    example: 1536,
  }),
  batchSize: setting(wholeNumber(1, 2_048), {
    environment: `${PREFIX}_BATCH_SIZE`,
    description: 'Texts in one call of the model.',
    default: 128,
  }),
  maxTextCharacters: setting(wholeNumber(100, 10_000_000), {
    environment: `${PREFIX}_MAX_TEXT_CHARACTERS`,
    description:
      'Longest text that is embedded. A longer question is an error; a longer text of a table is cut by `embed`, which counts them.',
    default: 24_000,
  }),
  timeout: setting(duration('1s', '10m'), {
    environment: `${PREFIX}_TIMEOUT`,
    description: 'How long one call of the model may take.',
    default: '30s',
  }),
  maxRetries: setting(wholeNumber(0, 10), {
    environment: `${PREFIX}_MAX_RETRIES`,
    description: 'Further tries, with growing pauses, when the model is overloaded or unreachable.',
    default: 3,
  }),
  azure: azureSettings(PREFIX, 'embedder').prefault({}),
});

/** The model that turns texts into vectors. */
export interface EmbeddingsConfiguration extends ModelConfiguration {
  readonly dimensions?: number;
  readonly batchSize: number;
  readonly maxTextCharacters: number;
}

/** Search by meaning. */
export const embeddingsSection = defineSection({
  title: 'Embeddings',
  about:
    'Search by meaning: see [semantic-search.md](semantic-search.md). Nothing is embedded unless a model is named here.',
  nested: {
    azure: {
      title: 'Embeddings on Azure OpenAI',
      about: `All three, and the key of the resource as \`${PREFIX}_API_KEY\`.`,
    },
  },
  schema: embeddingsSchema,
  resolve({ dimensions, batchSize, maxTextCharacters, ...model }, context): EmbeddingsConfiguration | undefined {
    const chosen = chooseModel(model, context, PREFIX);
    if (chosen === undefined) return undefined;
    return { ...chosen, batchSize, maxTextCharacters, ...(dimensions !== undefined && { dimensions }) };
  },
});
