/** What one request holds of what all share, given back once. */
export interface Held {
  /**
   * Holds something more, until the end.
   * @param giveBack gives it back; `undefined` when there was none to be had
   * @returns whether there was
   */
  hold(giveBack: (() => void) | undefined): boolean;
  /** Gives back what is held by now; what comes later is held until the end. */
  free(): void;
  /** Gives everything back. */
  end(): void;
}

/** Begins with one thing that is held. */
export function createHeld(first: () => void): Held {
  const held = new Set([first]);
  let hasEnded = false;
  const free = () => {
    for (const giveBack of held) giveBack();
    held.clear();
  };
  return {
    free,
    hold(giveBack) {
      if (giveBack === undefined) return false;
      // The client has gone while it was asked for.
      if (hasEnded) giveBack();
      else held.add(giveBack);
      return true;
    },
    end() {
      hasEnded = true;
      free();
    },
  };
}
