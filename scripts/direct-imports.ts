// Imports of names from an index, made imports from the files that define them.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const packagesFolder = fileURLToPath(new URL('../packages/', import.meta.url));

const IMPORT = /^import \{([^}]*)\} from '([^']+)';$/gm;
const EXPORT = /^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm;

/** Where an index has a name from: the file, and what it is called there. */
interface Origin {
  readonly file: string;
  readonly name: string;
}

/**
 * One name from an index runs every module that the index names, needed or not. With this a program runs at its start what it imports, and
 * the rest when it is asked for.
 */
export const directImports: Plugin = {
  name: 'direct-imports',
  setup({ onLoad }) {
    const indexes = new Map<string, Promise<ReadonlyMap<string, Origin> | undefined>>();
    const originsOf = (file: string) => {
      const known = indexes.get(file) ?? readIndex(file);
      indexes.set(file, known);
      return known;
    };
    onLoad({ filter: /[\\/](?:packages|apps)[\\/].*[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const parts: string[] = [];
      let end = 0;
      for (const found of source.matchAll(IMPORT)) {
        const [statement, names = '', from = ''] = found;
        const index = indexOf(path, from);
        const origins = index === undefined ? undefined : await originsOf(index);
        if (origins === undefined) continue;
        parts.push(source.slice(end, found.index), importsOf(valuesOf(names), origins, `${path} imports from ${from}`));
        end = found.index + statement.length;
      }
      return { contents: parts.join('') + source.slice(end), loader: 'ts' };
    });
  },
};

/** The file that an import may have through an index. */
function indexOf(importer: string, from: string): string | undefined {
  const [, workspace] = /^@pgmcp\/([a-z0-9-]+)$/.exec(from) ?? [];
  if (workspace !== undefined) {
    const index = resolve(packagesFolder, workspace, 'src/index.ts');
    return existsSync(index) ? index : undefined;
  }
  return from.startsWith('.') && from.endsWith('/index.ts') ? resolve(dirname(importer), from) : undefined;
}

/** What an index has from where; nothing for a file that does more than to pass on. */
async function readIndex(file: string): Promise<ReadonlyMap<string, Origin> | undefined> {
  const source = (await readFile(file, 'utf8')).replaceAll(/\/\*[\s\S]*?\*\/|^\/\/.*$/gm, '');
  if (source.replaceAll(EXPORT, '').trim() !== '') return undefined;
  return new Map(
    [...source.matchAll(EXPORT)].flatMap(([, names = '', from = '']) =>
      valuesOf(names).map(([name, shown]) => [shown, { file: resolve(dirname(file), from), name }] as const),
    ),
  );
}

/** Names of values, not of types, each with the name that it is given. */
function valuesOf(names: string): (readonly [name: string, shown: string])[] {
  return names
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '' && !entry.startsWith('type '))
    .map((entry) => {
      const [name = '', shown = name] = entry.split(' as ');
      return [name, shown] as const;
    });
}

function importsOf(
  names: readonly (readonly [name: string, shown: string])[],
  origins: ReadonlyMap<string, Origin>,
  place: string,
): string {
  return names
    .map(([name, shown]) => {
      const origin = origins.get(name);
      if (origin === undefined) throw new Error(`${place} what is not exported there: ${name}.`);
      return `import { ${origin.name} as ${shown} } from ${JSON.stringify(origin.file)};`;
    })
    .join(' ');
}
