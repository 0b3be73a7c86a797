import { defineConfig } from 'tsup';

const node = { target: 'node22', platform: 'node' } as const;

export default defineConfig([
  {
    ...node,
    entry: { index: 'src/index.ts', portable: 'src/portable.ts', corpus: 'src/corpus.ts' },
    format: ['esm'],
    sourcemap: true,
    dts: true,
    // The build below writes beside it at the same time.
    clean: ['!worker.cjs'],
  },
  {
    ...node,
    // One file of CommonJS: a thread that needs no loader of ES modules starts in half the time.
    entry: { worker: 'src/worker.ts' },
    format: ['cjs'],
    minifyWhitespace: true,
  },
]);
