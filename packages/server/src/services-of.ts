import { type Caller, callerKey } from './call.ts';
import { type ConnectedDatabase, createDatabases } from './databases.ts';
import { readServiceHealth } from './service-health.ts';
import type { Services } from './services.ts';

/**
 * The services as a caller sees them: a database that is not its own is as unknown as one that nobody has configured. Everything
 * else is inherited, so that what changes while the process lives is seen as it is.
 */
export function servicesOf(caller: Caller, services: Services): Services {
  const key = callerKey(caller);
  const isVisible = ({ name, owner }: Pick<ConnectedDatabase, 'name' | 'owner'>) =>
    owner === undefined ? (caller.databases?.includes(name) ?? true) : owner === key;
  const visible = createDatabases(() => services.databases.all.filter(isVisible));
  const health: Services['health'] = () => readServiceHealth(visible);
  const poolStats: Services['poolStats'] = () => services.poolStats().filter(isVisible);
  return Object.create(services, {
    databases: { value: visible },
    health: { value: health },
    poolStats: { value: poolStats },
  }) as Services;
}
