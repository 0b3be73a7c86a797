import { findValues } from '../link/find-values.ts';
import { normalizePhrase, type ValueIndex } from '../link/value-index.ts';
import type { SqlParse } from '../ports.ts';
import type { VerifiedPair, VerifiedPairs } from '../verified.ts';
import { type FilledSlots, fillSlots } from './fill-slots.ts';
import { type MaskedQuestion, maskQuestion, type Slot } from './mask-question.ts';

/** A verified pair whose question differs from the asked one in values only, with its SQL for those values. */
export interface SlotMatch extends FilledSlots {
  readonly pair: VerifiedPair;
}

/**
 * Finds the verified pair that answers a question once its values are put in: numbers, dates, quoted texts and, with an index
 * of stored values, values that both questions name without quotes. `undefined` when it is not certain.
 */
export async function findBySlots(
  { pairs }: Pick<VerifiedPairs, 'pairs'>,
  question: string,
  parse: SqlParse,
  values?: ValueIndex,
): Promise<SlotMatch | undefined> {
  const asked = maskQuestion(values === undefined ? question : quoteStoredValues(question, values));
  if (asked.slots.length === 0) return undefined;
  for (const pair of pairs) {
    for (const wording of [pair.question, ...(pair.variants ?? [])]) {
      const known = maskVerified(wording, values);
      if (known.masked !== asked.masked || !haveSameColumns(known.slots, asked.slots, values)) continue;
      const outcome = await parse.parse(pair.sql);
      const filled = outcome.parsed
        ? fillSlots({ sql: pair.sql, tree: outcome.tree, slots: known.slots }, asked.slots)
        : undefined;
      if (filled !== undefined) return { pair, ...filled };
    }
  }
  return undefined;
}

/** Remembered answers come and go; more wordings than this are masked again. */
const mostWordings = 10_000;

const maskedWordings = new WeakMap<ValueIndex, Map<string, MaskedQuestion>>();

/** The wording of a verified question, masked once for an index: hundreds of them are compared with each question. */
function maskVerified(wording: string, values: ValueIndex | undefined): MaskedQuestion {
  if (values === undefined) return maskQuestion(wording);
  const known = maskedWordings.get(values) ?? new Map<string, MaskedQuestion>();
  maskedWordings.set(values, known);
  const masked = known.get(wording) ?? maskQuestion(quoteStoredValues(wording, values));
  if (known.size < mostWordings) known.set(wording, masked);
  return masked;
}

const mostValues = 5;

/** Puts the stored values that a question names in quotes, as they are stored, so that they count as values. */
function quoteStoredValues(question: string, values: ValueIndex): string {
  let quoted = question;
  for (const { phrase, value, score } of findValues(values, question, { maxHits: mostValues })) {
    if (score < 1 || value.includes('"')) continue;
    const words = phrase.split(' ').map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''));
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}"'“])${words.join('[^\\p{L}\\p{N}"]+')}(?![\\p{L}\\p{N}"'”])`, 'iu');
    quoted = quoted.replace(pattern, () => `"${value}"`);
  }
  return quoted;
}

/** A stored text may take the place of another only where one column holds both. */
function haveSameColumns(known: readonly Slot[], asked: readonly Slot[], values: ValueIndex | undefined): boolean {
  if (values === undefined) return true;
  const columnsOf = ({ value }: Slot): Set<string> =>
    new Set(
      values
        .equal(normalizePhrase(value))
        .map(({ table, column }) => JSON.stringify([table.schema, table.name, column])),
    );
  return known.every((slot, at) => {
    const other = asked[at];
    if (slot.kind !== 'text' || other === undefined || other.value === slot.value) return true;
    const [left, right] = [columnsOf(slot), columnsOf(other)];
    return (left.size === 0 && right.size === 0) || [...left].some((column) => right.has(column));
  });
}
