import { AsyncLocalStorage } from 'node:async_hooks';

const admitted = new AsyncLocalStorage<true>();

/**
 * Runs the work of a request that its transport has counted against the limits already, so that it is not counted twice. HTTP does
 * that before any work, because a status code cannot be sent once the answer has begun.
 */
export function runAdmitted<Result>(work: () => Promise<Result>): Promise<Result> {
  return admitted.run(true, work);
}

/** Whether the request under way has been counted. */
export function isAdmitted(): boolean {
  return admitted.getStore() === true;
}
