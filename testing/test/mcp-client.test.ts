import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectMcpClient, type McpClientOptions, type McpTestClient } from '../src/index.ts';
import { createSmallServer, waits } from './programs/small-mcp-server.ts';

// Programs are started here, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const patience = { timeout: 20_000 };

const program = fileURLToPath(new URL('./programs/small-stdio-server.ts', import.meta.url));
const overStdio = (...flags: string[]) => ({ command: process.execPath, args: [program, ...flags] });

const seen = { started: 0, cancelled: 0 };
waits.on('started', () => (seen.started += 1));
waits.on('cancelled', () => (seen.cancelled += 1));

const seenHeaders: Record<string, unknown>[] = [];
const handler = createMcpHandler(createSmallServer);
const serve = toNodeHandler(handler);
const http = createServer((request, response) => {
  seenHeaders.push(request.headers);
  // Incoming requests always have both; their declared type leaves it open.
  void serve(Object.assign(request, { method: request.method ?? '', url: request.url ?? '' }), response);
});
let url = '';
beforeAll(async () => {
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/mcp`;
});
afterAll(async () => {
  await handler.close();
  http.closeAllConnections();
  http.close();
});

const revisions = { modern: '2026-07-28', legacy: '2025-11-25' };

describe.each(['modern', 'legacy'] as const)('a client of the %s era', (era) => {
  describe.each(['stdio', 'http'] as const)('over %s', (transport) => {
    let client: McpTestClient;
    beforeAll(async () => {
      const options: McpClientOptions =
        transport === 'stdio' ? { era, ...overStdio() } : { era, url, headers: { 'x-test': 'yes' } };
      client = await connectMcpClient(options);
    });
    afterAll(async () => {
      await client.close();
    });

    test('negotiates its revision and learns who the server is', () => {
      expect(client.era).toBe(era);
      expect(client.protocolVersion).toBe(revisions[era]);
      expect(client.serverInfo).toMatchObject({ name: 'small', version: '1.2.3' });
      expect(client.instructions).toBe('Only for tests.');
      expect(Object.keys(client.capabilities)).toEqual(expect.arrayContaining(['tools', 'resources', 'prompts']));
    });

    test('lists tools and calls them', async () => {
      const tools = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(['echo', 'fail', 'environment', 'wait']);
      expect(tools[0]).toMatchObject({ annotations: { readOnlyHint: true }, inputSchema: { required: ['text'] } });
      const result = await client.callTool<{ text: string }>('echo', { text: 'größer' });
      expect(result).toMatchObject({ isError: false, text: 'größer' });
      expect(result.structuredContent.text).toBe('größer');
      expect(await client.callTool('fail')).toMatchObject({ isError: true, text: 'first line\nsecond line' });
    });

    test('rejects with the code of a protocol error', async () => {
      await expect(client.callTool('no_such_tool')).rejects.toMatchObject({ code: -32602 });
    });

    test('reports progress', async () => {
      const reports: unknown[] = [];
      const result = await client.callTool('wait', {}, { onProgress: (progress) => reports.push(progress) });
      expect(result.text).toBe('done');
      expect(reports).toEqual([1, 2, 3].map((step) => ({ progress: step, total: 10, message: `step ${step}` })));
    });

    test('reads resources and completes the variables of templates', async () => {
      expect((await client.listResources()).map(({ uri }) => uri)).toEqual(['note://first']);
      expect((await client.listResourceTemplates()).map(({ uriTemplate }) => uriTemplate)).toEqual([
        'note://named/{name}',
      ]);
      expect((await client.readResource('note://first')).contents[0]).toMatchObject({ text: 'a note' });
      expect((await client.readResource('note://named/anna')).contents[0]?.text).toBe('for anna');
      const reference = { type: 'ref/resource', uri: 'note://named/{name}' } as const;
      expect(await client.complete(reference, { name: 'name', value: 'an' })).toEqual(['anna', 'anton']);
      expect((await client.listPrompts()).map(({ name }) => name)).toEqual(['greet']);
    });

    test('sends any request and shows the result as it came', async () => {
      const result = await client.request('tools/list');
      expect(result['tools']).toHaveLength(4);
      const error: unknown = await client.request('no/such/method').catch((caught: unknown) => caught);
      // The modern revision answers over HTTP with status 404, and its client reports that.
      if (era === 'modern' && transport === 'http') expect(error).toMatchObject({ status: 404 });
      else expect(error).toMatchObject({ code: -32601 });
    });

    // The last one: it may have to close the client.
    test('cancels a call on the server', async () => {
      Object.assign(seen, { started: 0, cancelled: 0 });
      const count = (event: 'started' | 'cancelled') =>
        transport === 'http' ? seen[event] : client.stderr().split(`wait was ${event}`).length - 1;
      const controller = new AbortController();
      const earlier = count('started');
      const call = client.callTool('wait', {}, { signal: controller.signal });
      call.catch(() => {});
      await expect.poll(() => count('started'), patience).toBe(earlier + 1);
      controller.abort();
      await expect(call).rejects.toThrow();
      // A 2025-era client over HTTP keeps its request open and sends a notification, which a server without sessions cannot
      // connect with the call. Only the end of the connection reaches it.
      if (era === 'legacy' && transport === 'http') await client.close();
      await expect.poll(() => count('cancelled'), patience).toBe(1);
    });
  });

  test('starts the program with the given environment and directory only', async () => {
    process.env['PGMCP_TEST_SECRET'] = 'leaks';
    const client = await connectMcpClient({ era, ...overStdio(), env: { ONLY_THIS: 'x' }, cwd: tmpdir() });
    const environment = JSON.parse((await client.callTool('environment')).text);
    expect(environment.ONLY_THIS).toBe('x');
    expect(environment.PGMCP_TEST_SECRET).toBeUndefined();
    expect(environment.cwd).toBe(tmpdir());
    await client.close();
    delete process.env['PGMCP_TEST_SECRET'];
  });

  test('keeps what the server wrote to standard error, and knows its process', async () => {
    const client = await connectMcpClient({ era, ...overStdio() });
    expect(client.stderr()).toBe('small server is here\n');
    expect(client.pid).toBeGreaterThan(1);
    await client.close();
    expect(await client.process?.exited).toEqual({ exitCode: 0, signal: null });
    expect(() => process.kill(client.pid ?? 0, 0)).toThrow('ESRCH');
  });

  test('a call ends when its time is over, and when the server dies', async () => {
    const client = await connectMcpClient({ era, ...overStdio() });
    await expect(client.callTool('wait', {}, { timeoutMs: 20 })).rejects.toThrow(/timed out/i);
    const call = client.callTool('wait');
    client.process?.kill('SIGKILL');
    await expect(call).rejects.toThrow(/closed/i);
    await client.close();
    expect(await client.process?.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  test('says why a server did not come up', async () => {
    await expect(connectMcpClient({ era, ...overStdio('--fail') })).rejects.toThrow(
      /exit code 1[\s\S]*no configuration/,
    );
    await expect(connectMcpClient({ era, command: '/no/such/program' })).rejects.toThrow('ENOENT');
    await expect(connectMcpClient({ era, url: 'http://127.0.0.1:1/mcp' })).rejects.toThrow(/No MCP connection/);
  });

  test('close complains about output that is no protocol', async () => {
    const client = await connectMcpClient({ era, ...overStdio('--chatty') });
    await expect(client.close()).rejects.toThrow('Listening now!');
  });
});

test('headers go with every request over HTTP', () => {
  expect(seenHeaders.length).toBeGreaterThan(10);
  expect(seenHeaders.every((headers) => headers['x-test'] === 'yes')).toBe(true);
});

test('close complains about a server that does not end by itself, and kills it', async () => {
  const client = await connectMcpClient({ era: 'modern', ...overStdio('--immortal'), endTimeoutMs: 200 });
  await expect(client.close()).rejects.toThrow(/did not end within/);
  expect(await client.process?.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
});
