import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyBinaries, type ServerUser } from './prepare-binaries.ts';
import { type ClusterPlace, runInitdb } from './run-initdb.ts';
import { renderSettings } from './server-settings.ts';

/** A data directory that is ready for its server. */
export interface Cluster {
  readonly place: ClusterPlace;
  readonly socketDirectory: string | undefined;
  readonly logFile: string;
  /** Writes the settings for a port; to be called before each start. */
  configure(port: number): void;
}

/** What the cluster is to be like. */
export interface ClusterOptions {
  /** Whom the server runs as. */
  readonly user: ServerUser | undefined;
  /** Whether the binaries cannot run where they are. */
  readonly copyBinaries: boolean;
  readonly superuser: string;
  readonly password: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly socketDirectory: string | undefined;
}

/**
 * Makes binaries, data directory and socket directory.
 *
 * @param native What {@link locateBinaries} found.
 * @throws EmbeddedPostgresError `INITDB_FAILED`
 */
export async function prepareCluster(native: string, workDirectory: string, options: ClusterOptions): Promise<Cluster> {
  const { user } = options;
  const binaries = options.copyBinaries ? join(workDirectory, 'native') : native;
  if (options.copyBinaries) copyBinaries(native, binaries, user);
  const dataDirectory = makeDirectory(join(workDirectory, 'data'), user);
  const place: ClusterPlace = { binDirectory: join(binaries, 'bin'), dataDirectory, workDirectory, user };
  await runInitdb(place, options.superuser, options.password);
  const socketDirectory = options.socketDirectory ?? defaultSocketDirectory(workDirectory, user);
  // A file of our own, because each attempt at a port writes it anew. ALTER SYSTEM still has the last word.
  writeFileSync(join(dataDirectory, 'postgresql.conf'), "\ninclude 'embedded.conf'\n", { flag: 'a' });
  return {
    place,
    socketDirectory,
    logFile: join(workDirectory, 'server.log'),
    configure(port) {
      writeFileSync(join(dataDirectory, 'embedded.conf'), renderSettings(options.settings, { port, socketDirectory }));
    },
  };
}

function makeDirectory(path: string, user: ServerUser | undefined): string {
  mkdirSync(path, { mode: 0o700 });
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  return path;
}

/** Windows has no Unix sockets that PostgreSQL's clients would look for. */
function defaultSocketDirectory(workDirectory: string, user: ServerUser | undefined): string | undefined {
  return process.platform === 'win32' ? undefined : makeDirectory(join(workDirectory, 'socket'), user);
}
