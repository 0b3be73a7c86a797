import { defineConfig } from 'vitest/config';

// Exactly this list: adding `import` or `default` makes Vite choose an entry of `pg` whose classes are modules.
const conditions = ['@pgmcp/source', 'module', 'node', 'development|production'];
const resolve = { conditions };
const ssr = { resolve: { conditions } };

const needsNothing = [
  '{packages,apps}/*/test/**/*.test.ts',
  'testing/test/**/*.test.ts',
  'fixtures/*/test/**/*.test.ts',
  'scripts/test/**/*.test.ts',
];
const needsDatabase = ['{packages,apps}/*/test/**/*.db.test.ts', '{testing,fixtures/*}/test/**/*.db.test.ts'];
// As the programs run: V8 does not compile the guard's parser a second time (packages/server/src/cli/process-host.ts).
const execArgv = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

const globalSetup = ['./testing/src/vitest/global-setup.ts'];

// Limits against hanging, not measures of speed: other programs may keep the machine busy, and a wait ends as soon as it is met.
const PATIENCE_MS = 15_000;

// A test that asserts nothing is a mistake, such as an assertion that a loop over nothing never reaches.
const expect = { requireAssertions: true, poll: { timeout: PATIENCE_MS } };

export default defineConfig({
  test: {
    // The embedded server and the worker threads of the guard share the machine with the tests.
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.generated.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      // Only where all tests run; one file alone covers little.
      ...(process.env['CI'] ? { thresholds: { 'packages/sql-guard/src/**/*.ts': { branches: 95 } } } : {}),
    },
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          execArgv,
          include: needsNothing,
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          expect,
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'db',
          execArgv,
          include: needsDatabase,
          globalSetup,
          expect,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['{packages,apps,testing}/**/test/**/*.test-d.ts'],
            tsconfig: './tsconfig.json',
            checker: 'tsc',
          },
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup,
          expect,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
