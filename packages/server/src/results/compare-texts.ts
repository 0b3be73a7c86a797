const NUMBER = /^(-?)0*(\d*)(?:\.(\d*))?$/;

/**
 * Compares two numbers as PostgreSQL writes them, exactly at any length. `-Infinity` is the smallest, then numbers, `Infinity`,
 * and NaN is the largest, as PostgreSQL sorts them.
 */
export function compareNumbers(left: string, right: string): number {
  const [rankLeft, rankRight] = [rankOf(left), rankOf(right)];
  if (rankLeft !== rankRight || rankLeft !== 0) return rankLeft - rankRight;
  const [partsLeft, partsRight] = [NUMBER.exec(left), NUMBER.exec(right)];
  // A float in scientific notation: what it says is no more exact than a double.
  if (partsLeft === null || partsRight === null) return Number(left) - Number(right);
  const isNegative = partsLeft[1] === '-';
  if (isNegative !== (partsRight[1] === '-')) return isNegative ? -1 : 1;
  const order = compareMagnitudes(partsLeft, partsRight);
  return isNegative ? 0 - order : order;
}

function rankOf(text: string): number {
  if (text === 'NaN') return 2;
  if (text === 'Infinity') return 1;
  return text === '-Infinity' ? -1 : 0;
}

function compareMagnitudes(left: RegExpExecArray, right: RegExpExecArray): number {
  const [wholeLeft = '', wholeRight = ''] = [left[2], right[2]];
  if (wholeLeft.length !== wholeRight.length) return wholeLeft.length - wholeRight.length;
  return compareTexts(wholeLeft, wholeRight) || compareTexts(withoutLastZeros(left[3]), withoutLastZeros(right[3]));
}

/** By hand: a pattern that ends in `0*$` takes the square of the length for zeros that are not the last digits. */
function withoutLastZeros(digits = ''): string {
  let length = digits.length;
  while (digits[length - 1] === '0') length -= 1;
  return digits.slice(0, length);
}

/** Compares by code units, as ISO dates and times sort. */
export function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
