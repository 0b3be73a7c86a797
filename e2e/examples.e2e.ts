import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const examples = fileURLToPath(new URL('../examples', import.meta.url));

/** Examples whose output is shown by a test of their own. */
const SHOWN_ELSEWHERE = ['demo'];

const database = useDatabase({ template: 'retail' });

const verified = readdirSync(examples).filter((name) => !SHOWN_ELSEWHERE.includes(name));

it.each(verified)(
  'the example %s prints what its folder says',
  async (name) => {
    const folder = join(examples, name);
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
    const { PATH = '', HOME = '' } = process.env;
    const { stdout, stderr } = await run(process.execPath, ['main.ts'], {
      cwd: folder,
      env: { PATH, HOME, DATABASE_URL: database.url },
    });
    expect(stderr).toBe('');
    expect(stdout).toBe(await readFile(join(folder, 'expected-output.txt'), 'utf8'));
  },
  120_000,
);
