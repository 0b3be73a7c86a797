import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HTTP_PROGRAM, serverEnvironment } from './running-server.ts';

describe('pgmcp-http without the optional package of what is configured', () => {
  let folder = '';
  beforeAll(() => {
    // Away from the workspace, whose packages it would find.
    folder = mkdtempSync(join(tmpdir(), 'pgmcp-alone-'));
    const installed = dirname(dirname(HTTP_PROGRAM));
    cpSync(join(installed, 'dist'), join(folder, 'dist'), { recursive: true });
    cpSync(join(installed, 'package.json'), join(folder, 'package.json'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['records in a folder', '@electric-sql/pglite', () => ({ PG_MCP_STORE_DIRECTORY: join(folder, 'records') })],
    [
      'limits in Redis',
      'ioredis',
      () => ({
        PG_MCP_RATE_LIMIT_ENABLED: 'true',
        PG_MCP_RATE_LIMIT_BACKEND: 'redis',
        PG_MCP_RATE_LIMIT_REDIS_URL: 'redis://127.0.0.1:1',
      }),
    ],
  ])('does not start, and says what to install: %s', (_, name, settings) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'dist', 'main.js'), '--port', '0', '--admin-port', '0'],
      {
        env: serverEnvironment({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', ...settings() }),
        encoding: 'utf8',
        timeout: 60_000,
      },
    );
    expect(stderr).toContain(`npm install ${name}`);
    expect(stderr).not.toContain('"listening"');
    expect([status, stdout]).toEqual([2, '']);
  });
});
