import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { ConfigurationError, loadConfiguration } from '../src/index.ts';
import { startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

afterEach(() => vi.unstubAllEnvs());

/** The endpoint that Azure gives to processes with a managed identity. */
async function startIdentityEndpoint() {
  const asked: { url: string; secret: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', secret: String(request.headers['x-identity-header']) });
    const expires = Math.floor(Date.now() / 1_000) + 3_600;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token: 'entra-token-1', expires_on: String(expires), token_type: 'Bearer' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`);
  vi.stubEnv('IDENTITY_HEADER', 'identity-secret');
  return asked;
}

const azure = (endpoint: string) => ({
  PG_MCP_OPENAI_AZURE_ENDPOINT: endpoint,
  PG_MCP_OPENAI_AZURE_DEPLOYMENT: 'sql-writer',
  PG_MCP_OPENAI_AZURE_API_VERSION: '2024-10-21',
  PG_MCP_OPENAI_AZURE_CREDENTIAL: 'entra',
});

it('a deployment of Azure OpenAI is asked as the identity of the process, without a key', async () => {
  const asked = await startIdentityEndpoint();
  const model = await startScriptedModel();
  onTestFinished(() => model.close());
  model.reply(JSON.stringify({ status: 'answer', sql: 'SELECT count(*) FROM retail.stores' }));
  const endpoint = model.baseUrl.replace(/\/v1$/, '');
  const { client, log } = await startInProcess({ PG_MCP_DATABASE_URL: database.url, ...azure(endpoint) });
  expect(await succeed(client, 'query', { question: 'How many stores?' })).toMatchObject({ rows: [[12]] });
  expect(asked[0]).toMatchObject({
    url: expect.stringContaining('cognitiveservices.azure.com'),
    secret: 'identity-secret',
  });
  expect(model.requests[0]?.headers['authorization']).toBe('Bearer entra-token-1');
  expect(model.requests[0]?.headers['api-key']).toBeFalsy();
  expect(model.requests[0]?.path).toContain('/openai/deployments/sql-writer/');
  expect(JSON.stringify(log)).not.toContain('entra-token-1');
});

it.each([
  ['a key besides', { ...azure('https://x.openai.azure.com'), PG_MCP_OPENAI_API_KEY: 'k' }, /no key is used/],
  ['no resource', { PG_MCP_OPENAI_AZURE_CREDENTIAL: 'entra' }, /set its endpoint, deployment and API version/],
])('entra is refused with %s', (_, environment, message) => {
  const load = () => loadConfiguration({ environment: { DATABASE_URL: database.url, ...environment } });
  expect(load).toThrow(ConfigurationError);
  expect(load).toThrow(message);
});
