import type { SqlParse } from '../ports.ts';
import type { VerifiedPair, VerifiedPairs } from '../verified.ts';
import { type FilledSlots, fillSlots } from './fill-slots.ts';
import { maskQuestion } from './mask-question.ts';

/** A verified pair whose question differs from the asked one in values only, with its SQL for those values. */
export interface SlotMatch extends FilledSlots {
  readonly pair: VerifiedPair;
}

/** Finds the verified pair that answers a question once its values are put in. `undefined` when it is not certain. */
export async function findBySlots(
  { pairs }: VerifiedPairs,
  question: string,
  parse: SqlParse,
): Promise<SlotMatch | undefined> {
  const asked = maskQuestion(question);
  if (asked.slots.length === 0) return undefined;
  for (const pair of pairs) {
    for (const wording of [pair.question, ...(pair.variants ?? [])]) {
      const known = maskQuestion(wording);
      if (known.masked !== asked.masked) continue;
      const outcome = await parse.parse(pair.sql);
      const filled = outcome.parsed
        ? fillSlots({ sql: pair.sql, tree: outcome.tree, slots: known.slots }, asked.slots)
        : undefined;
      if (filled !== undefined) return { pair, ...filled };
    }
  }
  return undefined;
}
