/** Counts calls under way, so that a shutdown can wait for them. */
export interface InFlight {
  readonly count: number;
  /** Counts one call; the function returned ends it. */
  start(): () => void;
  /** Resolves with true when no call is under way, or with false after `deadlineMs`. */
  settled(deadlineMs: number): Promise<boolean>;
}

/** Makes a counter of calls under way. */
export function createInFlight(): InFlight {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    get count() {
      return count;
    },
    start() {
      count += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        count -= 1;
        if (count === 0) for (const wake of waiting) wake();
      };
    },
    settled(deadlineMs) {
      if (count === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const finish = (quiet: boolean) => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve(quiet);
        };
        const wake = () => finish(true);
        const timer = setTimeout(() => finish(false), deadlineMs);
        waiting.add(wake);
      });
    },
  };
}
