import { checkSnapshot } from './catalog/check-snapshot.ts';
import type { CatalogSnapshot } from './catalog/snapshot.ts';
import { checkContext, type OwnContext } from './check-context.ts';
import { checkPolicy, ownOptions, type PolicyOptions } from './check-policy.ts';
import { checkThreadOptions } from './check-thread-options.ts';
import type { Engine } from './engine.ts';
import { GuardError } from './errors.ts';
import { workerThreadsOf } from './guard-threads.ts';
import { checkInput } from './input-gate.ts';
import type { Job } from './job.ts';
import type { CheckContext, GuardOptions } from './policy.ts';
import type { ParseOutcome, Verdict } from './verdict.ts';
import { createVerdictCache } from './verdict-cache.ts';
import { createWorkerEngine } from './worker-engine.ts';

/** Judges SQL texts under one policy. */
export interface Guard {
  /**
   * Says whether a text may run. Never rejects because of the text, whatever it is.
   *
   * @throws {@link GuardError} `INVALID_OPTIONS` for a wrong context or catalog; `CLOSED` after {@link Guard.close}; `PARSER_UNAVAILABLE` when the parser
   * cannot be loaded in this thread.
   */
  check(sql: string, context?: CheckContext): Promise<Verdict>;
  /**
   * Gives PostgreSQL's parse tree of a text, for those that resolve names. It says nothing about whether the text may run.
   *
   * @throws {@link GuardError} `CLOSED`, `PARSER_UNAVAILABLE`, as {@link Guard.check} does.
   */
  parse(sql: string): Promise<ParseOutcome>;
  /** Loads the parser in the background, so that the first text need not wait for it. Never fails. */
  warmUp(): void;
  /** Ends the workers, unless they are shared. Later checks reject with `CLOSED`. */
  close(): Promise<void>;
}

const noContext: OwnContext = { job: {}, catalog: undefined };

function policyData(options: GuardOptions): PolicyOptions {
  const { engine: _, workers: __, threads: ___, catalog: ____, onEvent: _____, ...policy } = options;
  return policy;
}

/** The catalog of one text: the context's, or the guard's newest. */
function snapshotOf(own: unknown, general: GuardOptions['catalog']): CatalogSnapshot | undefined {
  if (own !== undefined) {
    checkSnapshot(own, 'catalog of the context');
    return own;
  }
  const newest = typeof general === 'function' ? general() : general;
  if (newest !== undefined) checkSnapshot(newest, 'catalog');
  return newest;
}

/**
 * Creates a guard. The parser (WebAssembly, in a worker thread) is loaded by the first check, not before.
 *
 * @param options policy and machinery; an empty object accepts what reads and refuses the rest.
 * @throws {@link GuardError} `INVALID_OPTIONS` with what to write instead.
 */
export async function createGuard(options: GuardOptions = {}): Promise<Guard> {
  const own = ownOptions(options);
  const policy = checkPolicy(own);
  const { engine: engineName = 'worker', workers = 1, threads, catalog, onEvent } = own;
  if (threads !== undefined && (own.engine !== undefined || own.workers !== undefined || onEvent !== undefined))
    throw new GuardError(
      'INVALID_OPTIONS',
      'threads goes with neither engine, workers nor onEvent: leave those out, and give onEvent to createGuardThreads.',
    );
  if (engineName !== 'worker' && engineName !== 'same-thread')
    throw new GuardError('INVALID_OPTIONS', 'engine must be "worker" or "same-thread".');
  checkThreadOptions({ workers, onEvent });
  if (catalog !== undefined && typeof catalog !== 'function') checkSnapshot(catalog, 'catalog');
  const cache = createVerdictCache(policy.limits.maxCachedVerdicts);
  const createEngine = async (): Promise<Engine> => {
    if (threads !== undefined) return workerThreadsOf(threads).engine(policy, policyData(own));
    if (engineName === 'same-thread') return sameThreadEngine(own);
    return createWorkerEngine(policy, policyData(own), { workers, ...(onEvent ? { onEvent } : {}) });
  };
  const engine = await createEngine();
  let closed = false;

  return {
    async check(sql, context) {
      if (closed) throw new GuardError('CLOSED', 'The guard is closed.');
      const { job: place, catalog: ownCatalog } = context === undefined ? noContext : checkContext(context);
      const snapshot = snapshotOf(ownCatalog, catalog);
      const key =
        context === undefined && !snapshot
          ? ''
          : `${place.parameterCount ?? 0} ${place.serverVersionNum ?? ''} ${place.purpose ?? ''} ${snapshot?.fingerprint ?? ''}`;
      const known = typeof sql === 'string' ? cache.get(sql, key) : undefined;
      if (known) return known;
      const gated = checkInput(sql, policy);
      if ('allowed' in gated) return gated;
      const verdict = (await engine.run({ kind: 'check', ...gated, context: place }, snapshot)) as Verdict;
      cache.set(sql, key, verdict);
      return verdict;
    },
    async parse(sql) {
      if (closed) throw new GuardError('CLOSED', 'The guard is closed.');
      const gated = checkInput(sql, policy);
      if ('allowed' in gated) return { parsed: false, violations: gated.violations, retryable: false };
      const job: Job = { kind: 'parse', ...gated };
      return (await engine.run(job)) as ParseOutcome;
    },
    warmUp: engine.warmUp,
    async close() {
      closed = true;
      cache.clear();
      await engine.close();
    },
  };
}

/** Loaded when asked for: what judges is large, and a thread has its own. */
async function sameThreadEngine(options: GuardOptions): Promise<Engine> {
  const [{ compilePolicy }, { createSameThreadEngine }] = await Promise.all([
    import('./compiled-policy.ts'),
    import('./same-thread-engine.ts'),
  ]);
  return createSameThreadEngine(compilePolicy(options), options.onEvent);
}
