import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTextFile } from '../src/config/read-text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'pgmcp-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

function pipe(name: string): string {
  const path = join(folder, name);
  execFileSync('sh', ['-c', `mkfifo '${path}'`]);
  return path;
}

describe('a text file', () => {
  it('is read', () => {
    const path = join(folder, 'plain');
    writeFileSync(path, 'a: 1');
    expect(readTextFile(path)).toEqual({ text: 'a: 1' });
    writeFileSync(path, '');
    expect(readTextFile(path)).toEqual({ text: '' });
  });

  it('begins behind the mark that some editors write, and is refused in another encoding', () => {
    const path = join(folder, 'encoded');
    writeFileSync(path, '\uFEFFsecret');
    expect(readTextFile(path)).toEqual({ text: 'secret' });
    for (const encoding of ['latin1', 'utf16le'] as const) {
      writeFileSync(path, Buffer.from('\u00ff\u00e9 a: 1', encoding));
      expect(readTextFile(path)).toEqual({ reason: 'it is not UTF-8 text' });
    }
  });

  it('may be a pipe that a slow program writes to', () => {
    const path = pipe('written');
    const writer = spawn('sh', ['-c', `exec > '${path}'; sleep 0.3; printf 'a: '; sleep 0.3; printf 1`]);
    expect(readTextFile(path)).toEqual({ text: 'a: 1' });
    writer.kill();
  });

  it('is empty when it is /dev/null, and is not waited for', () => {
    expect(readTextFile('/dev/null')).toEqual({ text: '' });
  });

  it('is given up when it is a pipe that nobody writes to', { timeout: 20_000 }, () => {
    expect(readTextFile(pipe('silent'))).toEqual({ reason: 'nothing was written to the pipe within 5 s' });
  });

  it('is refused when it is larger than 1 MiB, through a pipe too', () => {
    const path = join(folder, 'large');
    writeFileSync(path, 'a'.repeat(1_048_577));
    expect(readTextFile(path)).toEqual({ reason: 'it is larger than 1 MiB' });
    const flood = pipe('flood');
    const writer = spawn('sh', ['-c', `exec yes > '${flood}'`]);
    expect(readTextFile(flood)).toEqual({ reason: 'it is larger than 1 MiB' });
    writer.kill();
  });

  it.each([
    ['nowhere', 'there is no such file'],
    ['.', 'it is a folder'],
  ])('says why %s cannot be read', (name, reason) => {
    expect(readTextFile(join(folder, name))).toEqual({ reason });
  });
});
