import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../keep-results.sh', import.meta.url));
let folder = '';
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
    cwd: join(folder, 'work'),
    encoding: 'utf8',
  }).trim();
const keep = (...words: string[]) => spawnSync(script, words, { cwd: join(folder, 'work'), encoding: 'utf8' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmcp-results-'));
  execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'origin.git')]);
  mkdirSync(join(folder, 'work/results'), { recursive: true });
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', join(folder, 'origin.git'));
  writeFileSync(join(folder, 'work/code.txt'), 'code');
  writeFileSync(join(folder, 'work/.gitignore'), 'results\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'code');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps results of several nights in a branch that holds nothing else, and leaves the work as it is', () => {
  for (const day of ['2026-01-01', '2026-01-02']) {
    rmSync(join(folder, 'work/results'), { recursive: true });
    mkdirSync(join(folder, 'work/results'));
    writeFileSync(join(folder, `work/results/${day}.md`), day);
    const { status, stderr } = keep('results', 'history');
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }
  git('fetch', '--quiet', 'origin', 'history');
  expect(git('ls-tree', '-r', '--name-only', 'FETCH_HEAD').split('\n')).toEqual(['2026-01-01.md', '2026-01-02.md']);
  expect(git('rev-list', '--count', 'FETCH_HEAD')).toBe('3');
  expect(git('status', '--porcelain')).toBe('');
  expect(git('branch', '--format', '%(refname:short)')).toBe('main');
  expect(git('rev-list', '--max-parents=0', 'FETCH_HEAD')).not.toBe(git('rev-parse', 'main'));
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

it('does nothing when there is nothing new, and refuses a folder without files', () => {
  writeFileSync(join(folder, 'work/results/a.md'), 'a');
  expect(keep('results', 'history').status).toBe(0);
  expect(keep('results', 'history')).toMatchObject({ status: 0, stderr: '' });
  git('fetch', '--quiet', 'origin', 'history');
  expect(git('rev-list', '--count', 'FETCH_HEAD')).toBe('2');
  expect(keep('nowhere', 'history')).toMatchObject({ status: 64, stderr: expect.stringContaining('usage') });
});
