import { checkPolicy, type PolicyOptions } from './check-policy.ts';
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
   * @throws {@link GuardError} `INVALID_OPTIONS` for a wrong context; `CLOSED` after {@link Guard.close}; `PARSER_UNAVAILABLE` when the parser
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

const noContext: CheckContext = {};

function policyData(options: GuardOptions): PolicyOptions {
  const { engine: _, workers: __, threads: ___, catalog: ____, onEvent: _____, ...policy } = options;
  return policy;
}

function checkContext(context: CheckContext): void {
  const { parameterCount = 0, serverVersionNum = 180_000, purpose = 'run' } = context;
  if (!Number.isInteger(parameterCount) || parameterCount < 0)
    throw new GuardError('INVALID_OPTIONS', 'parameterCount must be a non-negative integer.');
  if (!Number.isInteger(serverVersionNum) || serverVersionNum < 90_000) {
    throw new GuardError(
      'INVALID_OPTIONS',
      'serverVersionNum must be the server_version_num of the server, such as 160004.',
    );
  }
  if (purpose !== 'run' && purpose !== 'explain-analyze')
    throw new GuardError('INVALID_OPTIONS', 'purpose must be "run" or "explain-analyze".');
}

/**
 * Creates a guard. The parser (WebAssembly, in a worker thread) is loaded by the first check, not before.
 *
 * @param options policy and machinery; an empty object accepts what reads and refuses the rest.
 * @throws {@link GuardError} `INVALID_OPTIONS` with what to write instead.
 */
export async function createGuard(options: GuardOptions = {}): Promise<Guard> {
  const policy = checkPolicy(options);
  const { engine: engineName = 'worker', workers = 1, threads, catalog, onEvent } = options;
  if (threads !== undefined && (options.engine !== undefined || options.workers !== undefined || onEvent !== undefined))
    throw new GuardError(
      'INVALID_OPTIONS',
      'threads goes with neither engine, workers nor onEvent: leave those out, and give onEvent to createGuardThreads.',
    );
  if (engineName !== 'worker' && engineName !== 'same-thread')
    throw new GuardError('INVALID_OPTIONS', 'engine must be "worker" or "same-thread".');
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    throw new GuardError('INVALID_OPTIONS', 'workers must be an integer from 1 to 64.');
  const cache = createVerdictCache(policy.limits.maxCachedVerdicts);
  const createEngine = async (): Promise<Engine> => {
    if (threads !== undefined) return workerThreadsOf(threads).engine(policy, policyData(options));
    if (engineName === 'same-thread') return sameThreadEngine(options);
    return createWorkerEngine(policy, policyData(options), { workers, ...(onEvent ? { onEvent } : {}) });
  };
  const engine = await createEngine();
  let closed = false;

  return {
    async check(sql, context = noContext) {
      if (closed) throw new GuardError('CLOSED', 'The guard is closed.');
      if (context !== noContext) checkContext(context);
      const { catalog: ownCatalog, ...jobContext } = context;
      const snapshot = ownCatalog ?? (typeof catalog === 'function' ? catalog() : catalog);
      const key =
        context === noContext && !snapshot
          ? ''
          : `${context.parameterCount ?? 0} ${context.serverVersionNum ?? ''} ${context.purpose ?? ''} ${snapshot?.fingerprint ?? ''}`;
      const known = typeof sql === 'string' ? cache.get(sql, key) : undefined;
      if (known) return known;
      const gated = checkInput(sql, policy);
      if ('allowed' in gated) return gated;
      const verdict = (await engine.run({ kind: 'check', ...gated, context: jobContext }, snapshot)) as Verdict;
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
