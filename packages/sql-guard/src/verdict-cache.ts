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
  const entries = new Map<string, Verdict>();
  const keyOf = (sql: string, context: string): string => `${context}\n${sql}`;
  return {
    get(sql, context) {
      if (sql.length > longestText) return undefined;
      const key = keyOf(sql, context);
      const verdict = entries.get(key);
      if (!verdict) return undefined;
      entries.delete(key);
      entries.set(key, verdict);
      return verdict;
    },
    set(sql, context, verdict) {
      // A refusal by the machinery is not one by the policy.
      if (
        capacity === 0 ||
        sql.length > longestText ||
        (!verdict.allowed && (verdict.retryable || verdict.violations[0].code === 'parser'))
      ) {
        return;
      }
      const key = keyOf(sql, context);
      entries.delete(key);
      entries.set(key, freeze(verdict));
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
