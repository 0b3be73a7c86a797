import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

// Short, because the path of a Unix socket inside may not exceed 103 bytes and macOS's temporary directory takes 49.
// The host's hash keeps containers apart that share a temporary directory but not their process numbers.
const hostHash = createHash('sha256').update(hostname()).digest('hex').slice(0, 4);
const namePattern = new RegExp(`^pgmcp-${hostHash}-(\\d+)-\\w{6}$`);

/** Makes the directory that holds everything of one server. Its name tells the process that owns it. */
export function createWorkDirectory(temporaryDirectory: string): string {
  const directory = mkdtempSync(join(temporaryDirectory, `pgmcp-${hostHash}-${process.pid}-`));
  // The server's user must get through; what is inside belongs to him and is closed to others.
  chmodSync(directory, 0o711);
  return directory;
}

/** Removes a work directory; files may still be disappearing under our hands. */
export function removeWorkDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/**
 * Removes directories of servers whose owner and whose watchdog both died (a container killed as a whole, a power cut),
 * and ends a server that outlived them, when it is certain that it is that server.
 */
export function removeStaleWorkDirectories(temporaryDirectory: string): void {
  for (const name of namesIn(temporaryDirectory)) {
    const owner = namePattern.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const directory = join(temporaryDirectory, name);
    try {
      if (lstatSync(directory).uid !== (process.getuid?.() ?? 0)) continue;
      if (endOrphan(directory)) removeWorkDirectory(directory);
    } catch {
      // Another start is removing the same directory, or it is not ours to remove: neither stops this start.
    }
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // A place that does not exist here, or is closed to us, holds nothing of ours.
    return [];
  }
}

/** @returns Whether no server runs in the directory any more. */
function endOrphan(directory: string): boolean {
  const pid = readPostmasterPid(join(directory, 'data'));
  if (pid === undefined || !isAlive(pid)) return true;
  // Process numbers are reused. Only Linux tells without a further program whose number it is; elsewhere leave it alone.
  if (process.platform !== 'linux') return false;
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  if (!command.includes(directory)) return true;
  process.kill(pid, 'SIGKILL');
  return true;
}

/** The process number a running server wrote into its data directory. */
function readPostmasterPid(dataDirectory: string): number | undefined {
  const line = readPostmasterFile(dataDirectory)[0];
  return line !== undefined && /^\d+$/.test(line) ? Number(line) : undefined;
}

/** The lines of `postmaster.pid`; none when there is no such file. The eighth tells "ready". */
export function readPostmasterFile(dataDirectory: string): string[] {
  try {
    return readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
