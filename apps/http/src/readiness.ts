import type { Services } from '@pgmcp/server';
import { createPulse } from './pulse.ts';

/** Whether this replica should be given requests, and why not. */
export interface Readiness {
  readonly ready: boolean;
  /** Names of what is not ready; no addresses, no errors of drivers. */
  readonly reasons: readonly string[];
}

/**
 * Says whether this replica can serve: at least one database answers, the store answers, and it was not asked to end. One database
 * that is down or silent among several does not take the others from their callers, and one that is busy is not down.
 */
export function createReadiness(
  services: Pick<Services, 'databases' | 'storage' | 'configuration' | 'audit'>,
  draining: () => boolean,
): () => Promise<Readiness> {
  const storeAnswers = createPulse(() => storeIsUp(services));
  /** By what is connected to: a reload may replace a database under its name. */
  const pulses = new WeakMap<Connections, () => Promise<boolean>>();
  function answers(connections: Connections): Promise<boolean> {
    const pulse = pulses.get(connections) ?? createPulse(() => isUp(connections));
    pulses.set(connections, pulse);
    return pulse();
  }

  return async () => {
    if (draining()) return { ready: false, reasons: ['draining'] };
    const [store, ...databases] = await Promise.all([
      storeAnswers(),
      ...services.databases.all.map(({ connections }) => answers(connections)),
    ]);
    const reasons: string[] = [];
    if (!databases.includes(true)) reasons.push('no database answers');
    if (!store) reasons.push('the store does not answer, or needs "store migrate"');
    if (services.audit.state.failing) reasons.push('the audit log cannot be written');
    return { ready: reasons.length === 0, reasons };
  };
}

type Connections = Services['databases']['all'][number]['connections'];

async function isUp(connections: Connections): Promise<boolean> {
  const { status, error } = await connections.health();
  // Every connection is lent: to calls, which are answered.
  return status === 'up' || error?.code === 'BUSY';
}

/** A store that may be migrated is migrated before it is needed, not by the first caller. */
async function storeIsUp({ storage, configuration }: Pick<Services, 'storage' | 'configuration'>): Promise<boolean> {
  const { status } = await storage.health();
  if (status === 'up' || !configuration.store.autoMigrate) return status === 'up';
  await storage.store.migrate();
  return (await storage.health()).status === 'up';
}
