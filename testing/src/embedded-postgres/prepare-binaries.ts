import { chmodSync, chownSync, cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Owner for the files and processes of the server. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * The account a server started by root runs under: `nobody`. PostgreSQL refuses to run as root.
 * `undefined` for a plain user, whose server runs as himself.
 */
export function serverUser(): ServerUser | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/**
 * Whether the binaries can run where they are installed: the server's user can read every file of them, and the links
 * between libraries are there or could be made. Not so for a checkout under a home directory closed to others.
 *
 * @param native What {@link locateBinaries} found.
 */
export function runsInPlace(native: string, user: ServerUser | undefined): boolean {
  return (user === undefined || everyoneMayRead(native)) && linkLibraries(native);
}

/**
 * Copies the binaries for the server's user, which takes a third of a second.
 *
 * @param directory Where the copy goes; must not exist yet.
 */
export function copyBinaries(native: string, directory: string, user: ServerUser | undefined): void {
  // Archives for linking extensions are a quarter of the files and of no use to a server.
  const needed = (source: string) => !/\.a$|[\\/](?:pgxs|pkgconfig)$/.test(source);
  cpSync(native, directory, { recursive: true, verbatimSymlinks: true, filter: needed });
  linkLibraries(directory);
  makeReadable(directory, user);
}

/**
 * Creates the symbolic links between libraries that a npm package cannot carry. The package's install script does the
 * same, but package managers no longer run install scripts unasked.
 *
 * @returns Whether every link is there.
 */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  // Paths in the list start with "native/", the directory's name in the package.
  const inside = (path: string) => join(native, relative('native', path));
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = inside(target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), inside(source)), link);
    } catch {
      // Two starts may race for the same link; a read-only installation refuses all of them.
      if (!existsSync(link)) return false;
    }
  }
  return true;
}

/** Whether every user may pass through a directory and all above it. */
export function everyoneMayEnter(directory: string): boolean {
  for (let path = directory; dirname(path) !== path; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
  }
  return true;
}

function everyoneMayRead(directory: string): boolean {
  if (!everyoneMayEnter(directory)) return false;
  return everyEntry(directory, (mode, isDirectory) => (isDirectory ? (mode & 0o005) === 0o005 : (mode & 0o004) !== 0));
}

function everyEntry(directory: string, holds: (mode: number, isDirectory: boolean) => boolean): boolean {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink() && !existsSync(path)) continue;
    const { mode } = statSync(path);
    if (!holds(mode, entry.isDirectory())) return false;
  }
  return true;
}

function makeReadable(directory: string, user: ServerUser | undefined): void {
  if (user === undefined) return;
  chownSync(directory, user.uid, user.gid);
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    chownSync(path, user.uid, user.gid);
    chmodSync(path, statSync(path).mode | (entry.isDirectory() ? 0o555 : 0o444));
  }
}
