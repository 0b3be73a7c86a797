import { AzureOpenAI, OpenAI } from 'openai';
import { Nl2sqlError } from '../errors.ts';
import { callback, checkOptions, either, type Rule, text, wholeNumber, withMethods } from '../options.ts';
import { limitedFetch } from './limited-fetch.ts';
import type { OpenAiEndpoint } from './model-options.ts';

/** A client of the SDK and the secret it sends, which must be kept out of every message. */
export interface LentClient {
  readonly client: OpenAI;
  readonly secret: string;
}

/** Lends a client with the key of the moment. */
export interface Clients {
  lend(): Promise<LentClient>;
}

/** Who makes clients, and what they are for. */
export interface ClientPurpose {
  /** The public function whose options these are, for messages. */
  readonly factory: string;
  /** What is at the other end, as messages call it: `language model`. */
  readonly subject: string;
  /** In bytes, after decompression. */
  readonly largestBody: number;
}

/** What the options of an endpoint may be. */
export const endpointRules: Readonly<Record<string, Rule>> = {
  apiKey: either(text, callback),
  model: text,
  baseUrl: text,
  timeoutMs: wholeNumber(1, 3_600_000),
  maxRetries: wholeNumber(0, 10),
  azure: withMethods(),
};

/** Creates clients lazily; a key that changed gets a new one. @throws Nl2sqlError `INVALID_OPTIONS`. */
export function createClients(options: OpenAiEndpoint, purpose: ClientPurpose): Clients {
  const { factory } = purpose;
  const { apiKey, azure, baseUrl } = options;
  if (azure !== undefined) {
    checkOptions(`${factory}: azure`, azure, {
      endpoint: text,
      deployment: text,
      apiVersion: text,
      tokenProvider: callback,
    });
    for (const key of ['endpoint', 'deployment', 'apiVersion'] as const) {
      if (azure[key] === undefined) throw new Nl2sqlError('INVALID_OPTIONS', `${factory}: azure needs ${key}.`);
    }
    if (baseUrl !== undefined) {
      throw new Nl2sqlError('INVALID_OPTIONS', `${factory}: give baseUrl or azure, not both.`);
    }
  }
  const readSecret = azure?.tokenProvider ?? apiKey;
  if (readSecret === undefined) {
    const message = `${factory} needs apiKey (any text for an endpoint that asks for none) or azure.tokenProvider.`;
    throw new Nl2sqlError('INVALID_OPTIONS', message);
  }
  if (azure?.tokenProvider !== undefined && apiKey !== undefined) {
    throw new Nl2sqlError('INVALID_OPTIONS', `${factory}: give apiKey or azure.tokenProvider, not both.`);
  }
  checkUrl(azure?.endpoint ?? baseUrl ?? openAiUrl, factory);

  let last: LentClient | undefined;
  return {
    lend: async () => {
      const secret = typeof readSecret === 'string' ? readSecret : await askForSecret(readSecret, purpose.subject);
      if (last?.secret !== secret) last = { secret, client: createClient(options, secret, purpose.largestBody) };
      return last;
    },
  };
}

const openAiUrl = 'https://api.openai.com/v1';

function checkUrl(url: string, factory: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new Nl2sqlError('INVALID_OPTIONS', `${factory}: the endpoint must be an http or https URL.`);
  }
  // fetch refuses such an address with a message that prints it whole.
  if (parsed.username !== '' || parsed.password !== '') {
    const message = `${factory}: the URL of the endpoint must not hold a user or password. Give the key as apiKey.`;
    throw new Nl2sqlError('INVALID_OPTIONS', message);
  }
}

async function askForSecret(provide: () => string | Promise<string>, subject: string): Promise<string> {
  let secret: unknown;
  try {
    secret = await provide();
  } catch {
    // Whatever the provider threw may hold the secret or the way to it: its message is not passed on.
    throw new Nl2sqlError('MODEL_ERROR', `The key of the ${subject} could not be read: its provider threw.`, {
      retryable: true,
    });
  }
  if (typeof secret !== 'string' || secret === '') {
    throw new Nl2sqlError('MODEL_ERROR', `The key of the ${subject} could not be read: its provider gave no text.`);
  }
  return secret;
}

function createClient(
  { azure, baseUrl, timeoutMs = 30_000, maxRetries = 3 }: OpenAiEndpoint,
  secret: string,
  largestBody: number,
): OpenAI {
  // Each value is given, so that the SDK does not fall back to environment variables, and its own log stays off:
  // it would write to standard output, where a protocol may live.
  const settings = {
    timeout: timeoutMs,
    maxRetries,
    logLevel: 'off',
    organization: null,
    project: null,
    webhookSecret: null,
    adminAPIKey: null,
    fetch: limitedFetch(timeoutMs, largestBody),
  } as const;
  if (azure === undefined) return new OpenAI({ ...settings, apiKey: secret, baseURL: baseUrl ?? openAiUrl });
  const { endpoint, deployment, apiVersion, tokenProvider } = azure;
  const baseURL = `${endpoint.replace(/\/+$/, '')}/openai`;
  return tokenProvider === undefined
    ? new AzureOpenAI({ ...settings, baseURL, deployment, apiVersion, apiKey: secret })
    : new AzureOpenAI({
        ...settings,
        baseURL,
        deployment,
        apiVersion,
        apiKey: '',
        azureADTokenProvider: async () => secret,
      });
}
