import { createServer } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cannotListen } from '../src/cannot-listen.ts';
import { listen } from '../src/listen.ts';
import { startStack } from './http-stack.ts';

async function failureOf(host: string, port: number): Promise<unknown> {
  const opened = await listen(new Hono(), host, port).then(
    () => 'it listens',
    (error: unknown) => cannotListen(error, host, port, 'PG_MCP_HTTP_PORT'),
  );
  return opened;
}

describe('an address that cannot be had', () => {
  it('is told with the setting that chooses another', async () => {
    const taken = createServer();
    onTestFinished(() => new Promise((resolve) => taken.close(() => resolve())));
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    );
    expect(await failureOf('127.0.0.1', port)).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: `Cannot listen on 127.0.0.1:${port} (EADDRINUSE). Another program listens there: end it, or choose another port (PG_MCP_HTTP_PORT).`,
    });
    // An address of the documentation (RFC 5737), which no machine has.
    expect(await failureOf('192.0.2.1', port)).toMatchObject({
      message: expect.stringContaining('No interface of this machine has that address'),
    });
  });

  it('is any other fault as it was', () => {
    const fault = new Error('EMFILE');
    expect(cannotListen(fault, '127.0.0.1', 1, 'x')).toBe(fault);
  });
});

describe('an address that is opened in a browser', () => {
  it('tells where things are', async () => {
    const { stack, services } = await startStack({});
    onTestFinished(async () => {
      await stack.close();
      await services.close();
    });
    const answer = await stack.app.fetch(new Request('http://127.0.0.1/console', { headers: { host: '127.0.0.1' } }));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('MCP clients connect to /mcp');
  });
});
