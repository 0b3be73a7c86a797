import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, chownSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EmbeddedPostgres } from '../embedded-postgres/index.ts';
import { serverEnvironment } from '../embedded-postgres/run-initdb.ts';
import { findFreePort } from '../programs/free-port.ts';

const START_TIMEOUT_MS = 10_000;

/** A streaming replica of an embedded server. */
export interface Replica {
  readonly port: number;
  /** Connection URL of the database `postgres`, as the primary's superuser. */
  url(): string;
  /** Runs one statement there, see {@link query}. */
  admin(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Takes it away as a crash does, and removes its files. */
  stop(): Promise<void>;
}

/** Runs one statement, or several without values, on a connection of its own. */
export async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'admin' });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function chownAll(path: string, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  if (!statSync(path).isDirectory()) return;
  for (const entry of readdirSync(path)) chownAll(join(path, entry), uid, gid);
}

/**
 * Copies a running server as a base backup and starts the copy as a streaming replica. The embedded binaries have no
 * `pg_basebackup`; this is what it does, by the low-level backup functions.
 *
 * @param primary Runs with `wal_level` `replica` and without a password.
 * @param name Its `application_name` on the primary.
 * @throws Error when it is no standby after ten seconds.
 * @see https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
export async function startReplica(primary: EmbeddedPostgres, name: string): Promise<Replica> {
  // Inside the primary's own directory: its watchdog removes both, should this process be killed.
  const directory = join(dirname(primary.dataDirectory), `replica-${name}`);
  const client = new pg.Client({ connectionString: primary.url() });
  await client.connect();
  await client.query("SELECT pg_backup_start('replica', true)");
  cpSync(primary.dataDirectory, directory, {
    recursive: true,
    filter: (path) => !/postmaster\.(pid|opts)$/.test(path),
  });
  const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop(false)');
  await client.end();
  writeFileSync(join(directory, 'backup_label'), rows[0].labelfile);
  writeFileSync(join(directory, 'standby.signal'), '');
  const port = await findFreePort();
  appendFileSync(
    join(directory, 'postgresql.auto.conf'),
    `port = ${port}\nunix_socket_directories = ''\nprimary_conninfo = 'host=${primary.host} port=${primary.port} user=${primary.user} application_name=${name}'\n`,
  );
  const { uid, gid } = statSync(primary.dataDirectory);
  if (process.getuid?.() === 0) chownAll(directory, uid, gid);
  const child: ChildProcess = spawn(join(primary.binDirectory, 'postgres'), ['-D', directory], {
    uid,
    gid,
    env: serverEnvironment(),
    stdio: 'ignore',
    cwd: directory,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = () => `postgresql://${primary.user}@127.0.0.1:${port}/postgres`;
  if (!(await isStandby(url(), START_TIMEOUT_MS))) {
    child.kill('SIGKILL');
    throw new Error(`The replica did not start: ${readFileSync(join(directory, 'postgresql.auto.conf'), 'utf8')}`);
  }
  return {
    port,
    url,
    admin: (sql) => query(url(), sql),
    stop: async () => {
      child.kill('SIGQUIT');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function isStandby(url: string, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const rows = await query(url, 'SELECT pg_is_in_recovery() AS standby').catch(() => []);
    if (rows[0]?.['standby'] === true) return true;
    await sleep(10);
  }
  return false;
}
