import { Nl2sqlError } from '../errors.ts';
import { checkOptions } from '../options.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../ports.ts';
import { type Abilities, createAbilities, missingAbility, requestBody } from './abilities.ts';
import { createClients, endpointRules } from './client.ts';
import { readCompletion } from './completion.ts';
import { describeFault } from './fault.ts';
import type { OpenAiModelOptions } from './model-options.ts';

const SUBJECT = 'language model';
/** In bytes. The largest reply that can be used is a tenth of it. */
const LARGEST_BODY = 1_048_576;

/**
 * A {@link LanguageModel} on the chat-completions protocol, through the `openai` SDK.
 *
 * It asks for structured output, `max_completion_tokens` and the temperature it is given. When an endpoint answers 400
 * to one of these, the call is made again without it and the endpoint is remembered as not taking it.
 * It reads no environment variable and logs nothing.
 *
 * `complete` throws `MODEL_ERROR` with `status`, `retryable` and `retryAfterMs`. The key is in no message, no cause and no reply.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS` for an option that is unknown or wrong.
 */
export function createOpenAiModel(options: OpenAiModelOptions): LanguageModel {
  checkOptions('createOpenAiModel', options, endpointRules);
  const model = options.model ?? options.azure?.deployment;
  if (model === undefined) {
    throw new Nl2sqlError('INVALID_OPTIONS', 'createOpenAiModel needs the name of a model.');
  }
  const clients = createClients(options, { factory: 'createOpenAiModel', subject: SUBJECT, largestBody: LARGEST_BODY });
  const abilities = createAbilities();
  return {
    complete: async (request, { signal } = {}) => {
      let secret: string | undefined;
      try {
        const lent = await clients.lend();
        secret = lent.secret;
        return withoutSecret(await completeWithout(lent.client, model, request, abilities, signal), lent.secret);
      } catch (thrown) {
        throw describeFault(thrown, secret, SUBJECT);
      }
    },
  };
}

/** In characters. What is shorter is no key but a word such as `none`, which a reply may well hold. */
const SHORTEST_SECRET = 12;

/** A reply that repeats the key, as proxies that are being debugged do, would carry it to whoever asked. */
function withoutSecret(completion: Completion, secret: string): Completion {
  if (secret.length < SHORTEST_SECRET) return completion;
  const { text, refusal } = completion;
  return {
    ...completion,
    text: text.replaceAll(secret, '[redacted]'),
    ...(refusal === undefined ? {} : { refusal: refusal.replaceAll(secret, '[redacted]') }),
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
