import type { LanguageModel } from '../ports.ts';

/** A model that gives recorded replies in order, one per call; after the last it repeats it. */
export function createReplayModel(replies: readonly string[]): LanguageModel & { readonly calls: number } {
  let calls = 0;
  return {
    get calls() {
      return calls;
    },
    complete: async () => {
      const text = replies[Math.min(calls, replies.length - 1)] ?? '';
      calls++;
      return { text };
    },
  };
}
