import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allSettings } from '../src/config/schema.ts';

const root = join(import.meta.dirname, '../../..');
const sections = join(root, 'packages/server/src/config/sections');

/** TypeScript sources below a folder, the sections of the configuration apart: there settings are declared, not used. */
function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.parentPath !== sections)
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const using = ['packages/server/src', 'apps/http/src', 'apps/stdio/src']
  .flatMap((folder) => sourcesBelow(join(root, folder)))
  .join('\n');
const declaring = readdirSync(sections).map((name) => readFileSync(join(sections, name), 'utf8'));

/** Members of `interface ...Configuration` in the sections: what each `resolve` hands to the server. */
const members = new Set(
  declaring.flatMap((text) =>
    [...text.matchAll(/export interface \w+Configuration[^{]*\{([\s\S]*?)\n\}/g)].flatMap(([, body = '']) =>
      [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = '']) => name),
    ),
  ),
);

const isUsed = (name: string) => new RegExp(`(?:\\.|[{,]\\s*)${name}\\b|'${name}'`).test(using);

describe('the configuration', () => {
  it('has members to look for', () => {
    expect(members.size).toBeGreaterThan(60);
  });

  it.each([...members].sort())('hands over nothing that is never read: %s', (name) => {
    expect(isUsed(name)).toBe(true);
  });

  it.each(allSettings.map(({ section, name }) => [`${section}.${name}`, name.split('.').at(-1) ?? name] as const))(
    'has no setting that only its declaration names: %s',
    (_key, name) => {
      // Levels are taken by the name of their measure: `${measure}Warning`.
      const stem = name.replace(/(?:Warning|Critical)$/, '');
      const places = declaring.join('\n').match(new RegExp(`\\b(?:${name}|${stem})\\b`, 'g')) ?? [];
      // Handed on by its own section, or read by its own name elsewhere.
      expect(places.length > 1 || isUsed(stem)).toBe(true);
    },
  );
});
