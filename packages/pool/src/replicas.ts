import { type CheckedBinding, checkBinding } from './binding.ts';
import { targetName } from './connect.ts';
import { errorCode, PoolError, toError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import { type ReplicaHealth, toHealthError } from './health.ts';
import type { Lender } from './lender.ts';
import { type ReadParts, read } from './read.ts';
import type { BreakerState } from './retry.ts';
import { createObjectSink } from './rows.ts';
import type { ResolvedSettings } from './settings.ts';
import type { PoolStats } from './stats.ts';

/** What is known about a replica is asked again after this time. */
const PROBE_AFTER_MS = 1_000;
const PROBE_TIMEOUT_MS = 1_000;
/** A replica that failed is left alone for this time, unless all have failed. */
const SET_ASIDE_MS = 5_000;

// Seconds alone mislead: on an idle primary the last change gets older although nothing is missing.
const PROBE = `
  SELECT pg_catalog.pg_is_in_recovery() AS standby,
         pg_catalog.pg_last_wal_replay_lsn()::text AS position,
         CASE WHEN pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn() THEN 0
              ELSE 1000 * extract(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()) END::float8 AS lag_ms`;

interface ProbeRow {
  readonly standby: boolean;
  readonly position: string | null;
  readonly lag_ms: number | null;
}

interface Server extends ReadParts {
  readonly lender: Lender;
  readonly breaker: () => BreakerState;
}

interface Replica {
  readonly server: Server;
  readonly target: string;
  setAsideUntil: number;
  probedAt: number;
  position: string;
  lagMs: number;
  probing: Promise<void> | undefined;
}

/** Chooses where a read goes. */
export interface Replicas {
  /** The primary, or a replica when the binding asks for one and one is good enough. */
  choose<Primary extends ReadParts>(binding: CheckedBinding, primary: Primary): Promise<Primary | Server>;
  /** Runs a read there; once more on the primary when a replica failed it and the binding allows. */
  route<T>(binding: CheckedBinding, primary: ReadParts, run: (parts: ReadParts) => Promise<T>): Promise<T>;
  health(): Promise<readonly ReplicaHealth[]>;
  stats(): { readonly replicas?: readonly PoolStats[] };
}

/** Whether position `a` of the log is at `b` or behind it. */
export function hasReached(a: string, b: string): boolean {
  const number = (position: string) => {
    const [high = '0', low = '0'] = position.split('/');
    return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
  };
  return a !== '' && number(a) >= number(b);
}

/** The replica's fault, not the statement's: another server may do better. */
function isReplicaFault(error: unknown): boolean {
  return ['CONNECT_FAILED', 'CONNECTION_LOST', 'TIMEOUT', 'BUSY', '40001', '25006'].includes(errorCode(error) ?? '');
}

export function createReplicas(
  servers: readonly Server[],
  settings: ResolvedSettings,
  emit: (event: PoolEvent) => void,
): Replicas {
  const database = settings.name;
  const all: readonly Replica[] = servers.map((server) => ({
    server,
    target: server.settings.hosts.map(targetName).join(),
    setAsideUntil: 0,
    probedAt: Number.NEGATIVE_INFINITY,
    position: '',
    lagMs: Number.POSITIVE_INFINITY,
    probing: undefined,
  }));
  let turn = 0;

  function setAside(replica: Replica, thrown: unknown): void {
    const error = toError(thrown);
    replica.setAsideUntil = performance.now() + SET_ASIDE_MS;
    replica.probedAt = Number.NEGATIVE_INFINITY;
    emit({ type: 'replica-set-aside', database, target: replica.target, error });
  }

  async function askNow(replica: Replica): Promise<void> {
    const binding = checkBinding(settings, { timeoutMs: PROBE_TIMEOUT_MS });
    const { rows } = await read(replica.server, binding, { text: PROBE, values: [], maxRows: 0 }, createObjectSink);
    const [row] = rows as ProbeRow[];
    if (row?.standby !== true)
      throw new PoolError('CONNECT_FAILED', `${replica.target} is not a replica (any more).`, { database });
    replica.position = row.position ?? '';
    replica.lagMs = row.lag_ms ?? Number.POSITIVE_INFINITY;
    replica.probedAt = performance.now();
  }

  /** One question at a time, however many callers want to know. */
  function probe(replica: Replica): Promise<void> {
    replica.probing ??= askNow(replica).finally(() => {
      replica.probing = undefined;
    });
    return replica.probing;
  }

  async function isGoodEnough(replica: Replica, afterPosition: string | undefined): Promise<boolean> {
    const isFarEnough = () => afterPosition === undefined || hasReached(replica.position, afterPosition);
    try {
      if (performance.now() - replica.probedAt > PROBE_AFTER_MS || !isFarEnough()) await probe(replica);
    } catch (error) {
      setAside(replica, error);
      return false;
    }
    return replica.lagMs <= settings.maxReplicaLagMs && isFarEnough();
  }

  async function findReplica(afterPosition: string | undefined): Promise<Replica | undefined> {
    const now = performance.now();
    const usable = all.filter(({ setAsideUntil }) => setAsideUntil <= now);
    // When all have failed, all get another chance.
    const candidates = usable.length > 0 ? usable : all;
    turn += 1;
    for (let step = 0; step < candidates.length; step += 1) {
      const replica = candidates[(turn + step) % candidates.length];
      if (replica !== undefined && (await isGoodEnough(replica, afterPosition))) return replica;
    }
    return undefined;
  }

  async function chooseReplica({ access, target, afterPosition }: CheckedBinding): Promise<Replica | undefined> {
    if (access === 'read-write' || target === 'primary') return undefined;
    const replica = await findReplica(afterPosition);
    if (replica !== undefined || target === 'prefer-replica') return replica;
    throw new PoolError(
      'CONNECT_FAILED',
      `Database "${database}": no replica can be reached, is at most ${settings.maxReplicaLagMs} ms behind and has the changes asked for. Use target "prefer-replica" to fall back to the primary.`,
      { database, retryable: true },
    );
  }

  return {
    choose: async (binding, primary) => (await chooseReplica(binding))?.server ?? primary,
    route: async (binding, primary, run) => {
      if (binding.target === 'primary') return run(primary);
      const replica = await chooseReplica(binding);
      if (replica === undefined) return run(primary);
      try {
        return await run(replica.server);
      } catch (error) {
        if (!isReplicaFault(error)) throw error;
        setAside(replica, error);
        if (binding.target === 'replica') throw error;
        return run(primary);
      }
    },
    health: () =>
      Promise.all(
        all.map(async (replica): Promise<ReplicaHealth> => {
          try {
            await probe(replica);
            return {
              name: replica.target,
              status: 'up',
              position: replica.position,
              ...(Number.isFinite(replica.lagMs) ? { lagMs: replica.lagMs } : {}),
            };
          } catch (error) {
            return {
              name: replica.target,
              status: 'down',
              error: toHealthError(error),
            };
          }
        }),
      ),
    stats: () =>
      all.length === 0
        ? {}
        : {
            replicas: all.map(({ server: { lender, breaker }, target }) => ({
              name: target,
              ...lender.counts(),
              max: settings.maxConnections,
              breaker: breaker(),
              borrowed: lender.waitTimes.count(),
              waitMs: lender.waitTimes.percentiles(),
            })),
          },
  };
}
