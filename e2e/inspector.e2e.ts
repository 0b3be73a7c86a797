import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, STDIO_PROGRAM, serverEnvironment, startHttpServer } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

/** The program of the MCP Inspector's command line. */
const inspector = (() => {
  const manifest = createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json');
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: Record<string, string> };
  return join(dirname(manifest), bin['mcp-inspector'] ?? '');
})();

function inspect(target: readonly string[], args: readonly string[]) {
  const done = spawnSync(process.execPath, [inspector, '--cli', ...target, ...args, '--format', 'json'], {
    env: serverEnvironment({}),
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

describe.each(['modern', 'legacy'] as const)('the Inspector as a %s client', (era) => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer({ DATABASE_URL: database.url, PG_MCP_DATABASE_NAME: 'retail' });
  });
  afterAll(() => server?.stop());

  const targets = {
    // The Inspector hands none of its own environment to a server.
    stdio: () => [
      ...Object.entries({ DATABASE_URL: database.url, PG_MCP_DATABASE_NAME: 'retail' }).flatMap(([key, value]) => [
        '-e',
        `${key}=${value}`,
      ]),
      process.execPath,
      STDIO_PROGRAM,
    ],
    http: () => [server.url, '--transport', 'http'],
  };

  it.each(['stdio', 'http'] as const)('finds no portability error over %s', (transport) => {
    const { code, stdout, stderr } = inspect(targets[transport](), [
      '--protocol-era',
      era,
      '--method',
      'tools/list',
      '--strict',
    ]);
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    expect(stdout).toContain('execute_query');
  });

  const queryArguments = (sql: string) => [
    ...['--protocol-era', era, '--method', 'tools/call', '--tool-name', 'execute_query'],
    ...['--tool-args-json', JSON.stringify({ sql })],
  ];

  it.each(['stdio', 'http'] as const)('calls a tool and reads a resource over %s', (transport) => {
    const call = inspect(targets[transport](), queryArguments('SELECT count(*) AS stores FROM retail.stores'));
    expect(call.code, call.stderr).toBe(0);
    expect(call.stdout).toContain('stores');
    const read = inspect(targets[transport](), [
      '--protocol-era',
      era,
      '--method',
      'resources/read',
      '--uri',
      'schema://retail',
    ]);
    expect(read.code, read.stderr).toBe(0);
    expect(read.stdout).toContain('order_items');
  });

  it('sees a refused statement as a failed call', () => {
    const { code, stdout } = inspect(targets.stdio(), queryArguments('DELETE FROM retail.stores'));
    expect(code).toBe(5);
    expect(stdout).toContain('UNSAFE_SQL');
  });
});
