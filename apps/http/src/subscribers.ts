/** Counts what each caller has open. */
export interface Subscribers {
  /** Counts one more of a caller until the function returned is called; `undefined` when it has as many as it may have. */
  start(caller: string): (() => void) | undefined;
}

/** Makes the counter. */
export function createSubscribers(maximum: number): Subscribers {
  const open = new Map<string, number>();
  return {
    start(caller) {
      const count = open.get(caller) ?? 0;
      if (count >= maximum) return undefined;
      open.set(caller, count + 1);
      return () => {
        const left = (open.get(caller) ?? 1) - 1;
        if (left > 0) open.set(caller, left);
        else open.delete(caller);
      };
    },
  };
}
