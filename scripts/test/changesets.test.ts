import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(`${root}${folder}`).map(
    (name) => (JSON.parse(readFileSync(`${root}${folder}/${name}/package.json`, 'utf8')) as { name: string }).name,
  ),
);

it('all published packages share one version', () => {
  const { fixed } = JSON.parse(readFileSync(`${root}.changeset/config.json`, 'utf8')) as { fixed: unknown };
  expect(fixed).toEqual([['@pgmcp/*']]);
  expect(names.filter((name) => !name.startsWith('@pgmcp/'))).toEqual([]);
});

const files = readdirSync(`${root}.changeset`).filter((file) => file.endsWith('.md'));

describe.runIf(files.length > 0).each(files)('the changeset %s', (file) => {
  const [, head = '', text = ''] =
    /^---\n(.*?)^---\n(.*)$/ms.exec(readFileSync(`${root}.changeset/${file}`, 'utf8')) ?? [];

  it('names published packages, and says something to their users', () => {
    const bumps = Object.entries(parse(head) as Readonly<Record<string, string>>);
    expect(bumps.length).toBeGreaterThan(0);
    for (const [name, bump] of bumps) {
      expect(names).toContain(name);
      expect(['patch', 'minor', 'major']).toContain(bump);
    }
    expect(text.trim()).toMatch(/^[\p{L}`].{40,}/su);
  });
});
