import { textCost } from './text-cost.ts';

/**
 * The first entries of a list that fit a budget of estimated tokens; never none, so that a reader gets on.
 *
 * @param entries - as they will stand in the JSON of a result
 */
export function firstWithin<Entry>(entries: readonly Entry[], maxTokens: number): Entry[] {
  let left = maxTokens;
  const kept = entries.findIndex((entry) => {
    left -= textCost(JSON.stringify(entry)).tokens;
    return left < 0;
  });
  return kept === -1 ? [...entries] : entries.slice(0, Math.max(1, kept));
}
