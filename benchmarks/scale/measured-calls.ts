import { percentile } from '../measure/interleave.ts';

/** Durations of calls one after another in milliseconds, the first few left away. */
export async function timeCalls(count: number, call: (index: number) => Promise<unknown>): Promise<readonly number[]> {
  const durations: number[] = [];
  for (let index = -Math.ceil(count / 4); index < count; index += 1) {
    const startedAt = performance.now();
    await call(Math.abs(index));
    if (index >= 0) durations.push(performance.now() - startedAt);
  }
  return durations;
}

/** The value in the middle. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);
