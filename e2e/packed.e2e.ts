import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { connectMcpClient, type McpTestClient, type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { measureWeights, type PackageWeight } from '../scripts/measure-weight.ts';
import { mcpb, packMcpb } from '../scripts/pack-mcpb.ts';
import { installTarballs, packPackages } from '../scripts/pack-packages.ts';
import { pageProgram } from './page-program.ts';
import { serverEnvironment, startHttpServer } from './running-server.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** The libraries whose README has examples, and what these print, one after the other. */
const LIBRARIES_WITH_EXAMPLES = [
  { library: 'nl2sql', prints: /^SELECT name FROM cities.* \[ \[ 'Tokyo' \] \]\n$/ },
  { library: 'pool', prints: /\[ 'n', 'third' \].*'0\.33333333333333333333'.*rows/s },
  { library: 'schema-introspect', prints: /^retail\.\w+\(.*\nretail (?:customers|orders) name: /s },
  { library: 'sql-guard', prints: /^pg_sleep is refused: it holds .* \(line 1, column 47\)\n$/ },
  { library: 'store', prints: /^\[ 'Who ordered most\?' \] undefined\n\{ name: 'Bern' \} [\d.]+\n$/ },
];

/** What examples need that their pages only name: an extension of PGlite, and an endpoint that this run has. */
const NEEDED = [
  [
    'PGlite.create()',
    `PGlite.create({ extensions: { vector: (await import('${pgvectorOfTheWorkspace()}')).vector } })`,
  ],
  ["model: 'text-embedding-3-small'", "model: 'text-embedding-3-small', baseUrl: process.env.MODEL_URL ?? ''"],
] as const;

/** The Node versions that the packages promise to run on, with their interpreters where this machine has them. */
const NODES = [
  { version: '22', interpreter: installedNode('node-22-linux-x64') },
  { version: 'of this run', interpreter: process.execPath },
];

/** npm would refuse it beside the version of PGlite that the examples install. */
function pgvectorOfTheWorkspace(): string {
  const store = createRequire(join(root, 'packages/store/package.json'));
  return pathToFileURL(store.resolve('@electric-sql/pglite-pgvector')).href.replace(/\.cjs$/, '.js');
}

function installedNode(name: string): string | undefined {
  const interpreter = join(root, 'e2e', 'node_modules', name, 'bin', 'node');
  return existsSync(interpreter) ? interpreter : undefined;
}

let project = '';
let tarballs: Record<string, string> = {};
let model: ScriptedModel;
const database = useDatabase({ template: 'retail' });

beforeAll(async () => {
  model = await startScriptedModel();
  project = await mkdtemp(join(tmpdir(), 'pgmcp-packed-'));
  tarballs = await packPackages(join(project, 'tarballs'));
  const besides = await versionsOf(['@electric-sql/pglite', '@types/node', '@types/pg', 'openai', 'pg']);
  await installTarballs(project, tarballs, { besides });
}, 240_000);

afterAll(async () => {
  await model?.close();
  await rm(project, { recursive: true, force: true });
});

/** The versions of the workspace's catalog, for what the examples of the READMEs install beside a library. */
async function versionsOf(names: readonly string[]): Promise<Record<string, string>> {
  const { catalog } = parse(await readFile(join(root, 'pnpm-workspace.yaml'), 'utf8')) as {
    readonly catalog: Readonly<Record<string, string>>;
  };
  return Object.fromEntries(names.map((name) => [name, catalog[name] ?? 'not in the catalog']));
}

/** Everything that the libraries let others import. */
async function publishedEntries(): Promise<readonly string[]> {
  const folder = join(project, 'node_modules/@pgmcp');
  const entries: string[] = [];
  for (const name of await readdir(folder)) {
    const manifest = JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8')) as {
      readonly exports: Readonly<Record<string, unknown>>;
      readonly bin?: unknown;
    };
    if (manifest.bin !== undefined) continue;
    for (const path of Object.keys(manifest.exports)) {
      if (path !== './package.json') entries.push(`@pgmcp/${name}${path.slice(1)}`);
    }
  }
  return entries.sort();
}

/** A client of a program that serves gets rows; it is closed then. */
async function expectAnswer(client: McpTestClient): Promise<void> {
  try {
    const result = await client.callTool('execute_query', { sql: 'SELECT count(*) FROM retail.stores' });
    expect(result.structuredContent).toMatchObject({ row_count: 1 });
  } finally {
    await client.close();
  }
}

/** A Node that this machine lacks is skipped, and missed in CI. */
const absent = (interpreter: string | undefined) => interpreter === undefined && process.env['CI'] === undefined;

describe.each(NODES)('on Node $version', ({ interpreter }) => {
  it.skipIf(absent(interpreter))('every entry of every library is imported, and required', async () => {
    const node = interpreter ?? '';
    const entries = await publishedEntries();
    const list = JSON.stringify(entries);
    await writeFile(
      join(project, 'look.mjs'),
      `for (const entry of ${list}) console.log(entry, Object.keys(await import(entry)).sort().join());`,
    );
    await writeFile(
      join(project, 'look.cjs'),
      `for (const entry of ${list}) console.log(entry, Object.keys(require(entry)).filter((name) => name !== '__esModule').sort().join());`,
    );
    const imported = await run(node, ['look.mjs'], { cwd: project });
    const required = await run(node, ['look.cjs'], { cwd: project });
    expect(imported.stdout).toBe(required.stdout);
    expect(imported.stderr + required.stderr).toBe('');
    for (const entry of entries) expect(imported.stdout).toMatch(new RegExp(`^${entry} \\w`, 'm'));
    expect(entries).toEqual(
      expect.arrayContaining(['@pgmcp/pool', '@pgmcp/nl2sql/openai', '@pgmcp/sql-guard/portable']),
    );
  });

  it.skipIf(absent(interpreter))('both programs say their version and serve', async () => {
    const node = interpreter ?? '';
    const bin = (name: string) => join(project, 'node_modules', '.bin', name);
    const path = `${dirname(node)}:${process.env['PATH'] ?? ''}`;
    for (const name of ['pgmcp', 'pgmcp-http']) {
      const { version } = JSON.parse(
        await readFile(
          join(project, 'node_modules/@pgmcp', name === 'pgmcp' ? 'stdio' : 'http', 'package.json'),
          'utf8',
        ),
      ) as { version: string };
      const { stdout } = await run('npx', ['--no', '--', name, '--version'], {
        cwd: project,
        env: { ...process.env, PATH: path },
      });
      expect(stdout.trim()).toBe(`${name} ${version}`);
    }
    const client = await connectMcpClient({
      era: 'modern',
      command: node,
      args: [bin('pgmcp')],
      env: serverEnvironment({ DATABASE_URL: database.url }),
    });
    await expectAnswer(client);
    const server = await startHttpServer({ DATABASE_URL: database.url }, [], {
      interpreter: node,
      program: bin('pgmcp-http'),
    });
    try {
      await expectAnswer(await connectMcpClient({ era: 'modern', url: server.url }));
    } finally {
      await server.stop();
    }
  });
});

describe('the weight of the packages', () => {
  let weights: readonly PackageWeight[] = [];
  beforeAll(async () => {
    weights = await measureWeights(project, tarballs);
  });

  it('is what docs/package-weight.md says, to a quarter, and exactly so many packages', async () => {
    const page = await readFile(join(root, 'docs/package-weight.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(.+?)` \| (\d+) KiB \| (\d+) KiB \| (\d+) \| ([\d.]+) MiB \|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual(weights.map(({ name }) => name));
    for (const [index, { name, brings, ...sizes }] of weights.entries()) {
      const [, , packed, unpacked, count, installed] = rows[index] ?? [];
      expect(brings, `${name} brings ${brings.join(', ')}`).toHaveLength(Number(count));
      for (const [size, listed] of [
        [sizes.packedBytes / 1_024, packed],
        [sizes.unpackedBytes / 1_024, unpacked],
        [sizes.installedBytes / 1_024 / 1_024, installed],
      ] as const) {
        expect(Math.abs(size - Number(listed)), `${name}: ${size}, listed ${listed}`).toBeLessThanOrEqual(
          Math.max(0.25 * Number(listed), 1),
        );
      }
    }
  });

  it('holds nothing of the server in a library', () => {
    const libraries = weights.filter(({ name }) =>
      LIBRARIES_WITH_EXAMPLES.some(({ library }) => name === `@pgmcp/${library}`),
    );
    expect(libraries).toHaveLength(LIBRARIES_WITH_EXAMPLES.length);
    const ofTheServer =
      /^(@pgmcp|@modelcontextprotocol|@opentelemetry|@hono)\/|^(zod|pino|hono|yaml|openai|lru-cache)$/;
    for (const { name, brings } of libraries)
      expect(
        brings.filter((brought) => ofTheServer.test(brought)),
        name,
      ).toEqual([]);
  });
});

describe('the READMEs of the libraries', () => {
  it('every example is right TypeScript, and the first fits on a page', async () => {
    const { include, problems } = await compileExamples();
    expect(problems).toBe('');
    expect(include).toHaveLength(LIBRARIES_WITH_EXAMPLES.length);
    for (const { library } of LIBRARIES_WITH_EXAMPLES) {
      const [first = ''] = await examplesOf(library);
      expect(first.split('\n').length, library).toBeLessThanOrEqual(25);
    }
  });

  it.each(LIBRARIES_WITH_EXAMPLES)(
    'all examples of $library run and print what they show',
    async ({ library, prints }) => {
      const program = pageProgram(await examplesOf(library));
      const whole = NEEDED.reduce((text, [shown, needed]) => text.replace(shown, needed), program);
      expect(await runExample(`page-${library}.ts`, whole)).toMatch(prints);
    },
  );
});

/** Runs an example beside the installed packages; the database and the endpoint of the model are those of the test. */
async function runExample(name: string, program: string): Promise<string> {
  const folder = await mkdtemp(join(project, 'run-'));
  const file = join(folder, name);
  await writeFile(file, program);
  const { hostname, port, username, password, pathname } = new URL(database.url);
  const { stdout } = await run(process.execPath, ['--no-warnings', file], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: password,
      PGDATABASE: pathname.slice(1),
      MODEL_KEY: 'key',
      MODEL_URL: model.baseUrl,
    },
  });
  return stdout;
}

/** The TypeScript blocks of a library's README. */
async function examplesOf(library: string): Promise<readonly string[]> {
  const text = await readFile(join(project, 'node_modules/@pgmcp', library, 'README.md'), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block);
}

/** Writes the blocks of each README as one module, since later ones go on with earlier names, and lets the compiler judge it. */
async function compileExamples(): Promise<{ readonly include: readonly string[]; readonly problems: string }> {
  const include: string[] = [];
  for (const { library } of LIBRARIES_WITH_EXAMPLES) {
    const file = `examples-${library}.ts`;
    await writeFile(join(project, file), `${(await examplesOf(library)).join('\n')}\nexport {};\n`);
    include.push(file);
  }
  const compilerOptions = {
    module: 'NodeNext',
    target: 'ES2023',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
  const compiler = join(root, 'node_modules/.bin/tsc');
  const problems = await run(compiler, ['-p', 'tsconfig.json'], { cwd: project }).then(
    () => '',
    (error: { readonly stdout: string }) => error.stdout,
  );
  return { include, problems };
}

it('the bundle for Claude Desktop is valid, and serves from where it was unpacked', async () => {
  const bundle = join(project, 'pgmcp.mcpb');
  const unpacked = join(project, 'unpacked');
  await packMcpb(bundle, tarballs);
  await mcpb('unpack', bundle, unpacked);
  const manifest = JSON.parse(await readFile(join(unpacked, 'manifest.json'), 'utf8')) as {
    readonly server: {
      readonly mcp_config: { readonly args: readonly string[]; readonly env: Record<string, string> };
    };
  };
  const filled: Record<string, string> = { '${__dirname}': unpacked, '${user_config.database_url}': database.url };
  const fill = (text: string) => text.replaceAll(/\$\{[\w.]+\}/g, (place) => filled[place] ?? '');
  const { args, env } = manifest.server.mcp_config;
  const client = await connectMcpClient({
    era: 'legacy',
    command: process.execPath,
    args: args.map(fill),
    env: serverEnvironment(Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]))),
  });
  try {
    const { structuredContent } = await client.callTool('list_tables', { schema: 'retail' });
    expect(JSON.stringify(structuredContent)).toContain('stores');
  } finally {
    await client.close();
  }
}, 240_000);

it('what registries are told is what is published', async () => {
  const read = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8'));
  const { name, version, mcpName } = await read('apps/stdio/package.json');
  const registry = await read('distribution/server.json');
  expect(registry).toMatchObject({ name: mcpName, version, packages: [{ identifier: name, version }] });
  expect(registry.description.length).toBeLessThanOrEqual(100);
});
