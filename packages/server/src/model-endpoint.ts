import type { OpenAiEndpoint } from '@pgmcp/nl2sql/openai';
import { ConfigurationError, type ModelConfiguration } from './config/index.ts';

/** What the resources of Azure OpenAI ask tokens to be for. */
const SCOPE = 'https://cognitiveservices.azure.com/.default';

/**
 * A configured model as the client of its SDK wants it. Secrets are read when they are used, tokens when they run out.
 *
 * @param section - where the model is configured, for messages: `openai`
 * @throws ConfigurationError when the identity of the process is wanted and its package is not there
 */
export async function modelEndpoint(
  { apiKey, azure, baseUrl, model, timeoutMs, maxRetries }: ModelConfiguration,
  section: string,
): Promise<OpenAiEndpoint> {
  const shared = { model, timeoutMs, maxRetries, ...(baseUrl !== undefined && { baseUrl }) };
  if (azure?.credential === 'entra') {
    const { credential: _, ...resource } = azure;
    return { ...shared, azure: { ...resource, tokenProvider: await processIdentity(section) } };
  }
  const { credential: _, ...resource } = azure ?? {};
  return {
    ...shared,
    // A server of one's own may need no key; the SDK insists on one.
    apiKey: () => apiKey?.reveal() ?? 'none',
    ...(azure && { azure: resource as Omit<typeof azure, 'credential'> }),
  };
}

/** Tokens for whoever this process is at Azure. */
async function processIdentity(section: string): Promise<() => Promise<string>> {
  try {
    const { DefaultAzureCredential, getBearerTokenProvider } = await import('@azure/identity');
    return getBearerTokenProvider(new DefaultAzureCredential(), SCOPE);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message = 'entra needs the package @azure/identity: install it beside pgmcp (npm install @azure/identity).';
    throw new ConfigurationError([{ key: `${section}.azure.credential`, source: 'configuration', message }]);
  }
}
