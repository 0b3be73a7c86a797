import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, isFields, listOf, locationOf, namesOf, untag } from '../tree.ts';
import { type ConstantSize, constantSize } from './constant.ts';
import type { Frame } from './inspector.ts';

/**
 * Functions that build a value, or a set of rows, whose size is a number in the text. Planning already pays for them: the server folds
 * constants before a timeout can stop it.
 */
const sizeArguments: Readonly<Record<string, (args: readonly unknown[]) => ConstantSize>> = {
  repeat: (args) => sizeOf(args[1]),
  lpad: (args) => sizeOf(args[1]),
  rpad: (args) => sizeOf(args[1]),
  array_fill: (args) => arrayProduct(args[1]),
  generate_series: seriesLength,
  generate_subscripts: () => 'row',
  format: formatWidth,
  string_to_array: () => 'row',
  string_to_table: () => 'row',
  set_bit: () => 'row',
  factorial: (args) => scaled(args[0], 50),
  // The calls behind char(n) and bit(n).
  bpchar: (args) => (args.length > 1 ? sizeOf(args[1]) : 'row'),
  bit: (args) => (args.length > 1 ? sizeOf(args[1]) : 'row'),
  // The point of a polygon is sixteen bytes, and a polygon is checked against itself.
  polygon: (args) => (args.length > 1 ? scaled(args[0], 20) : 'row'),
};

/** Calls that multiply what their arguments build. */
const multipliers: ReadonlySet<string> = new Set(
  `replace regexp_replace translate string_agg array_agg json_agg jsonb_agg xmlagg json_object_agg jsonb_object_agg array_cat array_append array_prepend
   array_replace concat concat_ws overlay regexp_split_to_array regexp_split_to_table regexp_matches json_agg_strict jsonb_agg_strict array_to_string to_timestamp to_date to_number to_char`.split(
    /\s+/,
  ),
);

/** What a call of this name builds; `row` for one that builds nothing. */
export function sizeOfCall(name: string, args: readonly unknown[]): ConstantSize {
  return Object.hasOwn(sizeArguments, name) ? (sizeArguments[name]?.(args) ?? 'row') : 'row';
}

/** Size of a value inside another value-building or multiplying call: the product of both must stay small. */
const nestedLimit = 10_000;

const absolute = (size: ConstantSize): ConstantSize => (typeof size === 'number' ? Math.abs(size) : size);
const sizeOf = (node: unknown): ConstantSize => absolute(constantSize(argumentOf(node)));

/** A named argument stands for its value. */
function argumentOf(node: unknown): unknown {
  return fieldsOf(node, 'NamedArgExpr')?.['arg'] ?? node;
}

function scaled(node: unknown, factor: number): ConstantSize {
  const size = sizeOf(node);
  return typeof size === 'number' ? size * factor : size;
}

