import type { Completion, CompletionRequest, LanguageModel } from '@pgmcp/nl2sql';
import { type Caller, callerKey } from '../call.ts';
import type { ModelConfiguration } from '../config/index.ts';
import type { Limits } from '../limits/index.ts';
import { modelEndpoint } from '../model-endpoint.ts';
import { refuseOverLimit } from '../refuse-over-limit.ts';

/** The configured model; gives each caller a port that is charged to them. */
export type MeteredModel = (caller: Caller) => LanguageModel;

/**
 * Puts the token limit in front of the model: refused when the caller's minute is used up, charged with what the provider
 * counted afterwards, or with an estimate where it counted nothing. `undefined` when no model is configured.
 */
export async function createMeteredModel(
  configuration: ModelConfiguration | undefined,
  limits: Limits,
): Promise<MeteredModel | undefined> {
  if (!configuration) return undefined;
  // Loading the SDK costs a third of a start, and most servers have no model.
  const { createOpenAiModel } = await import('@pgmcp/nl2sql/openai');
  const model = createOpenAiModel(await modelEndpoint(configuration, 'openai'));
  return (caller) => {
    const payer = callerKey(caller);
    return {
      async complete(request, options) {
        refuseOverLimit(await limits.admitModelCall(payer));
        const completion = await model.complete(request, options);
        await limits.chargeModelTokens(payer, completion.usage?.totalTokens ?? estimateTokens(request, completion));
        return completion;
      },
    };
  };
}

/** An endpoint that counts nothing must not make a budget endless: four characters are about a token. */
function estimateTokens({ messages }: CompletionRequest, { text }: Completion): number {
  const characters = messages.reduce((sum, { content }) => sum + content.length, text.length);
  return Math.ceil(characters / 4);
}
