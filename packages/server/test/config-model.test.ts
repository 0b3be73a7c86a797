import { describe, expect, it } from 'vitest';
import { load, onlyProblem, url } from './configuration-of.ts';

describe('the model', () => {
  const base = { DATABASE_URL: url };

  it('is absent when only a generic key lies in the environment', () => {
    expect(load({ ...base, OPENAI_API_KEY: 'sk-generic' }).openai).toBeUndefined();
  });

  it('takes the generic key when a model is named, and says so', () => {
    const configuration = load({ ...base, OPENAI_API_KEY: 'sk-generic', PG_MCP_OPENAI_MODEL: 'm' });
    expect(configuration.openai).toMatchObject({ model: 'm', timeoutMs: 30_000, maxRetries: 3 });
    expect(configuration.openai?.apiKey?.reveal()).toBe('sk-generic');
    expect(configuration.notices).toEqual(['The key of the model is taken from OPENAI_API_KEY.']);
  });

  it('never sends the generic key to another server', () => {
    const environment = { ...base, OPENAI_API_KEY: 'sk-generic', PG_MCP_OPENAI_MODEL: 'm' };
    const configuration = load({ ...environment, PG_MCP_OPENAI_BASE_URL: 'http://localhost:11434/v1' });
    expect(configuration.openai?.apiKey).toBeUndefined();
    expect(configuration.openai?.baseUrl).toBe('http://localhost:11434/v1');
  });

  const azure = {
    PG_MCP_OPENAI_AZURE_ENDPOINT: 'https://e.example',
    PG_MCP_OPENAI_AZURE_DEPLOYMENT: 'd',
    PG_MCP_OPENAI_AZURE_API_VERSION: '2024-10-21',
  };

  it('is an Azure deployment when all its settings are there', () => {
    const configuration = load({
      ...base,
      ...azure,
      PG_MCP_OPENAI_API_KEY: 'k',
      PG_MCP_OPENAI_TIMEOUT: '5',
    });
    expect(configuration.openai).toMatchObject({
      model: 'd',
      timeoutMs: 5000,
      azure: { endpoint: 'https://e.example', deployment: 'd', apiVersion: '2024-10-21' },
    });
  });

  it.each([
    ['a key without a model', { PG_MCP_OPENAI_API_KEY: 'k' }, /PG_MCP_OPENAI_MODEL does not say/],
    ['a base URL without a model', { PG_MCP_OPENAI_BASE_URL: 'https://x' }, /PG_MCP_OPENAI_MODEL does not say/],
    ['a model without a key', { PG_MCP_OPENAI_MODEL: 'm' }, /needs a key/],
    [
      'Azure beside another base URL',
      { PG_MCP_OPENAI_BASE_URL: 'https://x', PG_MCP_OPENAI_API_KEY: 'k', ...azure },
      /has its own endpoint/,
    ],
    ['Azure without its key', { OPENAI_API_KEY: 'sk-generic', ...azure }, /key of the Azure resource/],
    ['half of Azure', { PG_MCP_OPENAI_AZURE_ENDPOINT: 'https://x', PG_MCP_OPENAI_API_KEY: 'k' }, /set all three/],
  ])('is refused with a cure for %s', (_, environment, message) => {
    expect(onlyProblem({ ...base, ...environment }).message).toMatch(message);
  });
});
