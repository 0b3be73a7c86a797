import type { Verdict } from './verdict.ts';

/** Verdicts by text, the least recently used one forgotten first. */
export interface VerdictCache {
  get(sql: string, context: string): Verdict | undefined;
  set(sql: string, context: string, verdict: Verdict): void;
  clear(): void;
}

// Long texts are rarely asked twice, and would make the cache heavy.
const longestText = 8_192;

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) freeze(item);
  }
  return value;
}

/** Keeps at most `capacity` verdicts. */
export function createVerdictCache(capacity: number): VerdictCache {
  const entries = new Map<string, { readonly context: string; readonly verdict: Verdict }>();
  return {
    get(sql, context) {
      const entry = entries.get(sql);
      if (!entry || entry.context !== context) return undefined;
      entries.delete(sql);
      entries.set(sql, entry);
      return entry.verdict;
    },
    set(sql, context, verdict) {
      // A refusal by the machinery is not one by the policy.
      if (capacity === 0 || sql.length > longestText || (!verdict.allowed && verdict.violations[0].code === 'parser'))
        return;
      entries.delete(sql);
      entries.set(sql, { context, verdict: freeze(verdict) });
      if (entries.size > capacity) {
        for (const oldest of entries.keys()) {
          entries.delete(oldest);
          break;
        }
      }
    },
    clear: () => entries.clear(),
  };
}
