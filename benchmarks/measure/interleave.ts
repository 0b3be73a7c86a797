/** Something that is measured: a floor, or what is held against it. */
export interface Contestant {
  readonly name: string;
  /** One call; its duration is the measurement. */
  readonly call: () => Promise<unknown>;
}

/** How often to measure. */
export interface Repetition {
  /** Rounds; in each, every contestant has its turn. */
  readonly rounds: number;
  /** Calls of one turn. */
  readonly calls: number;
  /** Calls before a contestant's first turn that do not count. Default: one turn. */
  readonly warmUpCalls?: number;
}

/** What one contestant took. */
export interface Measurement {
  readonly name: string;
  /** Median and 99th percentile over all calls, in milliseconds. */
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Median over rounds of (median of this contestant / median of the first one in the same round). The first one has 1. */
  readonly ratio: number;
  /** 99th percentile over all calls / that of the first contestant. */
  readonly p99Ratio: number;
  readonly calls: number;
}

/**
 * Measures contestants in turns, so that whatever else the machine does falls on all of them alike. The first is the floor: absolute times
 * say more about the machine than about the program, ratios of the same round less so.
 */
export async function interleave(
  contestants: readonly Contestant[],
  { rounds, calls, warmUpCalls = calls }: Repetition,
): Promise<readonly Measurement[]> {
  for (const { call } of contestants) for (let n = 0; n < warmUpCalls; n += 1) await call();
  const turns = contestants.map((): number[][] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { call }] of contestants.entries()) turns[index]?.push(await timeTurn(call, calls));
  }
  const [floorTurns = []] = turns;
  const floorP99 = percentile(floorTurns.flat(), 0.99);
  return contestants.map(({ name }, index) => {
    const own = turns[index] ?? [];
    const all = own.flat();
    const p99Ms = percentile(all, 0.99);
    return {
      name,
      medianMs: percentile(all, 0.5),
      p99Ms,
      ratio: percentile(
        own.map((turn, round) => percentile(turn, 0.5) / percentile(floorTurns[round] ?? [], 0.5)),
        0.5,
      ),
      p99Ratio: p99Ms / floorP99,
      calls: all.length,
    };
  });
}

async function timeTurn(call: () => Promise<unknown>, calls: number): Promise<number[]> {
  const durations: number[] = [];
  for (let n = 0; n < calls; n += 1) {
    const startedAt = performance.now();
    await call();
    durations.push(performance.now() - startedAt);
  }
  return durations;
}

/** The value that a share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
