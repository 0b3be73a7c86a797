import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { undocumentedExports } from '../undocumented-exports.ts';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

const entries = readdirSync(packages).flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
  return Object.values(exports).flatMap((target) => {
    const source = (target as { readonly '@pgmcp/source'?: string })['@pgmcp/source'];
    return source === undefined ? [] : [join(name, source)];
  });
});

it('every package has an entry, and some have more', () => {
  expect(entries.length).toBeGreaterThan(6);
});

it.each(entries)('%s says what each of its exports is for', (entry) => {
  expect(undocumentedExports(join(packages, entry))).toEqual([]);
});

it('finds an export of which nothing is said, whatever it is and wherever it stands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-exports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const declared = `/** Said. */\nexport const said = 1;\nexport const bare = 2, other = 3;\nexport class Bare {}\nexport type Plain = 1;\nconst own = 4;`;
  writeFileSync(join(folder, 'a.ts'), declared);
  const entry = join(folder, 'index.ts');
  writeFileSync(
    entry,
    `export { bare, other as another, said } from './a.ts';\nexport type { Plain } from './a.ts';\nexport function here() {}`,
  );
  expect(undocumentedExports(entry)).toEqual(['bare', 'other', 'Plain', 'here']);
  writeFileSync(entry, `export * from './a.ts';`);
  expect(() => undocumentedExports(entry)).toThrow(/name what it exports/);
});
