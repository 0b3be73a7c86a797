import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'eval/index': 'src/eval/index.ts', 'openai/index': 'src/openai/index.ts' },
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  dts: true,
  clean: true,
  sourcemap: true,
});
