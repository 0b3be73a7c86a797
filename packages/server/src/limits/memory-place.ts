import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { CounterPlace } from './counters.ts';
import { ANY_NUMBER_OF_POINTS, limiterCounters } from './limiter-counters.ts';

/** Counts in this process: several replicas each allow the whole. */
export const MEMORY_PLACE: CounterPlace = {
  kind: 'memory',
  make: (duration) => limiterCounters(new RateLimiterMemory({ points: ANY_NUMBER_OF_POINTS, duration })),
  close: async () => undefined,
};
