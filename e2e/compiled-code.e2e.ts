import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HTTP_PROGRAM, STDIO_PROGRAM, serverEnvironment } from './running-server.ts';

describe.each([
  ['pgmcp', STDIO_PROGRAM],
  ['pgmcp-http', HTTP_PROGRAM],
])('compiled code of %s', (name, program) => {
  function sayVersion(settings: Record<string, string>) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--version'], {
      env: serverEnvironment(settings),
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { status, said: stdout.split(' ')[0], stderr };
  }

  function temporary(): string {
    const folder = mkdtempSync(join(tmpdir(), 'pgmcp-compiled-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  it("is kept for the next start in the user's cache folder", () => {
    const folder = temporary();
    for (const settings of [{ XDG_CACHE_HOME: folder }, { HOME: folder }]) {
      expect(sayVersion(settings)).toEqual({ status: 0, said: name, stderr: '' });
    }
    expect(readdirSync(join(folder, 'pgmcp'))).not.toEqual([]);
    expect(readdirSync(join(folder, '.cache', 'pgmcp'))).not.toEqual([]);
  });

  it('is looked for before anything else is loaded', () => {
    const first = readFileSync(program, 'utf8');
    expect(first.length).toBeLessThan(2_000);
    expect(first.indexOf('enableCompileCache')).toBeLessThan(first.indexOf('./bundle/program.cjs'));
  });

  it('is not missed where nothing can be written', () => {
    const file = join(temporary(), 'file');
    writeFileSync(file, '');
    expect(sayVersion({ XDG_CACHE_HOME: file })).toEqual({ status: 0, said: name, stderr: '' });
  });
});
