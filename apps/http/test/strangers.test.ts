import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../src/listen.ts';
import { startStack } from './http-stack.ts';

const secret = 'a secret between proxy and server, long enough';
const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', params: {} });

/** Writes bytes to a socket, and reads until the server closes it or `enough` answers have come. */
function exchange(port: number, bytes: string, enough = 1): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.split('HTTP/1.1 ').length > enough && text.includes('\r\n\r\n')) socket.end();
    });
    socket.on('close', () => resolve(text)).on('error', reject);
    socket.write(bytes);
  });
}
const statusesOf = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

describe('a stranger at the socket', () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let listening: Listening;
  let port: number;
  beforeAll(async () => {
    stack = await startStack({
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '127.0.0.0/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
    });
    listening = await listen(stack.stack.app, '127.0.0.1', 0);
    port = Number(new URL(listening.url).port);
  });
  afterAll(async () => {
    listening?.server.closeAllConnections();
    listening?.server.close();
    await stack?.close();
  });

  const post = (headers: string, body = PING) =>
    `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const proven = `x-pgmcp-proxy-secret: ${secret}\r\n`;
  const alice = `${proven}x-rls-user-id: alice\r\n`;

  it('does not end the server when connections can no longer be accepted', async () => {
    for (let time = 0; time < 2; time += 1) listening.server.emit('error', new Error('accept EMFILE'));
    expect(statusesOf(await exchange(port, post(alice)))).toEqual([200]);
  });

  it('is served as who the proxy says', async () => {
    expect(statusesOf(await exchange(port, post(alice)))).toEqual([200]);
  });

  it.each([
    ['two lengths', post(`${alice}Content-Length: 5\r\n`), 400],
    ['a length and chunks', post(`${alice}Transfer-Encoding: chunked\r\n`), 400],
    ['chunks that are not the last coding', post(`${alice}Transfer-Encoding: chunked, identity\r\n`), 400],
    ['a folded header', post(`${alice}X-A: b\r\n c\r\n`), 400],
    ['lines that end in a line feed alone', 'GET /health HTTP/1.1\nHost: localhost\n\n', 400],
    ['a zero byte in the path', 'GET /health\0 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['headers beyond 16 KiB', post(`${alice}X-Big: ${'a'.repeat(20_000)}\r\n`), 431],
    ['thousands of headers', post(`${alice}${'x: y\r\n'.repeat(5_000)}`), 431],
    ['two Hosts, the good one first', post(`${alice}Host: evil.example.com\r\n`), 403],
    ['two Hosts, the good one last', 'GET /health HTTP/1.1\r\nHost: evil.example.com\r\nHost: localhost\r\n\r\n', 403],
    ['a Host that hides another', 'GET /health HTTP/1.1\r\nHost: localhost@evil.example.com\r\n\r\n', 400],
    ['no Host, by the HTTP of 1996', 'GET /health HTTP/1.0\r\n\r\n', 403],
    [
      'an address of another machine',
      'GET http://evil.example.com/health HTTP/1.1\r\nHost: evil.example.com\r\n\r\n',
      403,
    ],
    ['two Origins', post(`${alice}Origin: http://localhost\r\nOrigin: http://evil.example.com\r\n`), 403],
    ['an Origin that hides another', post(`${alice}Origin: http://localhost@evil.example.com\r\n`), 403],
    ['an Origin below a good name', post(`${alice}Origin: http://localhost.evil.example.com\r\n`), 403],
    ['an Origin of an extension', post(`${alice}Origin: chrome-extension://abc\r\n`), 403],
    ['two content types', post(`${alice}Content-Type: text/plain\r\n`), 415],
    ['two tokens', post('Authorization: Bearer a\r\nAuthorization: Bearer b\r\n'), 401],
    ['a token beside an identity', post(`${alice}Authorization: Bearer a\r\n`), 401],
    ['two users', post(`${alice}x-rls-user-id: bob\r\n`), 403],
    ['two tenants', post(`${alice}x-rls-tenant-id: acme\r\nX-RLS-Tenant-ID: globex\r\n`), 403],
    ['two secrets', post(`${alice}x-pgmcp-proxy-secret: ${secret}\r\n`), 401],
    ['a user in a header with underscores', post(`${proven}x_rls_user_id: alice\r\n`), 403],
    ['a role with a tab in it', post(`${alice}x-rls-role: a\tb\r\n`), 403],
    ['TRACE', 'TRACE /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n', 401],
    [
      'an upgrade to another protocol',
      post(`${alice}Connection: Upgrade\r\nUpgrade: h2c\r\n`).replace('POST', 'GET'),
      405,
    ],
  ])('gets nowhere with %s', async (_what, bytes, status) => {
    const answer = await exchange(port, bytes);
    expect(statusesOf(answer), answer).toEqual([status]);
    expect(answer).not.toMatch(/node_modules|\bat \w|alice/);
  });

  it.each([
    ['a number', '42', -32_600],
    ['a text', '"x"', -32_600],
    ['an empty batch', '[]', -32_600],
    ['a batch of a hundred thousand', `[${'[],'.repeat(99_999)}[]]`, -32_600],
    ['brackets without end', '['.repeat(100_000), -32_700],
    ['a text with half a surrogate', '"\\ud800"', -32_600],
  ])('is told what is wrong with a body that is %s', async (_what, body, code) => {
    const answer = await exchange(port, post(alice, body));
    expect(statusesOf(answer)).toEqual([400]);
    expect(answer).toContain(`"code":${code}`);
  });

  it('is answered in order when requests come all at once on one connection', async () => {
    const answer = await exchange(port, post(alice) + post(alice) + post(''), 3);
    expect(statusesOf(answer)).toEqual([200, 200, 401]);
  });

  it('cannot hold a place with a request that never ends', async () => {
    const patient = await listen(stack.stack.app, '127.0.0.1', 0, { headersMs: 300, requestMs: 600, lookMs: 100 });
    const { port: other } = new URL(patient.url);
    const slowly = [
      'POST /mcp HTTP/1.1\r\nHost: loc',
      `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${alice}Content-Length: 100\r\n\r\n{"json`,
    ];
    for (const bytes of slowly) expect(statusesOf(await exchange(Number(other), bytes, 9))).toEqual([408]);
    expect(stack.stack.underWay.count).toBe(0);
    patient.server.close();
  });
});
