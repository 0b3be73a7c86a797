import { LRUCache } from 'lru-cache';
import { type Call, callerKey, noProgress } from '../call.ts';
import type { HistoryConfiguration } from '../config/index.ts';
import type { Executor } from '../execute.ts';
import type { OutsideStatement } from '../execution/statement.ts';
import { redact } from '../observe/index.ts';
import { startCall } from '../start-call.ts';
import type { StatementRecord } from '../statement-record.ts';
import type { History } from './history.ts';
import { planWithoutLiterals } from './plan-without-literals.ts';

/** How long a plan may take to be made, in milliseconds. */
const PLAN_TIMEOUT_MS = 5_000;

/** Longest plan that is kept, in characters: a history is no dump. */
const MAX_PLAN = 8_000;

/** The same statement is explained once in this time, in milliseconds: under load the plans themselves would be the load. */
const PLAN_EVERY_MS = 600_000;

/** What {@link createSlowCapture} stands on. */
export interface SlowCaptureParts {
  readonly history: History;
  readonly configuration: HistoryConfiguration;
  readonly executor: () => Pick<Executor, 'plan'>;
  readonly shutdownSignal: AbortSignal;
}

/**
 * Makes what looks at each statement that has ended, and remembers the slow ones with the plan that PostgreSQL would choose now.
 * The plan is made as the caller, by the same path as any statement.
 */
export function createSlowCapture({ history, configuration, executor, shutdownSignal }: SlowCaptureParts) {
  const { enabled, slowPlans, slowThresholdMs } = configuration;
  const explained = new LRUCache<string, true>({ max: 1_000, ttl: PLAN_EVERY_MS });

  async function planOf(statement: OutsideStatement, call: Call, fingerprint: string): Promise<string | undefined> {
    const key = `${statement.database.name}/${fingerprint}`;
    if (!slowPlans || explained.has(key)) return undefined;
    explained.set(key, true);
    const { call: planCall } = startCall({
      tool: 'slow statement',
      caller: call.caller,
      signal: AbortSignal.any([shutdownSignal, AbortSignal.timeout(PLAN_TIMEOUT_MS)]),
      progress: noProgress,
    });
    const { plan } = await executor().plan({ ...statement, keepsRest: false }, planCall);
    return redact(planWithoutLiterals(plan)).slice(0, MAX_PLAN);
  }

  return async (record: StatementRecord, statement: OutsideStatement, call: Call): Promise<void> => {
    const { database, normalized, fingerprint, durationMs, rows, kind } = record;
    if (!enabled || durationMs < slowThresholdMs || kind === 'explain') return;
    if (normalized === undefined || fingerprint === undefined) return;
    // A plan is a help, and a statement that could not be explained was slow all the same.
    const plan = await planOf(statement, call, fingerprint).catch(() => undefined);
    history.recordSlow({
      requestId: call.requestId,
      at: new Date(Date.now() - durationMs).toISOString(),
      caller: callerKey(call.caller),
      tool: call.tool,
      database,
      sql: redact(normalized).slice(0, 4_000),
      fingerprint,
      durationMs: Math.round(durationMs * 10) / 10,
      rows,
      ...(plan !== undefined && { plan }),
    });
  };
}
