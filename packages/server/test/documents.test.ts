import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../src/cli/commands/index.ts';
import { parseCommandLine } from '../src/cli/parse-command-line.ts';
import type { Program } from '../src/cli/program.ts';
import { loadConfiguration } from '../src/config/load.ts';
import { readContextFile } from '../src/questions/context-file.ts';
import { readCaseFile } from '../src/questions/evaluation/read-files.ts';
import { readVerifiedPairs } from '../src/questions/verified-pairs.ts';
import { TOOLS } from '../src/tools/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  // What is generated has tests of its own; what changed in former versions is not true any more.
  .filter((path) => path !== '' && !/(^|\/)(CHANGELOG\.md|\.changeset\/)|^docs\/configuration\.md$/.test(path))
  .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));

const folder = mkdtempSync(join(tmpdir(), 'pgmcp-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Block {
  readonly path: string;
  readonly text: string;
}

/** The code blocks of a language, also those that are indented as part of a list. */
function blocksIn(...languages: readonly string[]): readonly Block[] {
  const pattern = new RegExp(`^( *)\`\`\`(?:${languages.join('|')})\\n(.*?)^\\1\`\`\`$`, 'gms');
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([, indent = '', block = '']) => ({
      path,
      text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    })),
  );
}

/** Every kind of file that the pages show, by a key that it has, and what reads it in the product. */
const READERS: Readonly<Record<string, (path: string) => unknown>> = {
  databases: (path) =>
    loadConfiguration({
      file: path,
      environment: { PG_MCP_STORE_URL: 'postgresql://keeper@db.example.com/pgmcp', SHOP_PASSWORD: 'x' },
    }),
  pairs: readVerifiedPairs,
  tables: readContextFile,
  metrics: readContextFile,
  cases: (path) => readCaseFile(path, 'yaml'),
};

describe('the files that the pages show', () => {
  const files = blocksIn('yaml');
  it('are some', () => expect(files.length).toBeGreaterThan(4));

  it.each(files)('are read as they stand, in $path', ({ text }) => {
    const keys = Object.keys(parse(text) as object);
    const [, read] = Object.entries(READERS).find(([key]) => keys.includes(key)) ?? [];
    if (read === undefined) throw new Error(`nothing reads a file with the keys ${keys.join(', ')}`);
    // Files that it names are not here.
    const named = text.replaceAll(/(?<=: )(\/[\w./-]+|[\w-]+\.ya?ml)(?=\s*(?:#.*)?$)/gm, (name) =>
      file(name.replaceAll('/', '_'), contentOf(name)),
    );
    expect(() => read(file('shown.yaml', named))).not.toThrow();
  });
});

function contentOf(name: string): string {
  if (/verified/.test(name)) return 'pairs: []\n';
  return /\.ya?ml$/.test(name) ? '{}\n' : 'a secret of at least thirty-two characters\n';
}

describe('the JSON that the pages show', () => {
  it.each(blocksIn('json'))('is JSON, in $path', ({ text }) => {
    expect(() => JSON.parse(text.replaceAll(/ *\/\/ .*$/gm, ''))).not.toThrow();
  });
});

const FLAGS = {
  pgmcp: ['log-level'],
  'pgmcp-http': ['host', 'port', 'admin-port', 'log-level'],
};

function program(name: keyof typeof FLAGS): Program {
  return {
    name,
    summary: '',
    flags: FLAGS[name].map((flag) => ({ flag, value: 'VALUE', description: '' })),
    examples: [],
    serve: () => Promise.reject(new Error('serves nothing')),
    ...(name === 'pgmcp' && { startDemo: () => Promise.reject(new Error('starts nothing')) }),
  };
}

/** The words of a line as a shell would see them, up to a pipe, a redirection, a comment or the end of the command. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [token, , double, single] of line.matchAll(/#.*|[|>&;].*|("([^"]*)"|'([^']*)'|[^\s"'|>&;])+/g)) {
    if (/^[#|>&;]/.test(token)) break;
    words.push(double ?? single ?? token);
  }
  return words;
}

/** Command lines of our programs: lines of shell blocks, and code in the text that begins with a program and has a word or flag of its own. */
const commandLines = pages.flatMap(({ path, text }) => {
  const inBlocks = [...text.matchAll(/^ *```(?:sh)?\n(.*?)^ *```$/gms)].flatMap(([, block = '']) =>
    block.replaceAll(/\\\n\s*/g, ' ').split('\n'),
  );
  const prose = text.replaceAll(/^ *```.*?^ *```$/gms, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...inBlocks, ...inline]
    .map((line) => line.trim().replace(/^(?:[A-Z_]+=\S+ +)+/, ''))
    .filter((line) => /^(?:npx -y @pgmcp\/stdio|pgmcp|pgmcp-http)(?: (?!\/|\+)|$)/.test(line))
    .map((line) => ({ path, line }));
});

describe('the command lines that the pages show', () => {
  it('are some', () => expect(commandLines.length).toBeGreaterThan(30));

  it.each(commandLines)('are understood: $line ($path)', ({ line }) => {
    const [name = '', ...argv] = wordsOf(line.replace('npx -y @pgmcp/stdio', 'pgmcp'));
    // [OPTIONAL ...] and NAME stand for words of the reader.
    const given = argv.filter((word) => !/^\[|\]$|^\.\.\.\]?$/.test(word));
    const understood = parseCommandLine(program(name as keyof typeof FLAGS), given, COMMANDS);
    const refused = understood.action === 'usage-error' ? understood.message : undefined;
    // A command named in the text may leave its words out.
    const isBare = given.every((word) => /^[a-z-]+$/.test(word)) && /Give ".*" its words/.test(refused ?? '');
    expect(isBare ? undefined : refused).toBeUndefined();
  });
});

describe('the settings that the pages name', () => {
  const known = readFileSync(`${root}docs/configuration.md`, 'utf8');

  it.each(pages)('exist: $path', ({ text }) => {
    const names = [...text.matchAll(/\bPG_MCP_[A-Z0-9_]*[A-Z0-9](?!_?[A-Z0-9]|_[`{<])/g)].map(([name]) => name);
    expect([...new Set(names)].filter((name) => !new RegExp(`\`${name}(?:_FILE)?\``).test(known))).toEqual([]);
  });
});

describe('the page for those who come from another server', () => {
  it('names tools that exist', () => {
    const text = pages.find(({ path }) => path === 'docs/migrating.md')?.text ?? '';
    const [, table = ''] = text.split('| Tool there | Tool here |');
    const rows = [...table.matchAll(/^\| `.*? \| (.*) \|$/gm)].map(([, here = '']) => here);
    expect(rows.length).toBeGreaterThan(5);
    const named = rows.flatMap((here) => [...here.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, name]) => name));
    const known = [...TOOLS.map(({ name }) => name), 'pg_stat_statements'];
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });
});
