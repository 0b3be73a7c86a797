import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderToolsDocument } from '../src/tools/documentation.ts';
import { TOOLS } from '../src/tools/index.ts';

it('docs/tools.md is in step with the registry', () => {
  const written = readFileSync(new URL('../../../docs/tools.md', import.meta.url), 'utf8');
  expect(written, 'run: pnpm --filter @pgmcp/server write:tools').toBe(renderToolsDocument(TOOLS));
});

it('the document names every tool with its arguments and the keys of its result', () => {
  const text = renderToolsDocument(TOOLS);
  for (const { name } of TOOLS) expect(text).toContain(`### \`${name}\``);
  expect(text).toContain('| `sql` (required) | string, at most 100000 |');
  expect(text).toMatch(/`wait_seconds` \| integer, 0 to 50/);
});
