import { withoutControls } from './fence.ts';

/** A sentence of a model; longer ones are mistakes or attacks, and every answer carries them. */
const longestSentence = 1_000;

/** A text that a model wrote, fit to be shown: without control characters, trimmed, cut. `undefined` when nothing is left. */
export function modelText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  // Cut first: cleaning megabytes would take longer than reading them.
  const text = withoutControls(value.slice(0, longestSentence * 2)).trim();
  if (text === '') return undefined;
  return text.length <= longestSentence && value.length <= longestSentence * 2
    ? text
    : `${text.slice(0, longestSentence).replace(/\p{Cs}$/u, '')} ...`;
}

/** The first texts of a list that a model wrote. */
export function modelTexts(value: unknown, most: number): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, most).flatMap((item) => modelText(item) ?? []);
}
