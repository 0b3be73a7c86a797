import { z } from 'zod';
import { azureSettings } from '../azure-settings.ts';
import { checkConnection } from '../check-connection.ts';
import { chooseModel, type ModelConfiguration } from '../choose-model.ts';
import { defineSection } from '../define-section.ts';
import { connectionUrl, duration, line, secretText, webAddress, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';
import type { DatabaseConfiguration } from './databases.ts';

const PREFIX = 'PG_MCP_EMBEDDINGS';

/** Only for the check; `embed` gives each statement the time that it needs. */
const STATEMENT_TIMEOUT_MS = 30_000;

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
  ownerUrl: setting(connectionUrl(), {
    environment: `${PREFIX}_OWNER_URL`,
    description:
      'The connection by which the command `embed` makes and fills embeddings: the queried database, by a role that owns its tables. No tool ever uses it.',
    example: 'postgresql://owner@db.example.com:5432/shop',
    secret: true,
  }),
  azure: azureSettings(PREFIX, 'embedder').prefault({}),
});

/** The model that turns texts into vectors. */
export interface EmbeddingsConfiguration extends ModelConfiguration {
  readonly dimensions?: number;
  readonly batchSize: number;
  readonly maxTextCharacters: number;
  /** The connection of the command `embed`. */
  readonly owner?: DatabaseConfiguration;
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
  resolve(settings, context): EmbeddingsConfiguration | undefined {
    const { dimensions, batchSize, maxTextCharacters, ownerUrl: url, ...model } = settings;
    const chosen = chooseModel(model, context, PREFIX);
    const owner = url && {
      name: 'owner',
      url,
      minPoolSize: 0,
      maxPoolSize: 2,
      pooler: 'none' as const,
      isolation: 'login' as const,
    };
    const refused = owner && checkConnection(owner, STATEMENT_TIMEOUT_MS, context.environment);
    if (refused) context.problem('ownerUrl', refused.message);
    if (chosen === undefined) return undefined;
    return {
      ...chosen,
      batchSize,
      maxTextCharacters,
      ...(dimensions !== undefined && { dimensions }),
      ...(owner && { owner }),
    };
  },
});
