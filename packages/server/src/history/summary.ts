import type { HistoryEntry } from './entry.ts';

/** What many calls look like together. Times in milliseconds. */
export interface HistorySummary {
  readonly calls: number;
  readonly succeeded: number;
  readonly refused: number;
  readonly failed: number;
  readonly cancelled: number;
  /** From 0 to 1; refused calls count neither way. 1 when there was none. */
  readonly successRate: number;
  readonly callsPerMinute: number;
  readonly durationMs: {
    readonly average: number;
    readonly median: number;
    readonly p95: number;
    readonly max: number;
  };
}

/**
 * Sums calls up.
 *
 * @param windowMs - the length of time they are from
 */
export function summarize(entries: readonly HistoryEntry[], windowMs: number): HistorySummary {
  const count = (outcome: HistoryEntry['outcome']) => entries.filter((entry) => entry.outcome === outcome).length;
  const [succeeded, refused, failed, cancelled] = [count('ok'), count('refused'), count('failed'), count('cancelled')];
  const tried = succeeded + failed;
  const durations = Float64Array.from(entries, ({ durationMs }) => durationMs).sort();
  const at = (share: number) => durations[Math.max(0, Math.ceil(share * durations.length) - 1)] ?? 0;
  const total = durations.reduce((sum, duration) => sum + duration, 0);
  return {
    calls: entries.length,
    succeeded,
    refused,
    failed,
    cancelled,
    successRate: tried === 0 ? 1 : rounded(succeeded / tried, 4),
    callsPerMinute: windowMs <= 0 ? 0 : rounded((entries.length * 60_000) / windowMs, 2),
    durationMs: {
      average: durations.length === 0 ? 0 : rounded(total / durations.length, 1),
      median: median(durations),
      p95: at(0.95),
      max: at(1),
    },
  };
}

function median(sorted: Float64Array): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : rounded(((sorted[middle - 1] ?? 0) + upper) / 2, 1);
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
