import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogger } from '../src/observe/index.ts';

function setUp(file: string) {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({ file, destination: { write: (line: string) => void lines.push(JSON.parse(line)) } });
  return { logger, lines };
}

describe('the log file', () => {
  it('gets every line that standard error gets, redacted alike, and is for this user alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pgmcp-log-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'deep', 'pgmcp.log');
    const { logger, lines } = setUp(file);
    logger.info({ password: 'canary' }, 'postgresql://user:canary@host/db');
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).not.toBe(''), { timeout: 15_000 });
    expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(lines[0])}\n`);
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform !== 'linux')('in a place where no folder can be made is refused at once', () => {
    const opens = `
      const { createLogger } = await import(${JSON.stringify(join(import.meta.dirname, '../src/observe/logger.ts'))});
      try { createLogger({ file: '/proc/nowhere/pgmcp.log' }); } catch (error) { console.log(error.code); }
    `;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', opens], {
      encoding: 'utf8',
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    expect(ended).toMatchObject({ status: 0, stdout: 'ENOENT\n' });
  });

  it.skipIf(process.platform !== 'linux')(
    'that cannot be written does not fill the memory with what it should hold',
    () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      collect();
      const before = process.memoryUsage().heapUsed;
      const logger = createLogger({ file: '/dev/full', destination: { write: () => undefined } });
      for (let index = 0; index < 4_000; index += 1) logger.info(`${index} ${'long '.repeat(2_000)}`);
      collect();
      logger.info('still there');
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 1_048_576);
    },
  );

  it.skipIf(process.platform !== 'linux')('that cannot be written is told once and silences nothing', async () => {
    const { logger, lines } = setUp('/dev/full');
    logger.info('first');
    logger.info('second');
    await vi.waitFor(() => expect(lines.map(({ msg }) => msg)).toContain('the log file cannot be written'), {
      timeout: 15_000,
    });
    logger.info('third');
    const messages = lines.map(({ msg }) => msg);
    expect(messages).toEqual(expect.arrayContaining(['first', 'second', 'third']));
    expect(messages.filter((message) => message === 'the log file cannot be written')).toHaveLength(1);
    expect(lines.find(({ msg }) => msg === 'the log file cannot be written')).toMatchObject({
      reason: expect.stringContaining('ENOSPC'),
    });
  });
});
