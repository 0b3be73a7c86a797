import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REQUIREMENTS, type Requirements } from '../../e2e/requirements.ts';
import { plain, readStatements } from '../read-statements.ts';
import { readTestTitles } from '../read-test-titles.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = (path: string) => readFileSync(root + path, 'utf8');

/** What each page with promises says; of the page of the tools only what they say of themselves, because the rest is made of their schemas. */
const SAID: Readonly<Record<string, () => readonly string[]>> = {
  'README.md': () => readStatements(page('README.md')),
  'docs/tools.md': () =>
    [...page('docs/tools.md').matchAll(/^### `(\w+)`\n\n(.+)$/gm)].flatMap(([, , text = '']) => readStatements(text)),
};

const known = new Map<string, ReadonlySet<string>>();

/** The titles that a citation of a file may name. */
function titlesOf(file: string): ReadonlySet<string> {
  const seen = known.get(file);
  if (seen !== undefined) return seen;
  const titles = new Set(
    file.startsWith('.github/')
      ? Object.keys((parse(page(file)) as { jobs: object }).jobs)
      : readTestTitles(root + file)
          .filter(({ idle }) => !idle)
          .flatMap(({ title, within }) => [title, ...within]),
  );
  known.set(file, titles);
  return titles;
}

function missing(citation: string): string | undefined {
  const [, file = '', title = ''] = /^(\S+): (.+)$/.exec(citation) ?? [];
  if (file === '' || !existsSync(root + file)) return `${citation} (no such file)`;
  return titlesOf(file).has(title) ? undefined : `${citation} (no such test, or it never runs)`;
}

describe.each(REQUIREMENTS)(
  'the promises about $about',
  ({ requirements, page: path, noPromises = [] }: Requirements) => {
    it('are each shown by tests that exist', () => {
      for (const [promise, ...shownBy] of requirements) expect(shownBy, promise).not.toEqual([]);
      expect(requirements.flatMap(([, ...shownBy]) => shownBy.map(missing)).filter(Boolean)).toEqual([]);
    });

    it('stand once', () => {
      const promises = [...requirements.map(([promise]) => promise), ...noPromises];
      expect(promises.filter((promise, index) => promises.indexOf(promise) !== index)).toEqual([]);
    });

    it.runIf(path !== undefined)('are all that its page says, word for word', () => {
      const said = new Set((SAID[path ?? ''] ?? (() => []))());
      const listed = new Set([...requirements.map(([promise]) => promise), ...noPromises].map(plain));
      expect(said.size).toBeGreaterThan(0);
      expect(
        [...said].filter((statement) => !listed.has(statement)),
        'said, and not shown',
      ).toEqual([]);
      expect(
        [...listed].filter((statement) => !said.has(statement)),
        'listed, and not said',
      ).toEqual([]);
    });
  },
);

it('the README names every tool in its toolset', () => {
  const chapters = page('docs/tools.md')
    .split(/^## Toolset /m)
    .slice(1);
  expect(chapters.length).toBeGreaterThan(5);
  const rows = page('README.md').match(/^\| `\w+`.*$/gm) ?? [];
  for (const chapter of chapters) {
    const [, toolset] = /^`(\w+)`/.exec(chapter) ?? [];
    const row = rows.find((text) => text.split('|')[1]?.includes(`\`${toolset}\``)) ?? '';
    for (const [, tool] of chapter.matchAll(/^### `(\w+)`/gm))
      expect(row, `${toolset}: ${tool}`).toContain(`\`${tool}\``);
  }
});

it('every tool has promises', () => {
  const tools = [...page('docs/tools.md').matchAll(/^### `(\w+)`\n\n(.+)$/gm)];
  expect(tools.length).toBeGreaterThan(20);
  for (const [, name, text = ''] of tools) expect(readStatements(text), name).not.toEqual([]);
});
