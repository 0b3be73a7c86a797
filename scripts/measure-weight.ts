import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What one published package weighs. */
export interface PackageWeight {
  readonly name: string;
  /** Of the tarball. */
  readonly packedBytes: number;
  /** Of its files. */
  readonly unpackedBytes: number;
  /** Everything that is installed with it, sorted; without optional and peer dependencies. */
  readonly brings: readonly string[];
  /** Of all of that and the package itself. */
  readonly installedBytes: number;
}

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Weighs the packages of a project into which npm installed their tarballs.
 *
 * @param project folder with `package-lock.json` and `node_modules`
 * @param tarballs path of the tarball by name
 */
export async function measureWeights(
  project: string,
  tarballs: Readonly<Record<string, string>>,
): Promise<readonly PackageWeight[]> {
  const { packages } = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const names = Object.keys(tarballs).sort();
  return Promise.all(
    names.map(async (name) => {
      const places = [...closure(packages, `node_modules/${name}`)];
      const sizes = await Promise.all(places.map((place) => folderBytes(join(project, place))));
      const { size: packedBytes } = await stat(tarballs[name] ?? '');
      return {
        name,
        packedBytes,
        unpackedBytes: sizes[0] ?? 0,
        brings: [
          ...new Set(places.slice(1).map((place) => place.slice(place.lastIndexOf('node_modules/') + 13))),
        ].sort(),
        installedBytes: sizes.reduce((sum, size) => sum + size, 0),
      };
    }),
  );
}

/** A package and all that it needs, by their places in the lockfile. */
function closure(packages: Readonly<Record<string, LockedPackage>>, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const place of found) {
    for (const name of Object.keys(packages[place]?.dependencies ?? {})) {
      const at = resolvePlace(packages, place, name);
      if (at !== undefined) found.add(at);
    }
  }
  return found;
}

/** Where Node finds `name` from a package: in its own folder, or in one further up. */
function resolvePlace(packages: Readonly<Record<string, unknown>>, from: string, name: string): string | undefined {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const candidate = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (place === '') return undefined;
  }
}

/** The bytes of a folder's files, without the packages installed within. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? 0 : folderBytes(path);
      return entry.isFile() ? (await stat(path)).size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const KIB = 1024;

/** The table of `docs/package-weight.md`. */
export function weightTable(weights: readonly PackageWeight[]): string {
  const rows = weights.map(
    ({ name, packedBytes, unpackedBytes, brings, installedBytes }) =>
      `| \`${name}\` | ${Math.ceil(packedBytes / KIB)} KiB | ${Math.ceil(unpackedBytes / KIB)} KiB | ${brings.length} | ${(installedBytes / KIB / KIB).toFixed(1)} MiB |`,
  );
  return ['| Package | Tarball | Files | Brings | Installed |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}
