// Holds the walls of the house: who may import whom, no cycles, no drawer names, no file past its size.
// The rules are written out in docs/architecture.md. Reads every manifest and import specifier; runs with the lint.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const LIBRARIES = ['pool', 'schema-introspect', 'sql-guard', 'nl2sql', 'store'];
const DRAWERS = new Set(['core', 'common', 'shared', 'utils', 'util', 'helpers', 'helper', 'types', 'misc', 'lib']);
const MAX_LINES = 350;
const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s+(?:type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Import specifiers of a TypeScript text; comments are removed first so that examples in TSDoc do not count. */
export function importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  return [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3]);
}

const packageOf = (specifier) =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0];

/** Why `specifier` may not be imported by the published source file `file` (a path from the root), or undefined. */
export function forbiddenImport(file, specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  const [kind, name] = file.split('/');
  const imported = packageOf(specifier);
  const library = kind === 'packages' && LIBRARIES.includes(name);
  if (imported === '@pgmcp/stdio' || imported === '@pgmcp/http') return 'nothing imports an app';
  if (library && imported.startsWith('@pgmcp/'))
    return 'a library names no other package of ours: state a port instead';
  if (
    kind === 'packages' &&
    name === 'server' &&
    imported.startsWith('@pgmcp/') &&
    specifier !== imported &&
    specifier !== '@pgmcp/nl2sql/openai' &&
    specifier !== '@pgmcp/nl2sql/eval' &&
    specifier !== '@pgmcp/sql-guard/corpus'
  ) {
    return 'server imports libraries by their published entry, never by a deep path';
  }
  if (kind === 'apps' && imported.startsWith('@pgmcp/') && imported !== '@pgmcp/server') {
    const demo = file === 'apps/stdio/src/demo.ts' && ['@pgmcp/testing', '@pgmcp/fixture-retail'].includes(imported);
    if (!demo) return 'an app imports server only (the demo of stdio bundles the sample database)';
  }
  if ((imported === 'pg' || imported === 'pg-cursor') && !file.startsWith('packages/pool/'))
    return 'only pool imports the driver';
  if (
    ['libpg-query', 'pgsql-ast-parser', 'pgsql-deparser'].includes(imported) &&
    !file.startsWith('packages/sql-guard/')
  )
    return 'only sql-guard imports a SQL parser';
  if (imported.startsWith('@modelcontextprotocol') && library)
    return 'the protocol appears only in server and the apps';
  if (imported === 'openai' && !file.startsWith('packages/nl2sql/src/openai/'))
    return 'openai appears only in nl2sql/src/openai';
  return undefined;
}

/** The first path segment or file name that says nothing about what is inside, or undefined. */
export function drawerName(file) {
  return file
    .split('/')
    .map((part) => part.replace(/\..*$/, ''))
    .find((part) => DRAWERS.has(part));
}

/** One cycle of the graph `edges: Map<node, Iterable<node>>`, as a list of nodes, or undefined. */
export function findCycle(edges) {
  const state = new Map();
  const path = [];
  const visit = (node) => {
    if (state.get(node) === 'done') return undefined;
    if (state.get(node) === 'open') return [...path.slice(path.indexOf(node)), node];
    state.set(node, 'open');
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    state.set(node, 'done');
    return undefined;
  };
  for (const node of edges.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}

function checkManifest(file, problems) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const [, name] = file.split('/');
  if (!file.startsWith('packages/') || !LIBRARIES.includes(name)) return;
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    for (const dependency of Object.keys(manifest[field] ?? {})) {
      if (dependency.startsWith('@pgmcp/'))
        problems.push(`${file}: ${field} names ${dependency}: libraries do not know each other`);
    }
  }
}

function main() {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
    .split('\0')
    .filter(Boolean)
    .filter(existsSync);
  const problems = [];
  const edges = new Map();
  for (const file of files) {
    if (/^(packages|apps)\/[^/]+\/package\.json$/.test(file)) checkManifest(file, problems);
    const ours = /^(packages|apps|testing|fixtures|e2e|examples|evals|benchmarks)\//.test(file);
    const drawer = ours ? drawerName(file) : undefined;
    if (drawer) problems.push(`${file}: "${drawer}" is a drawer, not a name: say what is inside`);
    if (!/\.[mc]?tsx?$/.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    const published = /^(packages|apps)\/[^/]+\/src\//.test(file);
    const lines = text.split('\n').length;
    if (ours && lines > MAX_LINES && !/\.generated\.ts$|\.data\.ts$/.test(file))
      problems.push(`${file}: ${lines} lines; past ${MAX_LINES} a file has two names`);
    const targets = [];
    for (const specifier of importsOf(text)) {
      const reason = published ? forbiddenImport(file, specifier) : undefined;
      if (reason) problems.push(`${file}: imports "${specifier}": ${reason}`);
      if (specifier.startsWith('.')) targets.push(normalize(join(dirname(file), specifier)));
    }
    edges.set(file, targets);
  }
  const cycle = findCycle(edges);
  if (cycle) problems.push(`import cycle: ${cycle.map((file) => relative('.', file)).join(' -> ')}`);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    console.error(`\n${problems.length} broken rule(s) of docs/architecture.md`);
    process.exit(1);
  }
  console.log(`architecture: ${edges.size} files, no broken rule`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
