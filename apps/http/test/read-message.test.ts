import { request } from 'node:http';
import { inspect } from 'node:util';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpEnvironment } from '../src/app.ts';
import { type Listening, listen } from '../src/listen.ts';
import { MAX_BODY_BYTES, type ReadMessage, readMessage } from '../src/read-message.ts';

describe('the message of a request', () => {
  let listening: Listening;
  let read: ReadMessage;
  let inspected = '';
  beforeAll(async () => {
    const app = new Hono<HttpEnvironment>();
    app.post('/', async (context) => {
      read = await readMessage(context.req.raw);
      inspected = inspect(context.req.raw);
      return read.kind === 'refused' ? read.response : context.body(null, 204);
    });
    listening = await listen(app, '127.0.0.1', 0);
  });
  afterAll(() => {
    listening.server.closeAllConnections();
    listening.server.close();
  });

  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request(listening.url, {
        agent: false,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      });
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      // A refused body may be cut off: what counts is the answer.
      sent.write(body);
      sent.end();
    });
  const stated = (body: string) => ({ 'content-length': String(Buffer.byteLength(body)) });
  const CALL = JSON.stringify({ jsonrpc: '2.0', id: 'é', method: 'ping', params: { text: '日本語 🐘' } });

  it('is read from the socket when its length is stated, without a Request of the platform that outlives it', async () => {
    expect((await post(CALL, stated(CALL))).status).toBe(204);
    expect(read).toEqual({ kind: 'message', body: JSON.parse(CALL), method: 'ping', id: 'é' });
    expect(inspected).toContain('nativeRequest: undefined');
  });

  it('is read in chunks too', async () => {
    expect((await post(CALL, { 'transfer-encoding': 'chunked' })).status).toBe(204);
    expect(read).toMatchObject({ kind: 'message', body: JSON.parse(CALL) });
  });

  it.each([
    ['stated', stated],
    ['found while reading', () => ({ 'transfer-encoding': 'chunked' })],
  ])('is refused when it is longer than may be, %s', async (_how, headers) => {
    const body = JSON.stringify('x'.repeat(MAX_BODY_BYTES));
    const { status, text } = await post(body, headers(body));
    expect([status, JSON.parse(text).error.message]).toEqual([
      413,
      `Payload Too Large: Request body must not exceed ${MAX_BODY_BYTES} bytes`,
    ]);
  });

  it.each([
    ['', -32_700],
    ['{"jsonrpc":', -32_700],
    ['null', -32_600],
    ['[1,', -32_700],
  ])('is refused when it is %s', async (body, code) => {
    const { status, text } = await post(body, stated(body));
    expect([status, JSON.parse(text).error.code]).toEqual([400, code]);
  });
});
