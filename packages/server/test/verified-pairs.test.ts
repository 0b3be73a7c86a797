import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readVerifiedPairs } from '../src/questions/verified-pairs.ts';

const folder = mkdtempSync(join(tmpdir(), 'pgmcp-pairs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (text: string) => {
  const file = join(folder, 'pairs.yaml');
  writeFileSync(file, text);
  return file;
};

it('reads question-SQL pairs from YAML', () => {
  expect(
    readVerifiedPairs(written('pairs:\n  - question: How many?\n    variants: [Count them]\n    sql: SELECT 1\n')),
  ).toEqual([{ question: 'How many?', variants: ['Count them'], sql: 'SELECT 1' }]);
});

it.each([
  ['no list', 'question: x', /list "pairs"/],
  ['an unknown key', 'pairs:\n  - question: a\n    sqll: SELECT 1\n', /pairs\[0\]/],
  ['an empty statement', 'pairs:\n  - question: a\n    sql: ""\n', /pairs\[0\]\.sql/],
  ['what is no YAML', 'pairs: [', /not valid YAML/],
])('refuses a file with %s, naming file and place', (_why, text, message) => {
  const file = written(text);
  expect(() => readVerifiedPairs(file)).toThrow(message);
  expect(() => readVerifiedPairs(file)).toThrow(file);
});

it('refuses a file that is not there', () => {
  expect(() => readVerifiedPairs(join(folder, 'none.yaml'))).toThrow(/no such file/);
});

it('names the first ten problems and counts the others', () => {
  const file = written(`pairs: [${Array.from({ length: 13 }, () => '{ question: a }').join(', ')}]`);
  expect(() => readVerifiedPairs(file)).toThrow(/pairs\[9\]\.sql must be .*; and 3 more\./);
});
