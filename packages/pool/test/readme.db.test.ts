import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, test } from 'vitest';

const database = useDatabase();

test('the example of the README runs as it stands', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  // Beside this file, so that the package finds itself by its name.
  const file = fileURLToPath(new URL('./readme-example.ignored.ts', import.meta.url));
  writeFileSync(file, example ?? '');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@pgmcp/source', file], {
      env: { ...process.env, DATABASE_URL: database.url, NO_COLOR: '1' },
    });
    expect(stdout).toContain("[ 'n', 'third' ]");
    expect(stdout).toContain("'0.33333333333333333333'");
    expect(stdout).toContain('rows');
  } finally {
    rmSync(file);
  }
});
