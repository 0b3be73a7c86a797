import {
  type ArgumentRule,
  extensionArguments,
  extensionCollectors,
  linearExtensionCalls,
} from '../functions/extension-arguments.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import { inspectCollected } from './collected-rows.ts';
import { constantSize } from './constant.ts';

import { noteWork } from './growth.ts';
import type { Frame } from './inspector.ts';

/** Judges a call of a function that an extension of the policy brings, by its arguments and by what it builds. */
export function inspectExtensionCall(name: string, frame: Frame, judgement: Judgement): void {
  const { fields } = frame;
  const args = listOf(fields['args']);
  const limited = extensionArguments.get(name);
  const broken = limited?.rules.find((rule) => !keeps(rule, args));
  if (limited && broken) {
    refuse(judgement, {
      code: 'is' in broken ? 'function' : 'size',
      node: 'FuncCall',
      name,
      message: `${name} may ${limited.why}`,
      location: locationOf(fields),
      hint: hintOf(broken),
    });
  }
  if (extensionCollectors.has(name) && frame.rows > 1)
    inspectCollected(judgement, frame, { node: 'FuncCall', name, rows: frame.rows }, args);
  if (!linearExtensionCalls.has(name)) noteWork('FuncCall', name, fields, judgement);
}

function keeps(rule: ArgumentRule, args: readonly unknown[]): boolean {
  // Names may change the order.
  if (args.some((argument) => fieldsOf(argument, 'NamedArgExpr'))) return false;
  const argument = args[rule.argument];
  if (argument === undefined) return true;
  if ('is' in rule) return rule.is === 'number' && isNumber(argument);
  const numbers = 'words' in rule ? numbersIn(argument) : undefined;
  const sizes = numbers ?? [constantSize(argument)];
  return sizes.every(
    (size) =>
      typeof size === 'number' && ('most' in rule ? Math.abs(size) <= rule.most : size >= rule.least && size <= 1),
  );
}

/** The numbers of `'quad_segs=8 endcap=flat'`; undefined for what is no literal text. */
function numbersIn(argument: unknown): readonly number[] | undefined {
  const literal = fieldsOf(argument, 'A_Const')?.['sval'];
  if (!isFields(literal)) return undefined;
  return [...(textOf(literal['sval']) ?? '').matchAll(/\d[\d.e+]*/gi)].map(([digits]) => Number(digits));
}

const numericTypes: ReadonlySet<string> = new Set(['int2', 'int4', 'int8']);
const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);
const numericCalls: ReadonlySet<string> = new Set(['st_srid', 'floor', 'ceil', 'round', 'abs', 'mod']);

/** True for an expression that no server takes for a text. */
function isNumber(node: unknown): boolean {
  const tagged = untag(node);
  const fields: Fields = tagged?.fields ?? {};
  switch (tagged?.tag) {
    case 'A_Const':
      return isFields(fields['ival']);
    case 'TypeCast': {
      const type = isFields(fields['typeName']) ? fields['typeName'] : {};
      return type['arrayBounds'] === undefined && numericTypes.has(namesOf(type['names'])?.at(-1) ?? '');
    }
    case 'FuncCall':
      return numericCalls.has(namesOf(fields['funcname'])?.at(-1) ?? '');
    case 'A_Expr':
      return (
        fields['kind'] === 'AEXPR_OP' &&
        arithmetic.has(namesOf(fields['name'])?.at(-1) ?? '') &&
        (isNumber(fields['lexpr']) || isNumber(fields['rexpr']))
      );
    case 'CaseExpr':
      return [
        fields['defresult'],
        ...listOf(fields['args']).map((item) => fieldsOf(item, 'CaseWhen')?.['result']),
      ].every(isNumber);
    default:
      return false;
  }
}

const hintOf = (rule: ArgumentRule): string => {
  const place = `argument ${rule.argument + 1}, by position`;
  if ('is' in rule) return rule.is === 'absent' ? `Leave out ${place}.` : `Cast ${place}, to integer: srid::int.`;
  return 'most' in rule
    ? `Write a number of at most ${rule.most} as ${place}.`
    : `Write a number of at least ${rule.least} as ${place}.`;
};
