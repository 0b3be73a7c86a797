import { trace } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sends spans by OTLP when the standard variables name a collector: over HTTP, or over gRPC where they say so, as the collector of Azure
 * Container Apps does. The exporter reads the rest of them itself. The packages are loaded only then.
 *
 * @returns sends what waits, and ends; `undefined` without a collector
 * @throws Error for a protocol of another name
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function exportTraces(
  environment: Environment,
  resource: Resource,
): Promise<(() => Promise<void>) | undefined> {
  const endpoint = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (endpoint === undefined || endpoint === '' || environment['OTEL_SDK_DISABLED'] === 'true') return undefined;
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    loadExporter(environment),
  ]);
  const provider = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}

async function loadExporter(environment: Environment) {
  const protocol = environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || environment['OTEL_EXPORTER_OTLP_PROTOCOL'];
  switch (protocol) {
    case 'grpc':
      return import('@opentelemetry/exporter-trace-otlp-grpc').catch((cause: unknown) => {
        const message =
          'Traces by gRPC need the optional package @opentelemetry/exporter-trace-otlp-grpc, which is not installed.';
        throw new Error(message, { cause });
      });
    case undefined:
    case '':
    case 'http/protobuf':
    case 'http/json':
      return import('@opentelemetry/exporter-trace-otlp-http');
    default:
      throw new Error(
        `OTEL_EXPORTER_OTLP_PROTOCOL is ${JSON.stringify(protocol)}: it must be grpc, http/protobuf or http/json.`,
      );
  }
}
