/** Counts the calls of each caller that are under way in this process. */
export interface Concurrency {
  /** @returns ends the call; undefined when the caller has too many under way. */
  enter(key: string): (() => void) | undefined;
  count(key: string): number;
}

/** Makes the count. */
export function createConcurrency(maximum: number): Concurrency {
  const running = new Map<string, number>();
  return {
    enter(key) {
      const count = running.get(key) ?? 0;
      if (count >= maximum) return undefined;
      running.set(key, count + 1);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        const left = (running.get(key) ?? 1) - 1;
        if (left === 0) running.delete(key);
        else running.set(key, left);
      };
    },
    count: (key) => running.get(key) ?? 0,
  };
}
