import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, isFields, listOf, locationOf, untag } from '../tree.ts';
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
};

/** Calls that multiply what their arguments build. */
const multipliers: ReadonlySet<string> = new Set(
  `replace regexp_replace translate string_agg array_agg json_agg jsonb_agg xmlagg json_object_agg jsonb_object_agg array_cat array_append array_prepend
   array_replace concat concat_ws overlay regexp_split_to_array regexp_split_to_table regexp_matches json_agg_strict jsonb_agg_strict`.split(
    /\s+/,
  ),
);

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
  return tagged?.tag === 'ColumnRef' || tagged?.tag === 'ParamRef' ? 'row' : 'unknown';
}

function seriesLength(args: readonly unknown[]): ConstantSize {
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
      for (const arg of args.slice(1)) {
        const size = sizeOf(arg);
        if (typeof size === 'number') widest = Math.max(widest, size);
      }
    } else widest = Math.max(widest, Number(width));
  }
  return widest === 0 ? 'row' : widest;
}

/** Refuses a call that builds more than the policy's limit, alone or inside another one. */
export function inspectGeneratedSize(name: string, frame: Frame, judgement: Judgement): void {
  const measure = Object.hasOwn(sizeArguments, name) ? sizeArguments[name] : undefined;
  if (!measure) {
    if (multipliers.has(name)) frame.size = Math.max(frame.size, 1);
    return;
  }
  const limit = judgement.policy.limits.maxGeneratedSize;
  const size = measure(listOf(frame.fields['args']));
  const location = locationOf(frame.fields);
  if (size === 'unknown') {
    refuse(judgement, {
      code: 'size',
      node: 'FuncCall',
      name,
      message: `${name} takes a size that cannot be read off the text, and the server would build the value while it plans.`,
      location,
      hint: 'Write the size as a number.',
    });
  } else if (typeof size === 'number' && (size > limit || Number.isNaN(size))) {
    refuse(judgement, {
      code: 'size',
      node: 'FuncCall',
      name,
      message: `${name} would build more than ${limit} characters, elements or rows.`,
      location,
      option: 'limits.maxGeneratedSize',
    });
  } else if (frame.size > 0 && typeof size === 'number' && frame.size * size > nestedLimit) {
    refuse(judgement, {
      code: 'size',
      node: 'FuncCall',
      name,
      message: `${name} stands inside another call that multiplies what it builds.`,
      location,
      hint: 'Build one value at a time.',
    });
  }
  if (name !== 'generate_series' || frame.size > 0)
    frame.size = Math.max(frame.size, 1) * (typeof size === 'number' ? Math.max(size, 1) : 1);
}
