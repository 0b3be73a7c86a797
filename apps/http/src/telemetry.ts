import { setTimeout as sleep } from 'node:timers/promises';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { VERSION } from '@pgmcp/server';
import { exportTraces } from './export-traces.ts';

/** How long the last spans may take to leave, in milliseconds. */
const LAST_EXPORT_MS = 3_000;

/** The metrics of this process. */
export interface Telemetry {
  /** In the text format of Prometheus. */
  exposition(): Promise<string>;
  close(): Promise<void>;
}

/** Begins to collect metrics, and to send traces where a collector is named; before any instrument is made, for one that was made earlier counts for nobody. */
export async function startTelemetry(): Promise<Telemetry> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  // Without a name of its own a process is called by the path of its interpreter. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
  const resource = resourceFromAttributes({ 'service.name': 'pgmcp-http', 'service.version': VERSION }).merge(
    detectResources({ detectors: [envDetector] }),
  );
  const provider = new MeterProvider({ resource, readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
  const endTraces = await exportTraces(process.env, resource);
  const serializer = new PrometheusSerializer();
  return {
    async exposition() {
      const { resourceMetrics } = await exporter.collect();
      return serializer.serialize(resourceMetrics);
    },
    async close() {
      // A collector that is down must not keep the process from ending.
      await Promise.race([
        Promise.allSettled([provider.shutdown(), endTraces?.()]),
        sleep(LAST_EXPORT_MS, undefined, { ref: false }),
      ]);
    },
  };
}
