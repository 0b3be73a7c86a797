import type { AskEvent, AskEventListener } from './events.ts';
import type { Attempt, OutcomeUsage } from './outcome.ts';
import type { TokenUsage } from './ports.ts';

/** Records what happens to one question. */
export interface Trace {
  readonly attempts: readonly Attempt[];
  emit(event: AskEvent): void;
  attempted(attempt: Attempt): void;
  modelCalled(usage: TokenUsage | undefined): void;
  usage(): OutcomeUsage;
  /** Milliseconds since the question was taken on. */
  elapsedMs(): number;
}

/** Begins the record of a question, whose events go to these listeners. */
export function createTrace(listeners: readonly (AskEventListener | undefined)[]): Trace {
  const startedAt = performance.now();
  const attempts: Attempt[] = [];
  let usage: OutcomeUsage = { modelCalls: 0, promptTokens: 0, completionTokens: 0, totalTokens: 0 };
  const emit = (event: AskEvent): void => {
    for (const listener of listeners) {
      try {
        listener?.(event);
      } catch {
        // An observer that fails must not turn an answer into a failure.
      }
    }
  };
  return {
    attempts,
    emit,
    attempted: (attempt) => {
      attempts.push(attempt);
      emit({ type: 'attempted', attempt });
    },
    modelCalled: (spent) => {
      usage = addUsage(usage, spent);
    },
    usage: () => usage,
    elapsedMs: () => performance.now() - startedAt,
  };
}

const sum = (left: number | undefined, right: number | undefined): number | undefined =>
  left === undefined && right === undefined ? undefined : (left ?? 0) + (right ?? 0);

function addUsage(total: OutcomeUsage, spent: TokenUsage | undefined): OutcomeUsage {
  return {
    modelCalls: total.modelCalls + 1,
    promptTokens: total.promptTokens + (spent?.promptTokens ?? 0),
    completionTokens: total.completionTokens + (spent?.completionTokens ?? 0),
    totalTokens: total.totalTokens + (spent?.totalTokens ?? 0),
    cachedPromptTokens: sum(total.cachedPromptTokens, spent?.cachedPromptTokens),
    reasoningTokens: sum(total.reasoningTokens, spent?.reasoningTokens),
  };
}

/** Runs a piece of work and says how long it took, also when it throws. */
export async function timed<Value>(work: () => Promise<Value>, record: (durationMs: number) => void): Promise<Value> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    record(performance.now() - startedAt);
  }
}
