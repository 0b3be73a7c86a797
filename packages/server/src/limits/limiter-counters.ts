import type { RateLimiterRes } from 'rate-limiter-flexible';
import type { Counters } from './counters.ts';

/** What is used of the limiters of `rate-limiter-flexible`. */
interface Limiter {
  consume(key: string, points: number): Promise<RateLimiterRes>;
  reward(key: string, points: number): Promise<RateLimiterRes>;
  get(key: string): Promise<RateLimiterRes | null>;
}

/**
 * Points of a limiter that only counts: the limit is on the sum of two counters, which a limiter cannot know. Infinity is no safe
 * number to it, hence the largest integer.
 */
export const ANY_NUMBER_OF_POINTS = Number.MAX_SAFE_INTEGER;

/** Uses a limiter as a counter. */
export function limiterCounters(limiter: Limiter): Counters {
  return {
    add: async (key, points) =>
      (points < 0 ? await limiter.reward(key, -points) : await limiter.consume(key, points)).consumedPoints,
    read: async (key) => (await limiter.get(key))?.consumedPoints ?? 0,
  };
}
