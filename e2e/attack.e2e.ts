import { execFile } from 'node:child_process';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpServer, STDIO_PROGRAM, serverEnvironment, startHttpServer } from './running-server.ts';

/** A server of its own: the attack compares what is on it before and after. */
let postgres: EmbeddedPostgres;
let server: HttpServer;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startHttpServer({ DATABASE_URL: postgres.url() });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
});

/** Not spawnSync: this process reads what the attacked server writes. */
const attack = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [STDIO_PROGRAM, 'attack', ...args],
      { env: serverEnvironment({}), maxBuffer: 2 ** 26 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

it('pgmcp attack gets nothing through the server over Streamable HTTP', { timeout: 240_000 }, async () => {
  const { code, stdout, stderr } = await attack('--scratch', postgres.url(), '--format', 'json', server.url);
  expect(stderr).not.toContain('Error');
  const report = JSON.parse(stdout) as { findings: unknown[]; statements: number; classes: Record<string, unknown> };
  expect(report.findings).toEqual([]);
  expect(report.statements).toBeGreaterThan(1_000);
  expect(Object.keys(report.classes).length).toBeGreaterThan(40);
  expect(code).toBe(0);
});

it('pgmcp attack goes to no other machine unless its owner says so', async () => {
  const { code, stderr } = await attack('https://mcp.example.com/mcp');
  expect(code).not.toBe(0);
  expect(stderr).toContain('--i-own-this-server');
});
