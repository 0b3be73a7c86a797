import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import { constantSize } from './constant.ts';
import type { Inspector } from './inspector.ts';

/*
 * A numeric has up to 131,072 digits before the point, and a dozen characters write one of them. What is computed with it takes the square
 * of its digits, constants while the server plans, and no timeout is looked at before all of them are done.
 */

/** Digits that a computed number may have. Measured: a power of 130,000 digits takes a quarter of a second, and a text holds a thousand. */
const maxDigits = 20_000;
/**
 * Digits that all powers and exponentials of a statement may have together: constants are computed while the server plans, and those of one
 * row in one go. Measured: 800 digits take 3 ms, and so does an exponent of 4,000 digits after the point.
 */
const maxDigitsTogether = 100_000;
/** Of e; PostgreSQL computes no larger one. */
const largestExponential = 6_000;
const maxDepth = 32;
/** Taken for a value that is not in the text: rows are interrupted, and who hides a constant in a subquery gains little. */
const usualMagnitude = 0.2;

/** Exponents of honest numbers stay below: a floating point number has no larger one than 308. */
const minExponent = 5_000;
/** A numeric has no more digits than this, nor a text: what is written with a larger exponent is refused by every type of number. */
const maxExponent = 131_072 + 65_536;

const numberWithExponent = /(?:^|[^\w.])[+-]?\d[\d_]*(?:\.[\d_]*)?[eE]\+?(\d[\d_]*)(?!\w)/g;

/** The largest exponent that a number in a text may have; hexadecimal digits of hashes and geometries are no numbers. */
function exponentIn(text: string): number {
  let largest = 0;
  for (const [, digits = ''] of text.matchAll(numberWithExponent)) {
    const exponent = Number(digits.replaceAll('_', ''));
    if (exponent <= maxExponent) largest = Math.max(largest, exponent);
  }
  return largest;
}

