// Packs everything that is published, as `pnpm publish` would, and installs tarballs where nothing else is.
import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** Packs every package and app into the folder `destination`: the path of the tarball by name. */
export async function packPackages(destination: string): Promise<Record<string, string>> {
  await mkdir(destination, { recursive: true });
  const folders: string[] = [];
  for (const kind of ['packages', 'apps']) {
    for (const name of await readdir(join(root, kind))) folders.push(join(root, kind, name));
  }
  const packed = await Promise.all(
    folders.map(async (folder) => {
      const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', destination], { cwd: folder });
      const { name, filename } = JSON.parse(stdout) as { name: string; filename: string };
      return [name, filename];
    }),
  );
  return Object.fromEntries(packed);
}

/**
 * Installs tarballs into `folder`, an empty project. The packages name each other by version, and none of these is published before its
 * release: each name is overridden by its tarball.
 */
export async function installTarballs(
  folder: string,
  tarballs: Readonly<Record<string, string>>,
  options: {
    /** Names that the project depends on itself. Default: all. */
    readonly only?: readonly string[];
    /** What it depends on besides, by version. */
    readonly besides?: Readonly<Record<string, string>>;
    /** Further flags for npm. */
    readonly flags?: readonly string[];
  } = {},
): Promise<void> {
  const { only = Object.keys(tarballs), besides = {}, flags = [] } = options;
  const files = Object.fromEntries(Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`]));
  const dependencies = { ...Object.fromEntries(only.map((name) => [name, files[name]])), ...besides };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'stranger', private: true, type: 'module', dependencies, overrides: files }),
  );
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...flags], {
    cwd: folder,
    env: strangersEnvironment(),
  });
}

/** Without what a package manager that runs this told its own children: an installation of one's own knows nothing of it. */
function strangersEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm|pnpm)_/i.test(name)));
}
