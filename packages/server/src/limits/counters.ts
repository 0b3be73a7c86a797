/** Counts points under keys that are forgotten some time after they were first used. Each addition is one step, for any number of replicas. */
export interface Counters {
  /** @returns the count with what was added; a negative number takes back. */
  add(key: string, points: number): Promise<number>;
  /** @returns 0 for a key that was never used or is forgotten. */
  read(key: string): Promise<number>;
}

/** Makes counters whose keys live `durationSeconds`. */
export type MakeCounters = (durationSeconds: number) => Counters;

/** Where limits are counted. */
export interface CounterPlace {
  readonly kind: 'memory' | 'postgresql' | 'redis';
  readonly make: MakeCounters;
  close(): Promise<void>;
}
