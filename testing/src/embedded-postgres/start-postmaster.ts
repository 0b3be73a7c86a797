import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './errors.ts';
import { type ClusterPlace, explainSpawnError, serverEnvironment } from './run-initdb.ts';
import { readPostmasterFile } from './work-directory.ts';

/** The main server process. */
export interface Postmaster {
  readonly pid: number;
  /**
   * Ends it; kills it when that takes longer than `deadlineMs`.
   *
   * @param mode `fast` disconnects sessions and rolls back their transactions; `immediate` drops everything, as a crash does.
   */
  stop(mode: 'fast' | 'immediate', deadlineMs: number): Promise<void>;
}

/** The port was taken between finding and using it. */
export class PortTakenError extends EmbeddedPostgresError {
  constructor(log: string) {
    super('START_FAILED', `The TCP port of the embedded PostgreSQL is taken. The end of its log:\n${lastLines(log)}`);
  }
}

/**
 * Starts the server and waits until it accepts connections.
 *
 * @throws PortTakenError The port was taken meanwhile.
 * @throws EmbeddedPostgresError `START_FAILED` with the end of the server's log.
 */
export async function startPostmaster(
  place: ClusterPlace,
  logFile: string,
  startTimeoutMs: number,
): Promise<Postmaster> {
  const program = join(place.binDirectory, 'postgres');
  const log = openSync(logFile, 'w');
  const child = spawn(program, ['-D', place.dataDirectory], {
    ...place.user,
    cwd: place.workDirectory,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    windowsHide: true,
    // A session of its own, or the terminal's Ctrl-C would stop it before its users have finished.
    detached: true,
  });
  closeSync(log);
  let spawnError: unknown;
  child.on('error', (error) => {
    spawnError = error;
  });
  // A program that forgets to stop its server can still end; the watchdog takes the server down.
  child.unref();

  const deadline = Date.now() + startTimeoutMs;
  while (!isReady(child.pid, place.dataDirectory)) {
    if (spawnError !== undefined) {
      throw new EmbeddedPostgresError('START_FAILED', explainSpawnError(spawnError, program), { cause: spawnError });
    }
    if (hasEnded(child)) throw startFailure(logFile, `ended with exit code ${child.exitCode ?? child.signalCode}`);
    if (Date.now() > deadline) {
      await stopProcess(child, 'SIGKILL', 0);
      throw startFailure(logFile, `was not ready after ${startTimeoutMs} ms`);
    }
    await sleep(5);
  }
  return { pid: child.pid ?? 0, stop: (mode, deadlineMs) => stopProcess(child, signals[mode], deadlineMs) };
}

// The server writes its state into the eighth line of its lock file, for pg_ctl. A client's connection attempts would
// fill the log with "the database system is starting up".
function isReady(pid: number | undefined, dataDirectory: string): boolean {
  const lines = readPostmasterFile(dataDirectory);
  return pid !== undefined && lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

function startFailure(logFile: string, what: string): Error {
  const log = readFileSync(logFile, 'utf8');
  if (/could not bind|could not create any TCP\/IP sockets/.test(log)) return new PortTakenError(log);
  return new EmbeddedPostgresError(
    'START_FAILED',
    `The embedded PostgreSQL ${what}. The end of its log:\n${lastLines(log)}`,
  );
}

function lastLines(log: string): string {
  return log.trimEnd().split('\n').slice(-20).join('\n');
}

// PostgreSQL documentation, "Shutting Down the Server". SIGTERM would wait for the sessions to end by themselves.
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

async function stopProcess(child: ChildProcess, signal: NodeJS.Signals, deadlineMs: number): Promise<void> {
  if (hasEnded(child)) return;
  child.ref();
  const exited = once(child, 'exit').then(() => true);
  child.kill(signal);
  if (await Promise.race([exited, sleep(deadlineMs, false, { ref: false })])) return;
  child.kill('SIGKILL');
  await exited;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
