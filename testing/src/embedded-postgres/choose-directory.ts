import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';
const gibibyte = 1024 ** 3;

/**
 * Where the files of a throw-away server go: into memory on a Linux that has plenty of it, else into the temporary
 * directory of the operating system. A new cluster is a thousand files, which some disks take seconds to make.
 *
 * `TMPDIR`, when set, is obeyed.
 */
export function chooseTemporaryDirectory(): string {
  const chosenByUser = (process.env['TMPDIR'] ?? '') !== '';
  return !chosenByUser && process.platform === 'linux' && hasPlenty(inMemory) ? inMemory : tmpdir();
}

/** Every place where a server may have left files. */
export function temporaryDirectories(): string[] {
  return process.platform === 'linux' ? [tmpdir(), inMemory] : [tmpdir()];
}

/** Containers often have 64 MB there, or a limit on all memory that counts these files. */
function hasPlenty(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= 2 * gibibyte && process.availableMemory() >= 4 * gibibyte;
  } catch {
    return false;
  }
}
