/** How many of the latest waits the percentiles look at. */
const WINDOW = 1_000;

/** What one database's pool looks like at one moment; every time in milliseconds. */
export interface PoolStats {
  readonly name: string;
  /** Open connections: idle and lent. */
  readonly total: number;
  readonly idle: number;
  readonly lent: number;
  /** Connections that are being opened. */
  readonly connecting: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
  /** `maxConnections` of the settings. */
  readonly max: number;
  /** `open`: the server could not be reached lately, and calls are refused after one attempt. */
  readonly breaker: 'closed' | 'open' | 'half-open';
  /** Times a connection was lent since the start. */
  readonly borrowed: number;
  /** Of the latest 1,000 times: how long the caller waited, opening and pinging included. */
  readonly waitMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  /** The same for each replica; its name is the target. */
  readonly replicas?: readonly PoolStats[];
}

/** Remembers the latest waits. */
export interface WaitTimes {
  add(waitMs: number): void;
  count(): number;
  percentiles(): PoolStats['waitMs'];
}

export function createWaitTimes(): WaitTimes {
  const latest: number[] = [];
  let count = 0;
  return {
    add: (waitMs) => {
      latest[count % WINDOW] = waitMs;
      count += 1;
    },
    count: () => count,
    percentiles: () => {
      const sorted = Float64Array.from(latest).sort();
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 };
    },
  };
}
