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

/** Where a model is, and how patiently it is asked. */
export interface OpenAiEndpoint {
  /** Key of the endpoint, or a function that is asked for it before each call. With `azure`: the resource's key. */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Name of the model. Required, except with `azure`, where the deployment decides. */
  readonly model?: string | undefined;
  /** Any endpoint that speaks the protocol of OpenAI. Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string | undefined;
  /** Time limit of one call, its body included, in milliseconds. Default 30000. */
  readonly timeoutMs?: number | undefined;
  /**
   * Further calls after 408, 409, 429, 5xx, a lost connection and a time limit, 0 to 10. They wait 0.5 s, 1 s, 2 s ...
   * (at most 8 s, less up to a quarter at random) or as long as the endpoint asks by `Retry-After`; where it asks for more than 60 s
   * the call fails at once and says for how long. Default 3.
   */
  readonly maxRetries?: number | undefined;
  readonly azure?: AzureOpenAiSettings | undefined;
}

/** Options of {@link createOpenAiModel}. */
export type OpenAiModelOptions = OpenAiEndpoint;

/** Options of {@link createOpenAiEmbedder}. */
export interface OpenAiEmbedderOptions extends OpenAiEndpoint {
  /**
   * Length of the vectors, 1 to 16,000. It is asked for, where the endpoint takes that, and every answer is held to it. Default: as the
   * first answer has it.
   */
  readonly dimensions?: number | undefined;
  /** Texts in one call of the endpoint, 1 to 2,048. Default 128. */
  readonly batchSize?: number | undefined;
  /** Longest text that is sent, in characters. Default 24,000: what about 8,000 tokens hold in most languages. */
  readonly maxTextCharacters?: number | undefined;
  /** Vectors that are remembered by the hash of their text, the least recently used forgotten first; 0 for none. Default 1,000. */
  readonly cacheEntries?: number | undefined;
}
