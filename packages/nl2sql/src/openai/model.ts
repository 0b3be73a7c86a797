import type { LanguageModel } from '../ports.ts';

/** Options of {@link createOpenAiModel}. */
export interface OpenAiModelOptions {
  /** Key of the endpoint, or a function that is asked for it before each call. With `azure`: the resource's key. */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Name of the model; with `azure` the default is the deployment. */
  readonly model?: string | undefined;
  /** Any endpoint that speaks the chat-completions protocol. Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string | undefined;
  /** Time limit of one call in milliseconds. Default 30000. */
  readonly timeoutMs?: number | undefined;
  /** Further calls after 408, 409, 429, 5xx and lost connections, with back-off and jitter. Default 3. */
  readonly maxRetries?: number | undefined;
  /** Azure OpenAI: by `apiKey`, or by a token provider for Entra identities. */
  readonly azure?:
    | {
        readonly endpoint: string;
        readonly deployment: string;
        readonly apiVersion: string;
        readonly tokenProvider?: (() => Promise<string>) | undefined;
      }
    | undefined;
}

/** A {@link LanguageModel} on the `openai` SDK. */
export declare function createOpenAiModel(options: OpenAiModelOptions): LanguageModel;
