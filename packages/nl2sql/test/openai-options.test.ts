import { describe, expect, it } from 'vitest';
import { Nl2sqlError } from '../src/index.ts';
import { createOpenAiModel } from '../src/openai/index.ts';

const apiKey = 'sk-test-0123456789abcdef';

describe('createOpenAiModel throws INVALID_OPTIONS for', () => {
  const azure = { endpoint: 'https://x.openai.azure.com', deployment: 'd', apiVersion: 'v' };
  it.each([
    ['an unknown option', { apiKey, model: 'm', timeout: 1 }, /"timeout". Did you mean timeoutMs\?/],
    ['no model', { apiKey }, /needs the name of a model/],
    ['no key', { model: 'm' }, /needs apiKey/],
    [
      'a base URL with a password',
      { apiKey, model: 'm', baseUrl: 'https://ann:geheim@x/v1' },
      /must not hold a user or password/,
    ],
    ['a base URL that is none', { apiKey, model: 'm', baseUrl: 'api.example.com' }, /http or https URL/],
    ['a time limit of zero', { apiKey, model: 'm', timeoutMs: 0 }, /timeoutMs must be/],
    [
      'azure without a deployment',
      { apiKey, model: 'm', azure: { ...azure, deployment: undefined } },
      /azure needs deployment/,
    ],
    ['azure and baseUrl', { apiKey, baseUrl: 'https://x/v1', azure }, /not both/],
    ['a key and a token provider', { apiKey, azure: { ...azure, tokenProvider: async () => 't' } }, /not both/],
  ])('%s', (_, options, message) => {
    expect(() => createOpenAiModel(options as never)).toThrow(message);
    expect(() => createOpenAiModel(options as never)).toThrow(Nl2sqlError);
    expect(() => createOpenAiModel(options as never)).not.toThrow(/geheim/);
  });
});
