import { closeSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StoreError } from './errors.ts';
import { makeDirectory } from './make-directory.ts';

/** A folder that this process alone may use. */
export interface DirectoryLock {
  /** Gives the folder back; may be called again. */
  release(): void;
}

/** Who holds a folder, as it stands in the lock file. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from another one that was given the same id later. Absent where the system does not tell. */
  readonly incarnation?: string;
}

const LOCK_FILE = 'pgmcp.lock';
/** Exists while one process replaces the lock of a dead one: without it two could, each removing the other's. */
const TAKEOVER = 'pgmcp.lock.takeover';

/**
 * Takes a folder for this process: PGlite opens a folder that another process has open, and one of the two loses what it writes.
 * Makes the folder when there is none. The lock of a process that has died is replaced.
 *
 * Keep the lock beside the data, not inside: PGlite wants an empty folder for a new database.
 *
 * @throws StoreError `DIRECTORY_LOCKED` naming the holder, also when this process holds it already.
 */
export function lockDirectory(directory: string): DirectoryLock {
  makeDirectory(directory);
  const file = join(directory, LOCK_FILE);
  const own: Holder = { pid: process.pid, host: hostname(), ...incarnationOf(process.pid) };
  if (!create(file, own)) replaceDead(directory, file, own);
  let held = true;
  return {
    release() {
      if (held) rmSync(file, { force: true });
      held = false;
    },
  };
}

function create(file: string, own: Holder): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(descriptor, `${JSON.stringify(own)}\n`);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function replaceDead(directory: string, file: string, own: Holder): void {
  const guard = join(directory, TAKEOVER);
  try {
    mkdirSync(guard);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new StoreError(
      'DIRECTORY_LOCKED',
      `Another process is taking "${directory}" now. If none is, remove ${guard}.`,
      { retryable: true },
    );
  }
  try {
    const holder = readHolder(file);
    if (holder !== 'none') {
      if (isAlive(holder)) throw locked(directory, file, holder);
      rmSync(file, { force: true });
    }
    if (!create(file, own)) throw locked(directory, file, 'unreadable');
  } finally {
    rmdirSync(guard);
  }
}

function locked(directory: string, file: string, holder: Holder | 'unreadable'): StoreError {
  if (holder === 'unreadable') {
    return new StoreError(
      'DIRECTORY_LOCKED',
      `"${directory}" is locked, and ${file} does not say by whom: its process may be starting. If none is, remove the file.`,
      { retryable: true },
    );
  }
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
  const cure = where === '' ? 'End it first' : `End it first, or remove ${file} when that machine is gone`;
  return new StoreError(
    'DIRECTORY_LOCKED',
    `Process ${holder.pid}${where} uses "${directory}": only one may. ${cure}, or use a PostgreSQL server.`,
  );
}

function readHolder(file: string): Holder | 'unreadable' | 'none' {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isHolder = typeof holder === 'object' && holder !== null && 'pid' in holder && 'host' in holder;
    return isHolder ? (holder as Holder) : 'unreadable';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'none' : 'unreadable';
  }
}

/** Whether the holder may still be there: what cannot be known counts as alive. */
function isAlive(holder: Holder | 'unreadable'): holder is Holder | 'unreadable' {
  if (holder === 'unreadable' || holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if (codeOf(error) === 'ESRCH') return false;
  }
  const now = incarnationOf(holder.pid).incarnation;
  return holder.incarnation === undefined || now === undefined || holder.incarnation === now;
}

/** Linux only: the boot of the machine and the start of the process within it. */
function incarnationOf(pid: number): { readonly incarnation?: string } {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name of the program, in parentheses, may hold anything; the 20th field behind it is the start time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { incarnation: `${boot}:${fields[19]}` };
  } catch {
    return {};
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
