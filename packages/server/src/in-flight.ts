import { createBag } from './bag.ts';

/** Counts calls under way, so that a shutdown can wait for them. */
export interface InFlight {
  readonly count: number;
  /** When the last call began, in milliseconds since 1970; when the process began, before the first. */
  readonly lastStartedAtMs: number;
  /** Counts one call; the function returned ends it. */
  start(): () => void;
  /** Resolves with true when no call is under way, or with false after `deadlineMs`. */
  settled(deadlineMs: number): Promise<boolean>;
  /** Resolves with true when every call that is under way now has ended, whatever began since; with false after `deadlineMs`. */
  passed(deadlineMs: number): Promise<boolean>;
}

/** Makes a counter of calls under way. */
export function createInFlight(): InFlight {
  const underWay = createBag<{ hasEnded: boolean }>();
  const waiting = new Set<() => void>();
  let lastStartedAtMs = Date.now();

  function until(isReached: () => boolean, deadlineMs: number): Promise<boolean> {
    if (isReached()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (quiet: boolean) => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve(quiet);
      };
      const wake = () => {
        if (isReached()) finish(true);
      };
      const timer = setTimeout(() => finish(false), deadlineMs);
      waiting.add(wake);
    });
  }

  return {
    get count() {
      return underWay.size;
    },
    get lastStartedAtMs() {
      return lastStartedAtMs;
    },
    start() {
      lastStartedAtMs = Date.now();
      const call = { hasEnded: false };
      const takeOut = underWay.add(call);
      return () => {
        if (call.hasEnded) return;
        call.hasEnded = true;
        takeOut();
        for (const wake of waiting) wake();
      };
    },
    settled: (deadlineMs) => until(() => underWay.size === 0, deadlineMs),
    passed(deadlineMs) {
      const now = [...underWay];
      return until(() => now.every(({ hasEnded }) => hasEnded), deadlineMs);
    },
  };
}
