import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';

describe('the example of the README', () => {
  it('is the program beside this test, and prints what it says', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const example = readFileSync(new URL('readme-example.ts', import.meta.url), 'utf8').replace(/^\/\/ biome.*\n/, '');
    expect(readme).toContain(example);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./readme-example.ts');
    expect(log.mock.calls).toEqual([
      ['pg_sleep is refused: it holds the connection without doing work (line 1, column 47)'],
    ]);
    log.mockRestore();
  });
});
