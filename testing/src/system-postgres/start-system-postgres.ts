import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findFreePort } from '../programs/index.ts';

const NOBODY = 65_534;

/**
 * `bin` of a system's PostgreSQL that has an extension; undefined when there is none (Debian: `apt-get install postgresql-15-hypopg`).
 *
 * @param extension As CREATE EXTENSION names it.
 */
export const systemBinariesWith = (extension: string): string | undefined =>
  (existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [])
    .filter((major) => existsSync(`/usr/share/postgresql/${major}/extension/${extension}.control`))
    .map((major) => `/usr/lib/postgresql/${major}/bin`)
    .at(-1);

/** Starts a throw-away server of the system's PostgreSQL that has an extension, empty, everybody trusted on this machine. */
export async function startSystemPostgres(
  extension: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const binaries = systemBinariesWith(extension) ?? '';
  const directory = mkdtempSync(join(tmpdir(), 'pgmcp-system-'));
  // The server refuses to run as root.
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (owner.uid !== undefined) chownSync(directory, NOBODY, NOBODY);
  const data = join(directory, 'data');
  execFileSync(join(binaries, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...owner,
    cwd: directory,
    stdio: 'ignore',
  });
  const port = await findFreePort();
  const server = spawn(
    join(binaries, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
      '-c',
      'autovacuum=off',
    ],
    { ...owner, cwd: directory, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    server.kill('SIGINT');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return { url, stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await stop();
  throw new Error(`The PostgreSQL with ${extension} did not start.`);
}
