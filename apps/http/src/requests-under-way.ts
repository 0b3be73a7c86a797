/** Counts requests whose answer is not wholly written, so that a drain can wait for them. */
export interface RequestsUnderWay {
  readonly count: number;
  /**
   * Counts requests until the function returned is called; `undefined` when there is no room for them.
   * @param places how many: a batch is as many as it has. Default: 1.
   */
  start(places?: number): (() => void) | undefined;
  /** Resolves when none is under way, or when `signal` aborts. */
  settled(signal: AbortSignal): Promise<void>;
}

/** Makes the counter of one listener. */
export function createRequestsUnderWay(maximum: number): RequestsUnderWay {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    get count() {
      return count;
    },
    start(places = 1) {
      if (count + places > maximum) return undefined;
      count += places;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        count -= places;
        if (count === 0) for (const wake of waiting) wake();
      };
    },
    settled(signal) {
      if (count === 0 || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    },
  };
}
