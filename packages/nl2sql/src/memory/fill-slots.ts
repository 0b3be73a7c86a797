import type { ParseTree } from '../ports.ts';
import type { Slot } from './mask-question.ts';
import { literalsOf, replaceLiterals, type SqlLiteral } from './sql-literals.ts';

/** SQL for other values, and what was replaced by what. */
export interface FilledSlots {
  readonly sql: string;
  readonly replaced: readonly string[];
}

/**
 * Puts the values of a new question in the place of those of the question a statement was verified for.
 *
 * `undefined` when it is not certain which constant stands for which value: each changed value must be a constant of the
 * statement as it is, must be told apart from every other value, and no further constant may hold or be derived from a
 * changed number (the end of the year whose beginning is named, a share of the limit).
 */
export function fillSlots(
  verified: { readonly sql: string; readonly tree: ParseTree; readonly slots: readonly Slot[] },
  slots: readonly Slot[],
): FilledSlots | undefined {
  const { sql, tree } = verified;
  if (verified.slots.length !== slots.length) return undefined;
  const literals = literalsOf(sql, tree);
  const replacements: (readonly [SqlLiteral, string])[] = [];
  const used = new Set<SqlLiteral>();
  const replaced: string[] = [];
  for (const [at, from] of verified.slots.entries()) {
    const to = slots[at];
    // What a backslash means in a string depends on a setting of the session.
    if (to === undefined || to.kind !== from.kind || to.value.includes('\\')) return undefined;
    const same = literals.filter((literal) => sameValue(literal, from));
    for (const literal of same) used.add(literal);
    if (to.value === from.value) continue;
    const isAmbiguous = verified.slots.some((other, position) => position !== at && other.value === from.value);
    // A digit occurs twice by chance; a longer value hardly does.
    const isChance = same.length > 1 && from.value.length === 1;
    if (same.length === 0 || isAmbiguous || isChance) return undefined;
    for (const literal of same) replacements.push([literal, to.value]);
    replaced.push(`${from.value} replaced by ${to.value}`);
  }
  if (replaced.length === 0) return undefined;
  const changedNumbers = verified.slots.filter(
    ({ kind, value }, at) => kind === 'number' && value !== slots[at]?.value,
  );
  const rest = literals.filter((literal) => !used.has(literal));
  const changesDate = verified.slots.some(({ kind, value }, at) => kind === 'date' && value !== slots[at]?.value);
  const isUncertain = rest.some(
    (literal) => changedNumbers.some(({ value }) => mayDependOn(literal, value)) || (changesDate && holdsDate(literal)),
  );
  return isUncertain ? undefined : { sql: replaceLiterals(sql, replacements), replaced };
}

/** A number may be stored as text; a text matches as it is. */
const sameValue = (literal: SqlLiteral, slot: Slot): boolean =>
  literal.value === slot.value && (slot.kind === 'number' || literal.kind === 'text');

/** A date that no word of the question names may be derived from the one that changed: the end of its month. */
const holdsDate = ({ value }: SqlLiteral): boolean => /(?:19|20)\d\d/.test(value);

/** Whether a constant holds the number, or another year beside it, or another number of the same size. */
function mayDependOn({ value }: SqlLiteral, number: string): boolean {
  if (value.includes(number)) return true;
  const isYear = /^(?:19|20)\d\d$/.test(number);
  if (isYear) return /(?:19|20)\d\d/.test(value);
  const difference = Math.abs(Number(value) - Number(number));
  return number.length > 1 && difference <= 1;
}
