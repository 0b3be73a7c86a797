import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a page takes for granted that it does not show. */
const TAKEN_FOR_GRANTED: Readonly<Record<string, string>> = {
  'fixtures/retail/README.md': 'declare const client: { query(text: string): Promise<unknown> };',
  'testing/README.md': "declare const model: import('@pgmcp/testing').ScriptedModel;",
};

/** The TypeScript of every page, as one module each, since later blocks go on with the names of earlier ones. */
function modules(): ReadonlyMap<string, string> {
  const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  }).split('\n');
  const found = new Map<string, string>();
  for (const page of pages.filter((path) => path !== '' && !path.includes('CHANGELOG'))) {
    const text = readFileSync(join(root, page), 'utf8');
    const blocks = [...text.matchAll(/^```(?:ts|typescript)\n(.*?)^```$/gms)].map(([, block = '']) => block);
    if (blocks.length === 0) continue;
    const prelude = TAKEN_FOR_GRANTED[page] ?? '';
    // Beside the page, so that it finds the packages that the page's own package finds.
    found.set(join(root, dirname(page), 'snippets-of-the-page.ts'), `${prelude}\n${blocks.join('\n')}\nexport {};\n`);
  }
  return found;
}

it('every TypeScript snippet of the pages compiles', () => {
  const sources = modules();
  expect(sources.size).toBeGreaterThan(6);
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2024.d.ts'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    customConditions: ['@pgmcp/source'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const text = sources.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, rest[0]);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const problems = [...sources.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
  expect(problems).toEqual([]);
}, 60_000);
