import { normalizeQuestion } from '../verified.ts';

/** A value that a question names. */
export interface Slot {
  readonly kind: 'number' | 'date' | 'text';
  /** The value alone: a number without thousands separators, a date as ISO 8601 writes it, a text without its quotes. */
  readonly value: string;
}

/** A question with its values taken out. */
export interface MaskedQuestion {
  /** The normalised question with a mark for each value, so that questions which differ in values only are equal. */
  readonly masked: string;
  /** The values in the order of the marks. */
  readonly slots: readonly Slot[];
}

const marks = { number: '⟨number⟩', date: '⟨date⟩', text: '⟨text⟩' };

const valuePattern =
  /"([^"]+)"|“([^”]+)”|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])|(?<![\p{L}\p{N}.,/-])(\d{4}-\d{2}-\d{2})(?![\p{L}\p{N}-])|(?<![\p{L}\p{N}.,-])(\d[\d,]*(?:\.\d+)?)(?![\p{L}\p{N}]|[.,-]\d)/gu;

/** Takes quoted texts, dates and numbers out of a question. */
export function maskQuestion(question: string): MaskedQuestion {
  const slots: Slot[] = [];
  const masked = question.normalize('NFKC').replace(valuePattern, (_, straight, curly, single, date, number) => {
    const slot = slotOf(date, number, String(straight ?? curly ?? single));
    slots.push(slot);
    return slot.kind === 'number' ? marks.number : ` ${marks[slot.kind]} `;
  });
  return { masked: normalizeQuestion(masked), slots };
}

function slotOf(date: string | undefined, number: string | undefined, quoted: string): Slot {
  if (date !== undefined) return { kind: 'date', value: date };
  return number === undefined ? { kind: 'text', value: quoted } : { kind: 'number', value: number.replaceAll(',', '') };
}
