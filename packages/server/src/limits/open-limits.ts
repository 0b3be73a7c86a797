import type { RateLimitConfiguration, StoreConfiguration } from '../config/index.ts';
import { ConfigurationError } from '../config/index.ts';
import { type Logger, redact } from '../observe/index.ts';
import type { Storage } from '../storage/index.ts';
import type { CounterPlace } from './counters.ts';
import { createLimits, type Limits } from './limits.ts';
import { MEMORY_PLACE } from './memory-place.ts';
import { createPostgresPlace } from './postgres-place.ts';
import type { RateLimitTable } from './rate-limit-table.ts';
import { createRedisPlace } from './redis-place.ts';

/** The limits of a configuration, and the table they need, if any. */
export interface OpenLimits {
  readonly limits: Limits;
  /** For `store check` and `store migrate`. */
  readonly table: RateLimitTable | undefined;
}

/** Opens the place where limits are counted. Connects to nothing. */
export async function openLimits(
  configuration: RateLimitConfiguration,
  store: StoreConfiguration,
  { connections }: Pick<Storage, 'connections'>,
  logger: Logger,
): Promise<OpenLimits> {
  const onTrouble = reportTrouble(configuration.backend, logger);
  const open = (place: CounterPlace) => createLimits(configuration, { place, onTrouble });
  if (!configuration.enabled) return { limits: open(MEMORY_PLACE), table: undefined };
  switch (configuration.backend) {
    case 'memory':
      if (configuration.replicas > 1) {
        logger.warn(
          `Limits are counted in the memory of each of ${configuration.replicas} replicas: together they allow that many times as much. Set PG_MCP_RATE_LIMIT_BACKEND to postgresql or redis.`,
        );
      }
      return { limits: open(MEMORY_PLACE), table: undefined };
    case 'postgresql': {
      if (connections === undefined) {
        throw new ConfigurationError([
          {
            key: 'PG_MCP_RATE_LIMIT_BACKEND',
            source: 'environment',
            message:
              'Limits in PostgreSQL are kept beside the records of the server. Set PG_MCP_STORE_URL, or choose memory or redis.',
          },
        ]);
      }
      const place = createPostgresPlace(connections, store);
      return { limits: open(place), table: place.table };
    }
    case 'redis':
      return { limits: open(await createRedisPlace(configuration.redisUrl?.reveal() ?? '')), table: undefined };
  }
}

/** Once when it begins and once when it ends: every call would say it otherwise. */
function reportTrouble(backend: string, logger: Logger): (error: unknown) => void {
  let troubled = false;
  return (error) => {
    if (error !== undefined && !troubled) {
      const reason = redact(error instanceof Error ? error.message : String(error));
      logger.warn(
        { backend, reason },
        'Limits cannot be counted in their place: each replica counts its share in memory.',
      );
    }
    if (error === undefined && troubled) logger.info({ backend }, 'Limits are counted in their place again.');
    troubled = error !== undefined;
  };
}
