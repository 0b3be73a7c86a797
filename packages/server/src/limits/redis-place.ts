import { RateLimiterRedis } from 'rate-limiter-flexible';
import { ConfigurationError } from '../config/index.ts';
import type { CounterPlace } from './counters.ts';
import { ANY_NUMBER_OF_POINTS, limiterCounters } from './limiter-counters.ts';

/** A call must not wait longer for its limit than this; the insurance counts instead. */
const COMMAND_TIMEOUT_MS = 500;

/**
 * Counts in Redis or Valkey: one count for every replica. Connects with the first use.
 *
 * @param url `redis://` or `rediss://`
 * @throws ConfigurationError when the client is not installed
 */
export async function createRedisPlace(url: string): Promise<CounterPlace> {
  const { Redis } = await import('ioredis').catch(() => {
    throw new ConfigurationError([
      {
        key: 'PG_MCP_RATE_LIMIT_BACKEND',
        source: 'environment',
        message:
          'Limits in Redis need the package ioredis. Install it beside this one (npm install ioredis), or choose another place.',
      },
    ]);
  });
  const client = new Redis(url, {
    lazyConnect: true,
    // While Redis is away every command fails at once, instead of waiting for it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  // Said by the insurance, once; without a listener the process would end.
  client.on('error', () => undefined);
  // Not awaited by anybody who starts: a Redis that is down is met by the insurance.
  const connecting = client.connect().catch(() => undefined);
  return {
    kind: 'redis',
    make: (duration) => {
      const counters = limiterCounters(
        new RateLimiterRedis({ storeClient: client, keyPrefix: 'pgmcp', points: ANY_NUMBER_OF_POINTS, duration }),
      );
      return {
        add: async (key, points) => connecting.then(() => counters.add(key, points)),
        read: async (key) => connecting.then(() => counters.read(key)),
      };
    },
    close: async () => client.disconnect(),
  };
}
