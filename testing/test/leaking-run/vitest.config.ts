import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['@pgmcp/source', 'module', 'node', 'development|production'] };

/** A run of its own, whose test files do what test files must not do. */
export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  resolve,
  ssr: { resolve },
  test: {
    include: ['testing/test/leaking-run/*.leak.ts'],
    globalSetup: ['./testing/src/vitest/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
