import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

function pin(processors: string, processId: number): boolean {
  return spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', processors, String(processId)]).status === 0;
}

/**
 * Gives this process one processor and the others to the server processes it talks to, until the function it returns is called.
 *
 * Every connection has a server process of its own, and the scheduler places each as it likes: on the processor of its client, where the two
 * take turns, or on another one, where they overlap and wake each other. That choice is kept for minutes, differs between connections and
 * depends on what ran before, so that the same two contestants differ by 1.3 or by 2.4. Pinned apart, all of them have the place that client
 * and server have in production.
 *
 * @returns `undefined` where the machine has one processor or no `taskset` (util-linux), and nothing was changed.
 */
export function pinApart(serverProcessIds: readonly number[]): (() => void) | undefined {
  const last = availableParallelism() - 1;
  if (last < 1) return undefined;
  const apart = serverProcessIds.map((processId) => pin(`1-${last}`, processId));
  const release = () => pin(`0-${last}`, process.pid);
  if (pin('0', process.pid) && apart.every(Boolean)) return release;
  release();
  return undefined;
}