function arrayProduct(node: unknown): ConstantSize {
  const tagged = untag(argumentOf(node));
  if (tagged?.tag === 'TypeCast') return arrayProduct(tagged.fields['arg']);
  if (tagged?.tag === 'A_ArrayExpr') {
    let product = 1;
    for (const element of listOf(tagged.fields['elements'])) {
      const size = sizeOf(element);
      if (typeof size !== 'number') return size;
      product *= size;
    }
    return product;
  }
  if (tagged?.tag === 'A_Const' && isFields(tagged.fields['sval'])) {
    const text = tagged.fields['sval']['sval'];
    const numbers =
      typeof text === 'string'
        ? text
            .replace(/[{}\s"]/g, '')
            .split(',')
            .map(Number)
        : [];
    return numbers.some(Number.isNaN) ? 'unknown' : numbers.reduce((product, size) => product * Math.abs(size), 1);
  }
  return tagged?.tag === 'ColumnRef' ? 'row' : 'unknown';
}

/** A parameter that can be a number: one that is cast to a date or time makes a series that ends by the row limit. */
function isNumericParameter(node: unknown): boolean {
  const tagged = untag(argumentOf(node));
  if (tagged?.tag !== 'TypeCast') return tagged?.tag === 'ParamRef';
  const type =
    namesOf(isFields(tagged.fields['typeName']) ? tagged.fields['typeName']['names'] : undefined)?.at(-1) ?? '';
  return !timeTypes.has(type) && isNumericParameter(tagged.fields['arg']);
}

const timeTypes: ReadonlySet<string> = new Set(['date', 'timestamp', 'timestamptz', 'interval']);

function seriesLength(args: readonly unknown[]): ConstantSize {
  if (args.some(isNumericParameter)) return 'unknown';
  const [start, stop, step] = args.map((arg) => constantSize(argumentOf(arg)));
  if (typeof stop === 'number' && Number.isFinite(stop)) {
    const from = typeof start === 'number' ? start : 0;
    const by = typeof step === 'number' && step !== 0 ? Math.abs(step) : 1;
    // Wrong direction gives no rows; the strict answer costs nobody anything.
    return Math.abs(stop - from) / by;
  }
  if (typeof start === 'number' && stop === 'row') return Math.abs(start) > 1_000_000 ? Math.abs(start) : 'row';
  // Series of dates and timestamps end by the row limit; a step below one second is not one that people read.
  return subSecondStep(args[2]) ? Number.POSITIVE_INFINITY : 'row';
}

function subSecondStep(node: unknown): boolean {
  const tagged = untag(argumentOf(node));
  if (tagged?.tag === 'TypeCast') return subSecondStep(tagged.fields['arg']);
  if (tagged?.tag !== 'A_Const' || !isFields(tagged.fields['sval'])) return false;
  const text = tagged.fields['sval']['sval'];
  return typeof text === 'string' && /micro|milli|\d\s*(us|ms|usec|msec)\b|\.\d+\s*(s|$)/i.test(text);
}

/** `format('%1000000s', …)` and `format('%*s', 1000000, …)` pad like lpad. */
function formatWidth(args: readonly unknown[]): ConstantSize {
  const literal = fieldsOf(argumentOf(args[0]), 'A_Const')?.['sval'];
  const text = isFields(literal) ? literal['sval'] : undefined;
  if (typeof text !== 'string') {
    const size = constantSize(argumentOf(args[0]));
    return size === 'row' ? 'row' : args.length > 1 ? 'unknown' : 'row';
  }
  let widest = 0;
  for (const [, width = ''] of text.matchAll(/%(?:\d+\$)?-?(\d+|\*(?:\d+\$)?)/g)) {
    if (width.startsWith('*')) {
      if (args.some(isNumericParameter)) return 'unknown';
      for (const arg of args.slice(1)) {
        const size = sizeOf(arg);
        if (typeof size === 'number') widest = Math.max(widest, size);
      }
    } else widest = Math.max(widest, Number(width));
  }
  return widest === 0 ? 'row' : widest;
}

/** Calls that can make their argument longer by a factor: nested, they double a byte into gigabytes. */
const growthFactors: Readonly<Record<string, (args: readonly unknown[]) => number>> = {
  encode: () => 2,
  quote_literal: () => 2,
  quote_nullable: () => 2,
  quote_ident: () => 2,
  format: (args) => Math.max(2, formatRepeats(args[0])),
  to_json: () => 2,
  to_jsonb: () => 2,
  json_build_array: () => 2,
  json_build_object: () => 2,
  jsonb_build_array: () => 2,
  jsonb_build_object: () => 2,
  array_to_json: () => 2,
  row_to_json: () => 2,
  json_object: () => 2,
  xmltext: () => 6,
  replace: (args) => replacementGrowth(args[1], args[2]),
  regexp_replace: (args) => replacementGrowth(undefined, args[2]),
};

/** How often `format` puts in the value that it puts in most often. */
function formatRepeats(node: unknown): number {
  const counts = new Map<string, number>();
  for (const [, place = ''] of (literalText(node) ?? '').matchAll(/%(\d+)\$/g))
    counts.set(place, (counts.get(place) ?? 0) + 1);
  return Math.max(1, ...counts.values());
}

/** What an element of an array may be worth in characters. Measured: a million records or JSON values are written out with 1.1 GB. */
const partsOfElement = 5;

const maxGrowth = 65_536;
/** Values in one statement may together be this many times the size that one may have. */
const maxTotal = 4;

function literalText(node: unknown): string | undefined {
  const literal = fieldsOf(argumentOf(node), 'A_Const')?.['sval'];
  return isFields(literal) ? (typeof literal['sval'] === 'string' ? literal['sval'] : '') : undefined;
}

/** How much `regexp_replace` can lengthen what it changes: with \1\1 the part doubles, with `g` everything does. */
export function backreferenceGrowth(to: unknown, flags: unknown): number {
  const replacement = literalText(to) ?? '';
  if (literalText(flags)?.includes('g') === true) return Math.max(1, replacement.length);
  const counts = new Map<string, number>();
  for (const [, mark = ''] of replacement.matchAll(/\\([\d&])/g)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return Math.max(1, ...counts.values());
}

/** Replacing a by bb doubles; what is not written out is taken to. */
export function replacementGrowth(from: unknown, to: unknown): number {
  const replacement = literalText(to);
  if (replacement === undefined) return constantSize(argumentOf(to)) === 'row' ? 1 : 2;
  return Math.max(1, replacement.length / Math.max(literalText(from)?.length ?? 1, 1));
}

/** Refuses a value that would be too large, alone, inside another one, or together with the others. */
export function checkBuiltSize(judgement: Judgement, frame: Frame, node: string, name: string, size: number): void {
  const limit = judgement.policy.limits.maxGeneratedSize;
  const finding = { code: 'size', node, name, location: locationOf(frame.fields) } as const;
  if (size > limit || Number.isNaN(size)) {
    refuse(judgement, {
      ...finding,
      message: `${name} would build more than ${limit} characters, elements or rows`,
      option: 'limits.maxGeneratedSize',
    });
    return;
  }
  if (frame.size > 0 && frame.size * size * frame.rows > limit * maxTotal) {
    refuse(judgement, { ...finding, message: `${name} is collected from ${frame.rows} rows, which takes gigabytes` });
    return;
  }
  if (frame.size * size > nestedLimit || frame.growth * size > limit * maxTotal) {
    refuse(judgement, {
      ...finding,
      message: `${name} stands inside another call that multiplies what it builds`,
      hint: 'Build one value at a time.',
    });
    return;
  }
  if (name === 'generate_series') return;
  judgement.builtSize += size * frame.growth;
  noteBuilt(judgement, size * frame.growth);
  if (judgement.builtSize > limit * maxTotal) {
    refuse(judgement, {
      ...finding,
      message: `The statement builds values of more than ${limit * maxTotal} characters together`,
      option: 'limits.maxGeneratedSize',
    });
  }
}

function noteBuilt(judgement: Judgement, size: number): void {
  const [largest, second] = judgement.largestBuilt;
  if (size > second) judgement.largestBuilt = size > largest ? [size, largest] : [largest, size];
  judgement.largestCalled = Math.max(judgement.largestCalled, size);
}

/** Judges what a call of a built-in function builds. */
export function inspectGeneratedSize(name: string, frame: Frame, judgement: Judgement): void {
  const args = listOf(frame.fields['args']);
  const growth = Object.hasOwn(growthFactors, name) ? growthFactors[name] : undefined;
  if (growth) {
    frame.growth *= growth(args);
    if (frame.growth > maxGrowth) {
      refuse(judgement, {
        code: 'size',
        node: 'FuncCall',
        name,
        message: `${name} is nested so deeply that a short value grows into gigabytes`,
        location: locationOf(frame.fields),
      });
    }
  }
  const measure = Object.hasOwn(sizeArguments, name) ? sizeArguments[name] : undefined;
  if (!measure) {
    if (multipliers.has(name)) frame.size = Math.max(frame.size, 1);
    return;
  }
  const size = measure(args);
  if (size === 'row' && name !== 'generate_series') judgement.sizedByColumn = true;
  if (size === 'unknown') {
    refuse(judgement, {
      code: 'size',
      node: 'FuncCall',
      name,
      message: `${name} takes a size that cannot be read off the text, and the server would build the value while it plans`,
      location: locationOf(frame.fields),
      hint: 'Write the size as a number.',
    });
  } else if (typeof size === 'number') {
    const elements = name === 'array_fill' ? partsOfElement : 1;
    const tooMany = Math.abs(size) * elements > judgement.policy.limits.maxGeneratedSize;
    checkBuiltSize(judgement, frame, 'FuncCall', name, tooMany ? Math.abs(size) * elements : size);
  }
  if (name !== 'generate_series' || frame.size > 0) {
    frame.size = Math.max(frame.size, 1) * (typeof size === 'number' ? Math.max(size, 1) : 1);
  }
}

const paddedTypes: ReadonlySet<string> = new Set(['bpchar', 'char', 'bit']);

/** `char(n)` and `bit(n)` pad to n. */
export function inspectPaddedType(name: string, frame: Frame, judgement: Judgement): void {
  if (!paddedTypes.has(name) || frame.fields['typmods'] === undefined || frame.parent !== 'TypeCast') return;
  const size = sizeOf(listOf(frame.fields['typmods'])[0]);
  if (typeof size === 'number') checkBuiltSize(judgement, frame, 'TypeName', name, size);
}
