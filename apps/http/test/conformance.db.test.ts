import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createLogger, createServices, loadConfiguration, type Services } from '@pgmcp/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeHttp } from '../src/compose.ts';
import { type Listening, listen } from '../src/listen.ts';
import { conformanceFactory } from './conformance-fixtures.ts';

const suite = (() => {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@modelcontextprotocol/conformance/package.json');
  const { bin } = require(manifest) as { bin: Record<string, string> };
  return join(dirname(manifest), bin['conformance'] ?? '');
})();

/** Scenarios of the extension for tasks, which neither revision requires and the SDK does not have. */
const EXTENSIONS = [
  'tasks-lifecycle',
  'tasks-capability-negotiation',
  'tasks-wire-fields',
  'tasks-request-state-removal',
  'tasks-mrtr-input',
  'tasks-request-headers',
  'tasks-dispatch-and-envelope',
  'tasks-required-task-error',
  'tasks-mrtr-composition',
];

/** Everything that a revision requires, on the HTTP stack of this app with the tools that the suite calls by name. */
describe.each([
  ['2025-11-25', []],
  ['2026-07-28', EXTENSIONS],
] as const)('the HTTP stack under the official conformance suite, revision %s', (revision, expectedFailures) => {
  let services: Services;
  let stack: ReturnType<typeof composeHttp>;
  let listening: Listening;
  let folder: string;
  beforeAll(async () => {
    const environment = {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      PG_MCP_HTTP_SESSIONS: 'true',
      PG_MCP_RATE_LIMIT_ENABLED: 'false',
    };
    services = await createServices(loadConfiguration({ environment }), { logger: createLogger({ level: 'silent' }) });
    stack = composeHttp(
      services,
      conformanceFactory(() => stack.bus),
    );
    listening = await listen(stack.app, '127.0.0.1', 0);
    folder = mkdtempSync(join(tmpdir(), 'pgmcp-conformance-'));
  });
  afterAll(async () => {
    listening?.server.close();
    await stack?.close();
    listening?.server.closeAllConnections();
    await services?.close();
    rmSync(folder, { recursive: true });
  });

  it('passes every required scenario', async () => {
    const baseline = join(folder, 'expected.yaml');
    writeFileSync(
      baseline,
      `server:${expectedFailures.length === 0 ? ' []' : ''}\n${expectedFailures.map((name) => `  - ${name}\n`).join('')}`,
    );
    const url = `${listening.url.replace('127.0.0.1', 'localhost')}/mcp`;
    const run = spawn(
      process.execPath,
      [
        suite,
        'server',
        '--url',
        url,
        '--requirements',
        revision,
        '--expected-failures',
        baseline,
        '-o',
        join(folder, 'results'),
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    for (const stream of [run.stdout, run.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    }
    const code = await new Promise((resolve) => run.once('close', resolve));
    expect(code, output.slice(-6_000)).toBe(0);
  }, 200_000);
});
