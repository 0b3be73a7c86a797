import { defineConfig, type Options } from 'tsup';

/** How every library is built: ES modules with their types, for the oldest Node that is supported. */
export function buildLibrary(entry: NonNullable<Options['entry']> = ['src/index.ts']) {
  return defineConfig({
    entry,
    format: ['esm'],
    target: 'node22',
    platform: 'node',
    dts: true,
    clean: true,
    sourcemap: true,
  });
}
