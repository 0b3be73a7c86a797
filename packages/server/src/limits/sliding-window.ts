import type { Counters } from './counters.ts';

/** What a window says: enough is left, or how long to wait. */
export type WindowState = { readonly open: true } | { readonly open: false; readonly retryAfterMs: number };

/** How much of a window is used. */
export interface WindowUse {
  /** Points of the last `windowMs`, a part of a point rounded up. */
  readonly used: number;
  /** When at least one point more is free; 0 when one is now. */
  readonly freeInMs: number;
}

/** Counts points per key over the last `windowMs`. */
export interface SlidingWindow {
  /** Takes points when they fit; takes none when they do not. */
  take(key: string, points: number): Promise<WindowState>;
  /** Says whether anything is left, and takes nothing. */
  peek(key: string): Promise<WindowState>;
  /** Takes points whether they fit or not: for what has been used already. */
  charge(key: string, points: number): Promise<void>;
  use(key: string): Promise<WindowUse>;
}

/**
 * A sliding window over two fixed ones: the count of the running window, plus that of the one before weighted by the share
 * of it that the sliding window still covers. Two counters per key at any rate, and no burst of twice the limit where two
 * fixed windows meet; the weighting assumes that calls were spread evenly.
 *
 * @param limit - points per window
 * @param windowMs - length of the window; whole seconds
 * @param counters - keys must live for two windows: a counter is needed for the window it counts and for the whole of the next
 */
export function createSlidingWindow(limit: number, windowMs: number, counters: Counters): SlidingWindow {
  const counter = (key: string, index: number) => `${windowMs}:${index}:${key}`;

  function windowAt(nowMs: number) {
    const index = Math.floor(nowMs / windowMs);
    return { index, elapsed: (nowMs - index * windowMs) / windowMs };
  }

  /** How long until `points` more fit beside what was counted. */
  function waitMs(previous: number, current: number, elapsed: number, points: number): number {
    const free = limit - points - current;
    if (free >= 0) return Math.max(1, Math.ceil((1 - free / previous - elapsed) * windowMs));
    // Not in this window: then in the next, where today's count is the previous one; at the latest when that has passed too.
    const share = Math.max(0, Math.min(1, (limit - points) / current));
    return Math.max(1, Math.ceil((1 - elapsed + (1 - share)) * windowMs));
  }

  async function read(key: string): Promise<{ previous: number; current: number; elapsed: number }> {
    const { index, elapsed } = windowAt(Date.now());
    const [previous, current] = await Promise.all([
      counters.read(counter(key, index - 1)),
      counters.read(counter(key, index)),
    ]);
    return { previous, current, elapsed };
  }

  return {
    async take(key, points) {
      // Counted first and given back when refused: two calls at once, on two replicas, cannot both take the last point.
      const { index, elapsed } = windowAt(Date.now());
      const [taken, previous] = await Promise.all([
        counters.add(counter(key, index), points),
        counters.read(counter(key, index - 1)),
      ]);
      if (previous * (1 - elapsed) + taken <= limit) return { open: true };
      await counters.add(counter(key, index), -points);
      return { open: false, retryAfterMs: waitMs(previous, taken - points, elapsed, points) };
    },
    async peek(key) {
      const { previous, current, elapsed } = await read(key);
      if (previous * (1 - elapsed) + current < limit) return { open: true };
      return { open: false, retryAfterMs: waitMs(previous, current, elapsed, 1) };
    },
    async charge(key, points) {
      // The counter reads numbers as text and takes 1e21 for 1.
      const whole = Math.min(Math.ceil(points), 1e12);
      if (whole > 0) await counters.add(counter(key, windowAt(Date.now()).index), whole);
    },
    async use(key) {
      const { previous, current, elapsed } = await read(key);
      const used = previous * (1 - elapsed) + current;
      return { used: Math.ceil(used), freeInMs: used + 1 <= limit ? 0 : waitMs(previous, current, elapsed, 1) };
    },
  };
}
