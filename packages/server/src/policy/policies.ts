import { createGuard, createGuardThreads, type Guard, type GuardMode, type GuardOptions } from '@pgmcp/sql-guard';
import { type Caller, hasScope } from '../call.ts';
import { DEFAULT_POLICY, type PolicyConfiguration } from '../config/index.ts';
import type { ConnectedDatabase } from '../databases.ts';
import { PgmcpError } from '../errors.ts';
import { type Hiding, hidingOf } from './hiding.ts';
import { MODES, mayRun, statementPolicy } from './operations.ts';

/** What a statement is for: its tool decides which modes count. */
export type Purpose = 'read' | 'write';

/** What one caller may do in one database. */
export interface Policy {
  /** The mode of the database, narrowed by the caller's scopes. */
  readonly mode: GuardMode;
  readonly configuration: PolicyConfiguration;
  /** Which tables and columns are kept from statements; for texts of our own that read data, and for masks. */
  readonly hiding: Hiding;
  /** The guard for statements of the reading tools (always read-only), or for those that write. */
  guard(purpose: Purpose): Promise<Guard>;
  /** Whether the lists of the policy leave a kind of statement in. */
  mayRun(kind: Parameters<typeof mayRun>[0]): boolean;
}

/** Finds the policy of a caller. The only place that joins configuration, database and caller into one. */
export interface Policies {
  /** @throws PgmcpError `ACCESS_DENIED` for a caller that may not even read. */
  of(database: ConnectedDatabase, caller: Caller): Policy;
  /** Loads the guard for reading under a policy in the background, so that the first statement need not wait for it. Never fails. */
  warmUp(configuration: PolicyConfiguration): void;
  /** A guard for parse trees alone, for commands that judge nothing. */
  parser(): Promise<Guard>;
  /** Ends the workers of every guard. */
  close(): Promise<void>;
}

/**
 * Makes guards as policies ask for them: callers and databases with equal policies share one. All share one thread, which holds tens of
 * megabytes, so that many policies cost what one does.
 */
export function createPolicies(machinery: Pick<GuardOptions, 'onEvent'>): Policies {
  const threads = createGuardThreads(machinery);
  const guards = new Map<string, Promise<Guard>>();
  const known = new WeakMap<PolicyConfiguration, Map<GuardMode, Policy>>();

  function guardFor(options: GuardOptions): Promise<Guard> {
    const key = JSON.stringify(options);
    const guard = guards.get(key) ?? createGuard({ ...options, threads });
    guards.set(key, guard);
    return guard;
  }

  function policyOf(configuration: PolicyConfiguration, mode: GuardMode): Policy {
    const { allowedOperations, blockedOperations } = configuration;
    // Writing down the options in order to find the guard of equal ones costs as much as a verdict from the cache.
    const found = new Map<Purpose, Promise<Guard>>();
    const find = (purpose: Purpose) => {
      const guard = guardFor(guardOptions(configuration, purpose === 'read' ? 'read-only' : mode));
      found.set(purpose, guard);
      return guard;
    };
    return {
      mode,
      configuration,
      hiding: hidingOf(configuration),
      guard: (purpose) => found.get(purpose) ?? find(purpose),
      mayRun: (kind) => mayRun(kind, allowedOperations, blockedOperations),
    };
  }

  return {
    of({ name, policy: configuration }, caller) {
      const mode = narrowest(configuration.mode, modeOfScopes(caller, name));
      const policies = known.get(configuration) ?? new Map<GuardMode, Policy>();
      known.set(configuration, policies);
      const policy = policies.get(mode) ?? policyOf(configuration, mode);
      policies.set(mode, policy);
      return policy;
    },
    warmUp: (configuration) =>
      void guardFor(guardOptions(configuration, 'read-only')).then(
        (guard) => guard.warmUp(),
        () => undefined,
      ),
    parser: () => guardFor(guardOptions(DEFAULT_POLICY, 'read-only')),
    close: async () => {
      await Promise.all([...guards.values()].map(async (guard) => (await guard).close()));
      await threads.close();
    },
  };
}

function modeOfScopes(caller: Caller, database: string): GuardMode {
  if (hasScope(caller, 'db:admin')) return 'admin';
  if (hasScope(caller, 'db:write')) return 'standard';
  if (hasScope(caller, 'db:read')) return 'read-only';
  throw new PgmcpError(
    'ACCESS_DENIED',
    `Reading the database ${database} needs the scope db:read. Ask the operator for it.`,
  );
}

const narrowest = (one: GuardMode, other: GuardMode): GuardMode =>
  MODES.indexOf(one) <= MODES.indexOf(other) ? one : other;

/** A policy as the guard takes it. */
export function guardOptions(policy: PolicyConfiguration, mode: GuardMode): GuardOptions {
  const { allowedTables, deniedTables, deniedColumns, maskedColumns, hashedColumns } = policy;
  return {
    mode,
    functions: { allow: policy.allowedFunctions, deny: policy.blockedFunctions, extensions: policy.allowedExtensions },
    tables: { ...(allowedTables && { allow: allowedTables }), deny: deniedTables },
    columns: { deny: deniedColumns, mask: [...maskedColumns, ...hashedColumns] },
    statements: statementPolicy(policy.allowedOperations, policy.blockedOperations),
    limits: { maxBytes: policy.maxQueryBytes, maxGeneratedSize: policy.maxGeneratedSize },
  };
}
