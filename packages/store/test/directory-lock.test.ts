import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDirectory, StoreError } from '../src/index.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pgmcp-lock-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const refusal = (directory: string): StoreError => {
  try {
    lockDirectory(directory).release();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('The folder was given twice.');
};

const holdIt = `
  const { lockDirectory } = await import(${JSON.stringify(join(import.meta.dirname, '../src/index.ts'))});
  lockDirectory(process.argv[1]);
  console.log('held');
  setInterval(() => undefined, 1000);
`;

async function startHolder(directory: string) {
  const holder = spawn(process.execPath, ['--input-type=module', '-e', holdIt, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return {
    pid: holder.pid,
    kill: async () => {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    },
  };
}

describe('a locked folder', () => {
  it.skipIf(process.platform !== 'linux')('is refused at once where no folder can be made', () => {
    const tries = `
      const { createMemoryStore, lockDirectory, scheduleBackups } = await import(${JSON.stringify(join(import.meta.dirname, '../src/index.ts'))});
      try { lockDirectory('/proc/nowhere/store'); } catch (error) { console.log(error.code); }
      const onEvent = ({ type, error }) => console.log(type, error.code);
      const schedule = scheduleBackups(createMemoryStore(), { directory: '/proc/nowhere/backups', intervalMs: 60_000, keep: 1, onEvent });
      await schedule.runIfDue().catch((error) => console.log(error.code));
    `;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', tries], {
      encoding: 'utf8',
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    expect(ended).toMatchObject({ status: 0, stdout: 'ENOENT\nbackup-failed ENOENT\nENOENT\n' });
  });

  it('is refused to another process, which is told who holds it, until that one has died', async () => {
    const directory = folder();
    const holder = await startHolder(directory);
    try {
      const error = refusal(directory);
      expect(error.code).toBe('DIRECTORY_LOCKED');
      expect(error.message).toContain(`Process ${holder.pid} uses`);
    } finally {
      await holder.kill();
    }
    lockDirectory(directory).release();
  });

  it('is refused to the same process, and free again after its release', () => {
    const directory = folder();
    const lock = lockDirectory(directory);
    expect(refusal(directory).message).toContain(`Process ${process.pid} uses`);
    lock.release();
    lockDirectory(directory).release();
  });

  it('is not given away by a second release, when somebody else holds it', () => {
    const directory = folder();
    const first = lockDirectory(directory);
    first.release();
    const second = lockDirectory(directory);
    first.release();
    expect(refusal(directory).code).toBe('DIRECTORY_LOCKED');
    second.release();
  });

  it('is taken over when the id of its dead holder was given to another process', () => {
    const directory = folder();
    const stale = { pid: process.pid, host: hostname(), incarnation: 'another boot:1' };
    writeFileSync(join(directory, 'pgmcp.lock'), JSON.stringify(stale));
    if (process.platform !== 'linux') {
      expect(refusal(directory).code).toBe('DIRECTORY_LOCKED');
      return;
    }
    const lock = lockDirectory(directory);
    expect(JSON.parse(readFileSync(join(directory, 'pgmcp.lock'), 'utf8')).incarnation).not.toBe(stale.incarnation);
    lock.release();
  });

  it('stays locked when its holder is on another machine, or cannot be read', () => {
    const elsewhere = folder();
    writeFileSync(join(elsewhere, 'pgmcp.lock'), JSON.stringify({ pid: 1, host: 'another.example' }));
    expect(refusal(elsewhere).message).toContain('Process 1 on another.example');
    const unreadable = folder();
    writeFileSync(join(unreadable, 'pgmcp.lock'), '');
    expect(refusal(unreadable)).toMatchObject({ code: 'DIRECTORY_LOCKED', retryable: true });
  });

  it('of a dead holder goes to exactly one of many processes that want it', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'pgmcp.lock'), JSON.stringify({ pid: spawnSync('true').pid, host: hostname() }));
    const takeIt = `${holdIt.replace(/setInterval.*/, '')} setTimeout(() => process.exit(0), 5000);`;
    const starters = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', takeIt, directory], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const outcomes = await Promise.all(
      starters.map((starter) =>
        Promise.race([once(starter.stdout, 'data').then(() => 'held'), once(starter, 'exit').then(() => 'refused')]),
      ),
    );
    for (const starter of starters) starter.kill('SIGKILL');
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(1);
  });
});
