/** A result whose pages lie in the memory of this process. */
interface HeldResult {
  readonly scope: string;
  readonly id: string;
  bytes: number;
  running: boolean;
  /** By `Date.now()`. */
  readonly beganAtMs: number;
}

/** Bounds what all callers together keep in the memory of the process. */
export interface MemoryBound {
  /**
   * Counts a page before it is stored, and says which results have to be given up for it: those of the caller who holds most, the
   * oldest first, so that one caller does not cost the others theirs.
   *
   * @returns undefined when there is no room even so
   */
  take(result: { readonly scope: string; readonly id: string }, bytes: number): readonly HeldResult[] | undefined;
  /** A result has ended: from now on it may be given up. */
  end(id: string): void;
  /** A result is no longer there. */
  forget(id: string): void;
}

/** Makes the bound. A result that expires is forgotten after `ttlMs` without a page. */
export function createMemoryBound(maxBytes: number, ttlMs: number): MemoryBound {
  // In the order in which they were begun: reading one does not make it younger.
  const held = new Map<string, HeldResult>();

  function heaviest(results: readonly HeldResult[]): string | undefined {
    const byScope = new Map<string, number>();
    for (const { scope, bytes } of results) byScope.set(scope, (byScope.get(scope) ?? 0) + bytes);
    return [...byScope].sort(([, left], [, right]) => right - left)[0]?.[0];
  }

  return {
    take({ scope, id }, bytes) {
      const now = Date.now();
      for (const { id: past, beganAtMs } of held.values()) if (now - beganAtMs > ttlMs) held.delete(past);
      const entry = held.get(id) ?? { scope, id, bytes: 0, running: true, beganAtMs: now };
      const others = [...held.values()].filter((each) => each.id !== id);
      let total = others.reduce((sum, each) => sum + each.bytes, entry.bytes + bytes);
      const given: HeldResult[] = [];
      while (total > maxBytes) {
        const left = others.filter((each) => !each.running && !given.includes(each));
        const scopeOfMost = heaviest(left);
        const oldest = left.find((each) => each.scope === scopeOfMost);
        if (oldest === undefined) return undefined;
        given.push(oldest);
        total -= oldest.bytes;
      }
      for (const each of given) held.delete(each.id);
      entry.bytes += bytes;
      held.set(id, entry);
      return given;
    },
    end(id) {
      const entry = held.get(id);
      if (entry) entry.running = false;
    },
    forget: (id) => void held.delete(id),
  };
}
