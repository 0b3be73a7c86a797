import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';

const database = useDatabase({ template: 'retail' });
const run = promisify(execFile);

it('runs the first example of the README', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (example === undefined) throw new Error('The README has no example.');
  // Inside the package, so that its own name leads to its sources.
  const file = fileURLToPath(new URL(`readme-example-${process.pid}.mts`, import.meta.url));
  writeFileSync(file, example);
  try {
    const { stdout } = await run(process.execPath, ['--conditions=@pgmcp/source', '--no-warnings', file], {
      env: { ...process.env, DATABASE_URL: database.url },
    });
    expect(stdout).toContain('retail.customers(');
    expect(stdout).toMatch(/retail (?:customers|orders) name: /);
  } finally {
    rmSync(file);
  }
});
