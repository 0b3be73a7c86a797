import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts'],
  publicDir: 'public',
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  clean: true,
  sourcemap: true,
});
