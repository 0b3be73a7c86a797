import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Not by the recursive mkdir of Node, which tries for ever where a folder can be seen and nothing
 * can be made in it because the file system answers ENOENT, as in /proc.
 *
 * @param mode - of the folders that are made
 */
export function makeDirectory(directory: string, mode = 0o777): void {
  if (existsSync(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) makeDirectory(parent, mode);
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
