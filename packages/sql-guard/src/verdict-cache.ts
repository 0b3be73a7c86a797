import type { Verdict } from './verdict.ts';

/** Verdicts by text; those not asked for lately are forgotten first. */
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

/** Keeps at most `capacity` verdicts; the texts of one context share a map, so that a look-up builds no key. */
export function createVerdictCache(capacity: number): VerdictCache {
  // Two generations stand for an order of use: what is asked again moves to the young one, and the old one goes as a whole.
  let young = new Map<string, Map<string, Verdict>>();
  let old = new Map<string, Map<string, Verdict>>();
  let youngSize = 0;
  const generation = Math.max(1, Math.ceil(capacity / 2));

  function put(sql: string, context: string, verdict: Verdict): void {
    const texts = young.get(context) ?? new Map<string, Verdict>();
    young.set(context, texts);
    if (!texts.has(sql)) youngSize += 1;
    texts.set(sql, verdict);
    if (youngSize < generation) return;
    old = young;
    young = new Map();
    youngSize = 0;
  }

  return {
    get(sql, context) {
      if (sql.length > longestText) return undefined;
      const verdict = young.get(context)?.get(sql);
      if (verdict) return verdict;
      const aged = old.get(context)?.get(sql);
      if (aged) put(sql, context, aged);
      return aged;
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
      put(sql, context, freeze(verdict));
    },
    clear() {
      young = new Map();
      old = new Map();
      youngSize = 0;
    },
  };
}
