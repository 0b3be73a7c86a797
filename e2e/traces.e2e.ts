import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { connectMcpClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';
import { startHttpServer } from './running-server.ts';

const database = useDatabase();

const LITERAL = 'a literal that is nobody else-s business';

/** Starts a server whose traces go where `settings` say, lets it work, and ends it. */
async function workAndEnd(settings: Readonly<Record<string, string>>): Promise<string> {
  const server = await startHttpServer({ DATABASE_URL: database.url, ...settings });
  const client = await connectMcpClient({ era: 'modern', url: server.url });
  await client.callTool('execute_query', { sql: `SELECT '${LITERAL}' AS n` });
  const exposed = await (await fetch(new URL('/metrics', server.adminUrl))).text();
  await client.close();
  await server.stop();
  return exposed;
}

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
  const exposed = await workAndEnd({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
  expect(received.map(({ path }) => path)).toContain('/v1/traces');
  expect(received[0]?.body).toContain('"service.name","value":{"stringValue":"pgmcp-http"}');
  expect(exposed).toContain('service_name="pgmcp-http"');
  expect(exposed).not.toContain('unknown_service');
  const spans = received
    .flatMap(({ body }) => JSON.parse(body).resourceSpans ?? [])
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans: own }) => own);
  const call = spans.find(({ name }) => name === 'tools/call execute_query');
  expect(call, spans.map(({ name }) => name).join()).toBeDefined();
  expect(spans.some(({ parentSpanId }) => parentSpanId === call.spanId)).toBe(true);
  expect(JSON.stringify(received)).not.toContain('nobody else');
});

/** A collector that speaks gRPC and keeps the bytes that it was sent. */
async function startGrpcCollector() {
  const received: Buffer[] = [];
  const server = new Server();
  const asBytes = (bytes: Buffer) => bytes;
  server.addService(
    {
      export: {
        path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
        requestStream: false,
        responseStream: false,
        requestSerialize: asBytes,
        requestDeserialize: asBytes,
        responseSerialize: asBytes,
        responseDeserialize: asBytes,
      },
    },
    {
      export: (call: { request: Buffer }, answer: (error: null, bytes: Buffer) => void) => {
        received.push(call.request);
        answer(null, Buffer.alloc(0));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, received, close: () => server.forceShutdown() };
}

it('sends them by gRPC where the environment says so, as Azure Container Apps does, under the name that it is given', async () => {
  const collector = await startGrpcCollector();
  await workAndEnd({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_SERVICE_NAME: 'orders-for-assistants',
  });
  collector.close();
  const bytes = Buffer.concat(collector.received).toString('latin1');
  expect(bytes).toContain('tools/call execute_query');
  expect(bytes).toContain('orders-for-assistants');
  expect(bytes).not.toContain('nobody else');
});

it('does not start with a protocol that it cannot speak, and says which it can', async () => {
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_PROTOCOL: 'thrift' };
  await expect(startHttpServer({ DATABASE_URL: database.url, ...settings })).rejects.toThrow(
    /"thrift": it must be grpc, http\/protobuf or http\/json/,
  );
});
