import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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
  const release = () => {
    for (const processId of [process.pid, ...serverProcessIds]) pin(`0-${last}`, processId);
  };
  if (pin('0', process.pid) && apart.every(Boolean)) return release;
  release();
  return undefined;
}

/**
 * The same for threads of this process: the main one gets one processor, those of these names (`name` of a `Worker`) the others.
 *
 * @returns `undefined` where this cannot be done, and nothing was changed.
 */
export function pinThreadsApart(names: readonly string[]): (() => void) | undefined {
  const last = availableParallelism() - 1;
  if (last < 1 || process.platform !== 'linux') return undefined;
  const threads = readdirSync('/proc/self/task').filter((thread) =>
    names.includes(readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim()),
  );
  const pinThread = (processors: string, thread: string | number) =>
    spawnSync('taskset', ['--cpu-list', '--pid', processors, String(thread)]).status === 0;
  const release = () => {
    for (const thread of [process.pid, ...threads]) pinThread(`0-${last}`, thread);
  };
  const apart = threads.map((thread) => pinThread(`1-${last}`, thread));
  if (threads.length >= names.length && pinThread('0', process.pid) && apart.every(Boolean)) return release;
  release();
  return undefined;
}