/** The decimal logarithm of a number that is written. */
function magnitudeOfText(text: string): number {
  const [, factor = '', exponent = '0'] = /^\s*[+-]?([\d_.]+)(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? [];
  const value = Number(factor.replaceAll('_', ''));
  // Longer than a floating point number can be: as many digits as are written.
  if (value === Number.POSITIVE_INFINITY) return factor.length;
  return value > 0 ? Math.log10(value) + Number(exponent) : 0;
}

/** The decimal logarithm of what an expression gives, about. */
function magnitudeOf(node: unknown, depth = 0): number {
  const tagged = depth > maxDepth ? undefined : untag(node);
  const { tag, fields = {} } = tagged ?? {};
  switch (tag) {
    case 'A_Const': {
      const whole = isFields(fields['ival']) ? String(fields['ival']['ival'] ?? 0) : undefined;
      const written = ['fval', 'sval'].map((kind) => (isFields(fields[kind]) ? textOf(fields[kind][kind]) : undefined));
      return magnitudeOfText(whole ?? written[0] ?? written[1] ?? '');
    }
    case 'TypeCast':
      return magnitudeOf(fields['arg'], depth + 1);
    case 'A_Expr': {
      const symbol = namesOf(fields['name'])?.at(-1);
      if (symbol === '^') return powerMagnitude(fields['lexpr'], fields['rexpr'], depth + 1);
      const [left, right] = [magnitudeOf(fields['lexpr'], depth + 1), magnitudeOf(fields['rexpr'], depth + 1)];
      return symbol === '*' ? left + right : symbol === '/' ? left : Math.max(left, right);
    }
    case 'FuncCall': {
      const args = listOf(fields['args']);
      if (powers.has(namesOf(fields['funcname'])?.at(-1) ?? '')) return powerMagnitude(args[0], args[1], depth + 1);
      return Math.max(usualMagnitude, ...args.map((arg) => magnitudeOf(arg, depth + 1)));
    }
    default:
      return usualMagnitude;
  }
}

/** A power whose exponent is not in the text is as large as its rows make it: the server looks at its timeout between them. */
function powerMagnitude(base: unknown, exponent: unknown, depth: number): number {
  const times = constantSize(exponent);
  return magnitudeOf(base, depth) * (typeof times === 'number' ? Math.max(times, 1) : 1);
}

/** Calls that raise to a power. */
export const powers: ReadonlySet<string> = new Set(['power', 'pow', 'numeric_power']);

/** Calls that raise e to a power. */
export const exponentials: ReadonlySet<string> = new Set(['exp', 'numeric_exp']);

/** What an exponent counts for: its value, about, or the digits after the point of one far below one. */
function exponentOf(node: unknown): number {
  const magnitude = magnitudeOf(node);
  return magnitude < 0 ? -magnitude : 10 ** Math.min(magnitude, maxDepth);
}

function countDigits(node: 'A_Expr' | 'FuncCall', name: string, fields: Fields, judgement: Judgement, digits: number) {
  const before = judgement.digits;
  judgement.digits += digits;
  if (before > maxDigitsTogether || judgement.digits <= maxDigitsTogether) return;
  refuse(judgement, {
    code: 'size',
    node,
    name,
    message: `The powers and exponentials of the statement have more than ${maxDigitsTogether} digits together, which the server computes past every timeout`,
    location: locationOf(fields),
  });
}

/** Judges `exp(x)`. */
export function inspectExponential(name: string, fields: Fields, judgement: Judgement): void {
  const exponent = exponentOf(listOf(fields['args'])[0]);
  countDigits('FuncCall', name, fields, judgement, Math.min(exponent, largestExponential) / Math.LN10);
}

/** Judges `base ^ exponent`, and the call of it. */
export function inspectPower(node: 'A_Expr' | 'FuncCall', fields: Fields, judgement: Judgement): void {
  const [base, exponent] = node === 'A_Expr' ? [fields['lexpr'], fields['rexpr']] : listOf(fields['args']);
  const digits = powerMagnitude(base, exponent, 0);
  if (digits <= maxDigits) {
    const computed =
      magnitudeOf(exponent) < 0 ? exponentOf(exponent) : Math.abs(magnitudeOf(base)) * exponentOf(exponent);
    countDigits(node, '^', fields, judgement, Math.max(Math.abs(digits), Math.min(computed, maxDigits)));
    return;
  }
  refuse(judgement, {
    code: 'size',
    node,
    name: '^',
    message: `The power has more than ${maxDigits} digits, which the server computes past every timeout`,
    location: locationOf(fields),
  });
}

/** True for a number, or a text with a number, of more digits than a floating point number can have. */
export const writesLongNumber = (value: unknown): boolean =>
  typeof value === 'number' ? !Number.isFinite(value) : typeof value === 'string' && exponentIn(value) >= minExponent;

/** Judges the numbers that a statement writes out, in texts (JSON, paths, casts) too; called after the walk. */
export function inspectLongNumbers(judgement: Judgement): void {
  for (const literal of judgement.literals) {
    const kind = isFields(literal['fval']) ? 'fval' : isFields(literal['sval']) ? 'sval' : undefined;
    const value = kind && isFields(literal[kind]) ? textOf(literal[kind][kind]) : undefined;
    if (value === undefined || !/[eE]\+?\d[\d_]{3}/.test(value)) continue;
    const exponent = exponentIn(value);
    if (exponent < minExponent) continue;
    refuse(judgement, {
      code: 'size',
      node: 'A_Const',
      message: `The text writes a number of more than ${exponent} digits in a few characters`,
      location: locationOf(literal),
    });
    return;
  }
}

/** Judges `SET profile[200000000] = …`, which fills everything before that place with null. */
export const inspectSubscript: Inspector = ({ fields, parent }, judgement) => {
  if (parent !== 'ResTarget') return;
  const limit = judgement.policy.limits.maxGeneratedSize;
  for (const side of ['lidx', 'uidx']) {
    const size = constantSize(fields[side]);
    const bound = isParameter(fields[side]);
    if (!bound && !(typeof size === 'number' && Math.abs(size) > limit)) continue;
    refuse(judgement, {
      code: 'size',
      node: 'A_Indices',
      message: bound
        ? 'A value that is bound says which element is written, and everything before it is filled with null'
        : `Everything before element ${String(size)} would be filled with null`,
      location: 0,
      option: 'limits.maxGeneratedSize',
      hint: 'Write the place as a number.',
    });
  }
};

function isParameter(node: unknown): boolean {
  const cast = fieldsOf(node, 'TypeCast');
  return cast ? isParameter(cast['arg']) : fieldsOf(node, 'ParamRef') !== undefined;
}
