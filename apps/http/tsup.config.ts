import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts'],
  publicDir: 'public',
  // An optional dependency: only those that are not are left outside by themselves.
  external: ['@opentelemetry/exporter-trace-otlp-grpc'],
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  clean: true,
  sourcemap: true,
});
