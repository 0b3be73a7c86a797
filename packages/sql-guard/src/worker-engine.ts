import type { CheckedPolicy, PolicyOptions } from './check-policy.ts';
import type { Engine } from './engine.ts';
import { createWorkerThreads, type WorkerThreadsOptions } from './worker-threads.ts';

/** Judges under one policy, in threads of its own. */
export function createWorkerEngine(
  policy: CheckedPolicy,
  written: PolicyOptions,
  options: WorkerThreadsOptions,
): Engine {
  const threads = createWorkerThreads(options);
  return { ...threads.engine(policy, written), close: threads.close };
}
