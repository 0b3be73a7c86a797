import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

// Asks for its parent now and then, so that it ends with a benchmark that was killed.
const LOOP = 'while kill -0 "$1" 2>/dev/null; do n=0; while [ $n -lt 200000 ]; do n=$((n+1)); done; done';

/**
 * Keeps every processor from halting while something is measured that passes through several processes or threads: one endless loop a
 * processor in Linux's SCHED_IDLE class, which gives way to anything else at once.
 *
 * A halted virtual processor is woken by its host, and what that takes (20 to 100 us, several times a call) depends on how deep it slept. A
 * call that one process answers in 30 us keeps both sides awake and pays nothing; one that takes 50 us may pay for each hop, so that the
 * ratio of the two tells of the host and not of the programs. Pinning both to one processor avoids it too, but takes away what runs beside.
 *
 * @returns A function that ends the loops; `undefined` where the machine has no `chrt` (util-linux), and nothing was started.
 */
export function keepProcessorsAwake(): (() => void) | undefined {
  if (spawnSync('chrt', ['--idle', '0', 'true']).status !== 0) return undefined;
  const loops: ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    spawn('chrt', ['--idle', '0', 'sh', '-c', LOOP, 'keep-awake', String(process.pid)], { stdio: 'ignore' }),
  );
  return () => {
    for (const loop of loops) loop.kill('SIGKILL');
  };
}
