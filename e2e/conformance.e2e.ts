import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from './running-server.ts';

const database = useDatabase();

const conformance = (() => {
  const manifest = createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json');
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: Record<string, string> };
  return join(dirname(manifest), bin['conformance'] ?? '');
})();

/**
 * Every scenario that a revision requires runs against the real server. Most call tools of a fixture server by name
 * (`test_simple_text`); those are listed in `conformance/*.yaml` as expected to fail, and one that passes although it is listed
 * fails the run too.
 */
describe.each(['2025-11-25', '2026-07-28'])('the official conformance suite, revision %s', (revision) => {
  let server: HttpServer;
  let results: string;
  beforeAll(async () => {
    server = await startHttpServer({ DATABASE_URL: database.url });
    results = mkdtempSync(join(tmpdir(), 'pgmcp-conformance-'));
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(results, { recursive: true });
  });

  it('finds nothing wrong beyond the fixtures that a real server lacks', () => {
    const baseline = fileURLToPath(new URL(`./conformance/expected-failures-${revision}.yaml`, import.meta.url));
    const url = server.url.replace('127.0.0.1', 'localhost');
    const done = spawnSync(
      process.execPath,
      [conformance, 'server', '--url', url, '--requirements', revision, '--expected-failures', baseline, '-o', results],
      { encoding: 'utf8', timeout: 240_000, cwd: results },
    );
    expect(done.status, `${done.stdout.slice(-12000)}\n${done.stderr.slice(-2000)}`).toBe(0);
  }, 250_000);
});
