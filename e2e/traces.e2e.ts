import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectMcpClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';
import { startHttpServer } from './running-server.ts';

const database = useDatabase();

it('sends a span for the call and one for its statement to a collector, before it ends, without a literal', async () => {
  const received: { readonly path: string | undefined; readonly body: string }[] = [];
  const collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ path: request.url, body });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const server = await startHttpServer({
    DATABASE_URL: database.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  });
  const client = await connectMcpClient({ era: 'modern', url: server.url });
  await client.callTool('execute_query', { sql: "SELECT 'a literal that is nobody else-s business' AS n" });
  await client.close();
  await server.stop();
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
  expect(received.map(({ path }) => path)).toContain('/v1/traces');
  const spans = received
    .flatMap(({ body }) => JSON.parse(body).resourceSpans ?? [])
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans: own }) => own);
  const call = spans.find(({ name }) => name === 'tools/call execute_query');
  expect(call, spans.map(({ name }) => name).join()).toBeDefined();
  expect(spans.some(({ parentSpanId }) => parentSpanId === call.spanId)).toBe(true);
  expect(JSON.stringify(received)).not.toContain('nobody else');
});
