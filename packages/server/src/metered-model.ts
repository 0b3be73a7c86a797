import { AsyncLocalStorage } from 'node:async_hooks';
import type { LanguageModel } from '@pgmcp/nl2sql';
import { type Caller, callerKey } from './call.ts';
import type { ModelConfiguration } from './config/index.ts';
import type { Limits } from './limits/index.ts';
import { refuseOverLimit } from './refuse-over-limit.ts';

/** The configured model, its tokens charged to whoever asked. */
export interface MeteredModel {
  /** Absent when no model is configured. */
  readonly port: LanguageModel | undefined;
  /** Runs `work`; calls of the model inside it are charged to `caller`. */
  forCaller<T>(caller: Caller, work: () => Promise<T>): Promise<T>;
}

/**
 * Puts the token limit in front of the model: refused when the caller's minute is used up, charged with what the provider
 * counted afterwards. The pipeline of a database is built once and knows no callers, so the caller travels beside it.
 */
export async function createMeteredModel(
  configuration: ModelConfiguration | undefined,
  limits: Limits,
): Promise<MeteredModel> {
  const callers = new AsyncLocalStorage<Caller>();
  const forCaller = <T>(caller: Caller, work: () => Promise<T>) => callers.run(caller, work);
  if (!configuration) return { port: undefined, forCaller };
  const { apiKey, azure, baseUrl, model: name, timeoutMs, maxRetries } = configuration;
  // Loading the SDK costs a third of a start, and most servers have no model.
  const { createOpenAiModel } = await import('@pgmcp/nl2sql/openai');
  const model = createOpenAiModel({
    // A server of one's own may need no key; the SDK insists on one.
    apiKey: () => apiKey?.reveal() ?? 'none',
    model: name,
    timeoutMs,
    maxRetries,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(azure && { azure }),
  });
  const port: LanguageModel = {
    async complete(request, options) {
      const caller = callers.getStore();
      const callerId = caller === undefined ? 'unknown' : callerKey(caller);
      refuseOverLimit(await limits.admitModelCall(callerId));
      const completion = await model.complete(request, options);
      await limits.chargeModelTokens(callerId, completion.usage?.totalTokens ?? 0);
      return completion;
    },
  };
  return { port, forCaller };
}
