import { createLogger, createServices, loadConfiguration } from '@pgmcp/server';
import { expect, it, onTestFinished, vi } from 'vitest';
import { composeHttp } from '../src/compose.ts';
import { startStack } from './http-stack.ts';
import { connection, mcpRequest } from './mcp-request.ts';

it.each([
  ['a program', {}],
  ['a page', { origin: 'http://localhost:5173' }],
])(
  'what nobody has foreseen is told to the log, without secrets, and to %s only that it happened',
  async (_, headers) => {
    const lines: string[] = [];
    const logger = createLogger({ destination: { write: (line: string) => void lines.push(line) } });
    const environment = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
    const services = await createServices(loadConfiguration({ environment }), { logger });
    const stack = composeHttp(services, () => {
      throw new Error('no way to postgresql://admin:hunter22@10.0.0.5/shop');
    });
    const standardError = vi.spyOn(console, 'error');
    onTestFinished(async () => {
      standardError.mockRestore();
      await stack.close();
      await services.close();
    });
    const outgoing = { once: () => undefined, setHeader: () => undefined };
    const response = await stack.app.fetch(
      mcpRequest({ jsonrpc: '2.0', id: 1, method: 'tools/list' }, headers),
      connection({ url: '/mcp', outgoing }),
    );
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: -32_603, message: expect.stringContaining('log') } });
    const told = lines.filter((line) => line.includes('no way to'));
    expect(told).toHaveLength(1);
    expect(told.join()).not.toMatch(/hunter22|10\.0\.0\.5/);
    expect(standardError).not.toHaveBeenCalled();
  },
);

it('a batch whose method is no text is refused as any other', async () => {
  const server = await startStack({});
  onTestFinished(() => server.close());
  const request = mcpRequest([{ jsonrpc: '2.0', id: 1, method: { toString: 1 } }]);
  const response = await server.stack.app.fetch(request, connection());
  expect(response.status).toBe(400);
});
