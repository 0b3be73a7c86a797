import { z } from 'zod';
import { azureSettings } from '../azure-settings.ts';
import { chooseModel } from '../choose-model.ts';
import { defineSection } from '../define-section.ts';
import { duration, line, secretText, webAddress, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const openaiSchema = z.strictObject({
  model: setting(line('the name of a model'), {
    environment: 'PG_MCP_OPENAI_MODEL',
    description:
      'The model that writes SQL. Without it no model is used: questions without a verified pair are handed over to the calling assistant.',
    example: 'gpt-5-mini',
  }),
  apiKey: setting(secretText(), {
    environment: 'PG_MCP_OPENAI_API_KEY',
    description:
      'The key for the model. OPENAI_API_KEY serves only when PG_MCP_OPENAI_MODEL is set and neither a base URL nor Azure is: a paid key is never used, or sent elsewhere, silently.',
    secret: true,
  }),
  baseUrl: setting(webAddress(), {
    environment: 'PG_MCP_OPENAI_BASE_URL',
    description: 'Another server that speaks the OpenAI protocol. It may need no key.',
    example: 'http://localhost:11434/v1',
  }),
  timeout: setting(duration('1s', '10m'), {
    environment: 'PG_MCP_OPENAI_TIMEOUT',
    description: 'How long one call of the model may take.',
    default: '30s',
  }),
  maxRetries: setting(wholeNumber(0, 10), {
    environment: 'PG_MCP_OPENAI_MAX_RETRIES',
    description: 'Further tries, with growing pauses, when the model is overloaded or unreachable.',
    default: 3,
  }),
  azure: azureSettings('PG_MCP_OPENAI', 'sql-writer').prefault({}),
});

/** The model. */
export const openaiSection = defineSection({
  title: 'Model',
  about: 'A model is used only when one is named here. Any server that speaks the OpenAI protocol will do.',
  nested: {
    azure: {
      title: 'Azure OpenAI',
      about: 'All three, and the key of the resource as `PG_MCP_OPENAI_API_KEY`, or the credential `entra`.',
    },
  },
  schema: openaiSchema,
  resolve: (settings, context) => chooseModel(settings, context),
});
