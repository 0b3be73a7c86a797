import type { Caller } from './call.ts';
import { createDatabases } from './databases.ts';
import type { Services } from './services.ts';

/**
 * The services as a caller sees them: a database that is not its own is as unknown as one that nobody has configured. Everything
 * else is inherited, so that what changes while the process lives is seen as it is.
 */
export function servicesOf(caller: Caller, services: Services): Services {
  const { databases: own } = caller;
  if (own === undefined) return services;
  const visible = createDatabases(services.databases.all.filter(({ name }) => own.includes(name)));
  const health: Services['health'] = async () => {
    const { databases, version } = await services.health();
    const seen = databases.filter(({ name }) => own.includes(name));
    return { status: seen.every(({ status }) => status === 'up') ? 'ok' : 'degraded', version, databases: seen };
  };
  return Object.create(services, { databases: { value: visible }, health: { value: health } }) as Services;
}
