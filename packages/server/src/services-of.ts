import { type Caller, callerKey } from './call.ts';
import { type ConnectedDatabase, createDatabases } from './databases.ts';
import type { Services } from './services.ts';

/**
 * The services as a caller sees them: a database that is not its own is as unknown as one that nobody has configured. Everything
 * else is inherited, so that what changes while the process lives is seen as it is.
 */
export function servicesOf(caller: Caller, services: Services): Services {
  const key = callerKey(caller);
  const isVisible = ({ name, owner }: ConnectedDatabase) =>
    owner === undefined ? (caller.databases?.includes(name) ?? true) : owner === key;
  const visible = createDatabases(() => services.databases.all.filter(isVisible));
  const health: Services['health'] = async () => {
    const { databases, version } = await services.health();
    const seen = databases.filter(({ name }) => visible.names.includes(name));
    return { status: seen.every(({ status }) => status === 'up') ? 'ok' : 'degraded', version, databases: seen };
  };
  return Object.create(services, { databases: { value: visible }, health: { value: health } }) as Services;
}
