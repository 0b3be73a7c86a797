import { cp } from 'node:fs/promises';
import { basename } from 'node:path';
import { defineConfig } from 'tsup';
import { retailFiles } from '../../fixtures/retail/index.ts';

export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  clean: true,
  sourcemap: true,
  async onSuccess() {
    // `--demo` reads these at run time; the bundled modules look for them beside themselves.
    for (const file of retailFiles) await cp(file, `dist/${basename(file.pathname)}`);
  },
});
