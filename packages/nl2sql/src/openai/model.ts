import { Nl2sqlError } from '../errors.ts';
import { callback, checkOptions, either, text, wholeNumber, withMethods } from '../options.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../ports.ts';
import { type Abilities, createAbilities, missingAbility, requestBody } from './abilities.ts';
import { createClients } from './client.ts';
import { readCompletion } from './completion.ts';
import { describeFault } from './fault.ts';

/** Azure OpenAI: where the deployment is, and an optional provider of Entra tokens in place of `apiKey`. */
export interface AzureOpenAiSettings {
  /** `https://NAME.openai.azure.com` */
  readonly endpoint: string;
  readonly deployment: string;
  /** Version of the data-plane API, such as `2024-10-21`. */
  readonly apiVersion: string;
  /** Gives a Microsoft Entra access token before each call; then `apiKey` must be absent. */
  readonly tokenProvider?: (() => Promise<string>) | undefined;
}

/** Options of {@link createOpenAiModel}. */
export interface OpenAiModelOptions {
  /** Key of the endpoint, or a function that is asked for it before each call. With `azure`: the resource's key. */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Name of the model. Required, except with `azure`, where the deployment decides. */
  readonly model?: string | undefined;
  /** Any endpoint that speaks the chat-completions protocol. Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string | undefined;
  /** Time limit of one call, its body included, in milliseconds. Default 30000. */
  readonly timeoutMs?: number | undefined;
  /**
   * Further calls after 408, 409, 429, 5xx, a lost connection and a time limit, 0 to 10. They wait 0.5 s, 1 s, 2 s ...
   * (at most 8 s, less up to a quarter at random) or as long as the endpoint asks by `Retry-After` (at most 60 s). Default 3.
   */
  readonly maxRetries?: number | undefined;
  readonly azure?: AzureOpenAiSettings | undefined;
}

/**
 * A {@link LanguageModel} on the chat-completions protocol, through the `openai` SDK.
 *
 * It asks for structured output, `max_completion_tokens` and the temperature it is given. When an endpoint answers 400
 * to one of these, the call is made again without it and the endpoint is remembered as not taking it.
 * It reads no environment variable and logs nothing.
 *
 * `complete` throws `MODEL_ERROR` with `status`, `retryable` and `retryAfterMs`. The key is in no message and no cause.
 * Throws `INVALID_OPTIONS` for an option that is unknown or wrong.
 */
export function createOpenAiModel(options: OpenAiModelOptions): LanguageModel {
  checkOptions('createOpenAiModel', options, {
    apiKey: either(text, callback),
    model: text,
    baseUrl: text,
    timeoutMs: wholeNumber(1, 3_600_000),
    maxRetries: wholeNumber(0, 10),
    azure: withMethods(),
  });
  const model = options.model ?? options.azure?.deployment;
  if (model === undefined) {
    throw new Nl2sqlError('INVALID_OPTIONS', 'createOpenAiModel needs the name of a model.');
  }
  const clients = createClients(options);
  const abilities = createAbilities();
  return {
    complete: async (request, { signal } = {}) => {
      let secret: string | undefined;
      try {
        const lent = await clients.lend();
        secret = lent.secret;
        return await completeWithout(lent.client, model, request, abilities, signal);
      } catch (thrown) {
        throw describeFault(thrown, secret);
      }
    },
  };
}

type Client = Awaited<ReturnType<ReturnType<typeof createClients>['lend']>>['client'];

/** Calls, and after each 400 that names an ability the endpoint lacks calls again without it. */
async function completeWithout(
  client: Client,
  model: string,
  request: CompletionRequest,
  abilities: Abilities,
  signal: AbortSignal | undefined,
): Promise<Completion> {
  for (;;) {
    const body = requestBody(model, request, abilities);
    try {
      return readCompletion(await client.chat.completions.create(body, signal === undefined ? {} : { signal }));
    } catch (thrown) {
      const missing = missingAbility(thrown, body);
      if (missing === undefined) throw thrown;
      abilities.without(missing);
    }
  }
}
