import type { Services } from '@pgmcp/server';

/** Whether this replica should be given requests, and why not. */
export interface Readiness {
  readonly ready: boolean;
  /** Names of what is not ready; no addresses, no errors of drivers. */
  readonly reasons: readonly string[];
}

/** The longest a check may take, in milliseconds: a balancer asks every few hundred. */
const CHECK_MS = 500;

/**
 * Says whether this replica can serve: at least one database answers, the store answers, and it was not asked to end. One database
 * that is down among several does not take the others from their callers.
 */
export function createReadiness(
  services: Pick<Services, 'health' | 'storage' | 'configuration' | 'audit'>,
  draining: () => boolean,
): () => Promise<Readiness> {
  let migrating: Promise<unknown> | undefined;
  /** A store that may be migrated is migrated before it is needed, not by the first caller. */
  async function storeHealth() {
    const health = await services.storage.health();
    if (health.status === 'up' || !services.configuration.store.autoMigrate) return health;
    migrating ??= services.storage.store.migrate().finally(() => {
      migrating = undefined;
    });
    await migrating;
    return services.storage.health();
  }

  return async () => {
    if (draining()) return { ready: false, reasons: ['draining'] };
    const [databases, store] = await Promise.all([within(services.health()), within(storeHealth())]);
    const reasons: string[] = [];
    if (databases === undefined || databases.databases.every(({ status }) => status === 'down'))
      reasons.push('no database answers');
    if (store?.status !== 'up') reasons.push('the store does not answer, or needs "store migrate"');
    if (services.audit.state.failing) reasons.push('the audit log cannot be written');
    return { ready: reasons.length === 0, reasons };
  };
}

async function within<Result>(work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), CHECK_MS);
  });
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
