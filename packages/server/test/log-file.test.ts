import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).not.toBe(''));
    expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(lines[0])}\n`);
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform !== 'linux')('that cannot be written is told once and silences nothing', async () => {
    const { logger, lines } = setUp('/dev/full');
    logger.info('first');
    logger.info('second');
    await vi.waitFor(() => expect(lines.map(({ msg }) => msg)).toContain('the log file cannot be written'));
    logger.info('third');
    const messages = lines.map(({ msg }) => msg);
    expect(messages).toEqual(expect.arrayContaining(['first', 'second', 'third']));
    expect(messages.filter((message) => message === 'the log file cannot be written')).toHaveLength(1);
    expect(lines.find(({ msg }) => msg === 'the log file cannot be written')).toMatchObject({
      reason: expect.stringContaining('ENOSPC'),
    });
  });
});
