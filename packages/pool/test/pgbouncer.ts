import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findFreePort, mayTestWith } from '@pgmcp/testing/programs';

const NOBODY = 65_534;

/** Where the program is; undefined when it is not installed (Debian: `apt-get install pgbouncer`). */
const program = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']
  .map((directory) => join(directory, 'pgbouncer'))
  .find((path) => existsSync(path));

/** Whether a pooler can be started here. */
export const hasPgBouncer = mayTestWith('pgbouncer', program !== undefined);

export interface PgBouncer {
  readonly port: number;
  stop(): Promise<void>;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/**
 * Starts a real PgBouncer in transaction mode before a server that trusts everybody on this machine.
 *
 * @param poolSize server connections per database and user; 1 makes sure that every client gets the same one.
 */
export async function startPgBouncer(
  server: { host: string; port: number; user: string },
  poolSize: number,
): Promise<PgBouncer> {
  if (program === undefined) throw new Error('pgbouncer is not installed.');
  const directory = mkdtempSync(join(tmpdir(), 'pgmcp-pgbouncer-'));
  const port = await findFreePort();
  const users = join(directory, 'users.txt');
  const file = join(directory, 'pgbouncer.ini');
  writeFileSync(users, `"${server.user}" ""\n`);
  writeFileSync(
    file,
    `[databases]
* = host=${server.host} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
auth_user = ${server.user}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 200
server_lifetime = 600
logfile = ${join(directory, 'log')}
`,
  );
  const isRoot = process.getuid?.() === 0;
  if (isRoot) for (const path of [directory, users, file]) chownSync(path, NOBODY, NOBODY);
  const child: ChildProcess = spawn(program, [file], {
    stdio: 'ignore',
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const deadline = Date.now() + 5_000;
  while (!(await isListening(port))) {
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error(`pgbouncer did not start; see ${join(directory, 'log')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
