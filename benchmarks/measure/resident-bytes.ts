import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Memory that a process holds now; NaN where the operating system does not say. */
export async function residentBytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
