import { normalizeQuestion } from '../verified.ts';

/** A value that a question names. */
export interface Slot {
  readonly kind: 'number' | 'text';
  /** The value alone: a number without thousands separators, a text without its quotes. */
  readonly value: string;
}

/** A question with its values taken out. */
export interface MaskedQuestion {
  /** The normalised question with a mark for each value, so that questions which differ in values only are equal. */
  readonly masked: string;
  /** The values in the order of the marks. */
  readonly slots: readonly Slot[];
}

const numberMark = '⟨number⟩';
const textMark = '⟨text⟩';

const valuePattern =
  /"([^"]+)"|“([^”]+)”|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])|(?<![\p{L}\p{N}.,-])(\d[\d,]*(?:\.\d+)?)(?![\p{L}\p{N}]|[.,]\d)/gu;

/** Takes quoted texts and numbers out of a question. */
export function maskQuestion(question: string): MaskedQuestion {
  const slots: Slot[] = [];
  const masked = question.normalize('NFKC').replace(valuePattern, (_, straight, curly, single, number) => {
    const value = String(number ?? straight ?? curly ?? single);
    slots.push(number === undefined ? { kind: 'text', value } : { kind: 'number', value: value.replaceAll(',', '') });
    return number === undefined ? ` ${textMark} ` : numberMark;
  });
  return { masked: normalizeQuestion(masked), slots };
}
