import type { CompiledPolicy, PolicyOptions } from './compiled-policy.ts';
import type { Engine } from './engine.ts';
import { createWorkerThreads, type WorkerThreadsOptions } from './worker-threads.ts';

/** Judges under one policy, in threads of its own. */
export function createWorkerEngine(
  policy: CompiledPolicy,
  written: PolicyOptions,
  options: WorkerThreadsOptions,
): Engine {
  const threads = createWorkerThreads(options);
  return { ...threads.engine(policy, written), close: threads.close };
}
