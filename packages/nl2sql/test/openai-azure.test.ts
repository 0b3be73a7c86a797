import { useScriptedModel } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { createOpenAiModel } from '../src/openai/index.ts';

const server = useScriptedModel();

const request = { messages: [{ role: 'user', content: 'One?' }] } as const;

describe('Azure OpenAI', () => {
  const azure = () => ({ endpoint: `${server.azureEndpoint}/`, deployment: 'gpt-x', apiVersion: '2024-10-21' });

  it('is called at its deployment with the key of the resource', async () => {
    server.reply('ok');
    await createOpenAiModel({ apiKey: 'azure-key-123456', azure: azure() }).complete(request);
    expect(server.requests).toMatchObject([
      {
        path: '/openai/deployments/gpt-x/chat/completions',
        query: { 'api-version': '2024-10-21' },
        headers: { 'api-key': 'azure-key-123456' },
      },
    ]);
  });

  it('is called with a fresh token of an Entra identity', async () => {
    let count = 0;
    server.replyAlways('ok');
    const model = createOpenAiModel({ azure: { ...azure(), tokenProvider: async () => `token-${++count}` } });
    await model.complete(request);
    await model.complete(request);
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });
});
