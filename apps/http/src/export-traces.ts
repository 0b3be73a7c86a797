import { trace } from '@opentelemetry/api';

/**
 * Sends spans by OTLP over HTTP when the standard variables name a collector; the exporter reads the rest of them itself. The packages are
 * loaded only then.
 *
 * @returns sends what waits, and ends; `undefined` without a collector
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function exportTraces(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<(() => Promise<void>) | undefined> {
  const endpoint = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (endpoint === undefined || endpoint === '' || environment['OTEL_SDK_DISABLED'] === 'true') return undefined;
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const provider = new TracerProvider({
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}
