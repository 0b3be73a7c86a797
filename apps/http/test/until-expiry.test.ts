import { createServerFactory } from '@pgmcp/server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { listen } from '../src/listen.ts';
import { untilExpiry } from '../src/until-expiry.ts';
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.ts';
import { startStack } from './http-stack.ts';

const LISTEN = {
  jsonrpc: '2.0',
  id: 1,
  method: 'subscriptions/listen',
  params: {
    notifications: { toolsListChanged: true },
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
};
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

describe('an event stream that a token of a real authorization server has opened', () => {
  let issuer: AuthorizationServer;
  let stack: Awaited<ReturnType<typeof startStack>>;
  let listening: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    issuer = await startAuthorizationServer();
    stack = await startStack(
      {
        PG_MCP_HTTP_SESSIONS: 'true',
        PG_MCP_AUTH_ISSUER: issuer.issuer,
        PG_MCP_HTTP_PUBLIC_URL: 'https://pgmcp.example.com',
      },
      (services) => createServerFactory(services, { lasts: true }),
    );
    listening = await listen(stack.stack.app, '127.0.0.1', 0);
  });
  afterAll(async () => {
    listening?.server.closeAllConnections();
    listening?.server.close();
    await stack?.close();
    await issuer?.close();
  });

  const send = (token: string, method: string, headers: Record<string, string>, body?: unknown) =>
    fetch(`${listening.url}/mcp`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('ends with it, where a client subscribes, and is opened again by a new one', async () => {
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' };
    const short = await issuer.token({ lifeSeconds: 2 });
    const response = await send(short, 'POST', headers, LISTEN);
    expect(response.status).toBe(200);
    // Read to its end, which nothing but the token brings about.
    expect(await response.text()).toContain('notifications/subscriptions/acknowledged');
    const renewed = await send(await issuer.token(), 'POST', headers, LISTEN);
    expect(renewed.status).toBe(200);
    const reader = renewed.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('acknowledged');
    await reader?.cancel();
  });

  it('ends with it, where a session is heard, and the session goes on with a new one', async () => {
    const begun = await send(await issuer.token(), 'POST', {}, INITIALIZE);
    expect(begun.status).toBe(200);
    await begun.text();
    const headers = {
      'mcp-session-id': begun.headers.get('mcp-session-id') ?? '',
      'mcp-protocol-version': '2025-11-25',
      accept: 'text/event-stream',
    };
    const heard = await send(await issuer.token({ lifeSeconds: 2 }), 'GET', headers);
    expect([heard.status, heard.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(await heard.text()).not.toContain('error');
    // A stream that the session still had would be in the way of another: 409.
    const again = await send(await issuer.token(), 'GET', headers);
    expect(again.status).toBe(200);
    await again.body?.cancel();
  });
});

describe('what ends a stream with its login', () => {
  const nowSeconds = () => Date.now() / 1_000;

  /** A stream that says one thing and stays open, and who is told that it has ended. */
  function openStream() {
    const cancelled = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
      cancel: cancelled,
    });
    return { response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }), cancelled };
  }

  function fakeTimers() {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
  }

  it('tells the writer, and leaves no timer', async () => {
    fakeTimers();
    const { response, cancelled } = openStream();
    const text = untilExpiry(response, nowSeconds() + 60).text();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(cancelled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await text).toBe('data: 1\n\n');
    expect(cancelled).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is forgotten when the client leaves', async () => {
    fakeTimers();
    const { response, cancelled } = openStream();
    await untilExpiry(response, nowSeconds() + 60).body?.cancel();
    expect(cancelled).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is forgotten when the stream ends by itself, or fails', async () => {
    fakeTimers();
    const ended = new Response('data: 1\n\n', { headers: { 'content-type': 'text/event-stream' } });
    expect(await untilExpiry(ended, nowSeconds() + 60).text()).toBe('data: 1\n\n');
    const broken = new ReadableStream({ pull: () => Promise.reject(new Error('broken')) });
    const failing = untilExpiry(
      new Response(broken, { headers: { 'content-type': 'text/event-stream' } }),
      nowSeconds() + 60,
    );
    await expect(failing.text()).rejects.toThrow('broken');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits longer than one timer can', async () => {
    fakeTimers();
    const { response, cancelled } = openStream();
    const text = untilExpiry(response, nowSeconds() + 60 * 86_400).text();
    await vi.advanceTimersByTimeAsync(59 * 86_400_000);
    expect(cancelled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(await text).toBe('data: 1\n\n');
  });

  it('touches nothing where nobody logs in, and no answer that is no stream', () => {
    const { response } = openStream();
    expect(untilExpiry(response, undefined)).toBe(response);
    const answer = Response.json({});
    expect(untilExpiry(answer, nowSeconds() + 60)).toBe(answer);
  });
});
