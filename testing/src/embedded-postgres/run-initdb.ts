import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';
import type { ServerUser } from './prepare-binaries.ts';

/** Where a server lives and as whom. */
export interface ClusterPlace {
  binDirectory: string;
  dataDirectory: string;
  workDirectory: string;
  user: ServerUser | undefined;
}

/**
 * Creates the data directory.
 *
 * Encoding and collation are fixed (UTF-8, PostgreSQL's built-in C.UTF-8), so that order and case rules are the same on
 * every machine. Messages are English.
 *
 * @param superuser Name of the first role.
 * @param password With a password clients must authenticate (scram-sha-256), else everyone on this machine is trusted.
 * @throws EmbeddedPostgresError `INITDB_FAILED` with what initdb printed.
 */
export async function runInitdb(place: ClusterPlace, superuser: string, password: string | undefined): Promise<void> {
  const args = ['-D', place.dataDirectory, '-U', superuser, '--no-sync', '--no-instructions', '--encoding=UTF8'];
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  const passwordFile = join(place.workDirectory, 'password');
  if (password === undefined) {
    args.push('-A', 'trust');
  } else {
    // Never in the arguments, which every user of the machine can list.
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (place.user !== undefined) chownSync(passwordFile, place.user.uid, place.user.gid);
    args.push('-A', 'scram-sha-256', `--pwfile=${passwordFile}`);
  }
  try {
    await run(place, args);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function run(place: ClusterPlace, args: readonly string[]): Promise<void> {
  const program = join(place.binDirectory, 'initdb');
  const child = spawn(program, args, {
    ...place.user,
    cwd: place.workDirectory,
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  try {
    const [exitCode] = await once(child, 'close');
    if (exitCode !== 0) throw new Error(`initdb ended with exit code ${exitCode}`);
  } catch (cause) {
    throw new EmbeddedPostgresError('INITDB_FAILED', `${explainSpawnError(cause, program)}\n${output}`.trim(), {
      cause,
    });
  }
}

/** The environment of server programs: nothing of the parent's `PG*` variables, locale or secrets. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMPDIR, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TMPDIR, TEMP, TMP, LC_ALL: 'C' };
}

/** Says what to do when the operating system refuses to run a program. */
export function explainSpawnError(error: unknown, program: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES') {
    return `${program} may not be executed: the directory may be mounted "noexec". Set TMPDIR to a directory that allows programs.`;
  }
  if (code === 'ENOENT') {
    return `${program} cannot run here: the binaries need glibc (Debian, Ubuntu, Fedora and the like, not Alpine). Use a PostgreSQL of your own with DATABASE_URL.`;
  }
  return error instanceof Error ? error.message : String(error);
}
