import { request } from 'node:http';
import { connect } from 'node:net';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from './running-server.ts';

const database = useDatabase();

/** A raw request, with headers that fetch would not let through. */
function send(url: string, headers: Record<string, string>, body?: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    // A connection of its own: the server closes one whose body it refused.
    const sent = request(url, { agent: false, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const LIST_TOOLS = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

describe('pgmcp-http', () => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer({ DATABASE_URL: database.url, PG_MCP_HTTP_ALLOWED_HOSTS: 'pgmcp.example.com' });
  });
  afterAll(() => server?.stop());

  it('answers a local client', async () => {
    const { status, text } = await send(server.url, JSON_HEADERS, LIST_TOOLS);
    expect(status).toBe(200);
    expect(text).toContain('execute_query');
  });

  it.each([
    ['a foreign Host', { host: 'evil.example.com' }],
    ['a foreign Origin', { origin: 'http://evil.example.com' }],
    ['an Origin that is no address', { origin: 'null' }],
  ])('refuses %s with 403', async (_what, headers) => {
    const { status, text } = await send(server.url, { ...JSON_HEADERS, ...headers }, LIST_TOOLS);
    expect(status).toBe(403);
    expect(text).not.toContain('execute_query');
  });

  it('refuses a request that names no Host, or an empty one', async () => {
    const { hostname, port } = new URL(server.url);
    for (const host of ['', 'Host:\r\n', 'Host: \r\n']) {
      const answer = await new Promise<string>((resolve, reject) => {
        let text = '';
        const socket = connect(Number(port), hostname);
        socket.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        socket.on('end', () => resolve(text)).on('error', reject);
        socket.write(`GET /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
      });
      expect(answer).toMatch(/^HTTP\/1\.1 40[03] /);
      expect(answer).not.toContain('databases');
    }
  });

  it('serves a Host that was allowed', async () => {
    const { status } = await send(server.url, { ...JSON_HEADERS, host: 'pgmcp.example.com' }, LIST_TOOLS);
    expect(status).toBe(200);
  });

  it('refuses a body above 4 MiB before it is sent', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { ...JSON_HEADERS, 'content-length': String(5 * 1024 * 1024) };
      const announced = request(server.url, { agent: false, method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        announced.destroy();
      });
      announced.on('error', reject);
      announced.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('answers what is no JSON with an error of the protocol', async () => {
    const { status, text } = await send(server.url, JSON_HEADERS, '{"jsonrpc": ');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0', error: { code: -32700 } });
  });

  it('reports its health', async () => {
    const { status, text } = await send(new URL('/health', server.url).href, {});
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ status: 'ok', databases: [{ status: 'up' }] });
    expect(text).not.toContain(database.url);
  });

  it('will not listen where others can reach it', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
      await expect(startHttpServer({ DATABASE_URL: database.url }, ['--host', host])).rejects.toThrow(
        /Will not listen on/,
      );
    }
  });

  it('says so when the port is taken', async () => {
    const { port } = new URL(server.url);
    await expect(startHttpServer({ DATABASE_URL: database.url }, ['--port', port])).rejects.toThrow(
      /Cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)\. Another program listens there.*--port/,
    );
  });
});
