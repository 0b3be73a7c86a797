import { type CallSpan, callAt } from './call-span.ts';
import { cast } from './cast.ts';
import type { Span } from './operand-span.ts';
import { repairTop } from './repair-lexis.ts';
import type { RepairRule, RepairStep } from './repair-step.ts';
import { respellFunction } from './respell-function.ts';
import { momentTypes, numberTypes, textTypes } from './type-names.ts';

const isText = (type: string | undefined): boolean => type !== undefined && (textTypes.has(type) || type === 'unknown');

/** Functions of dates and times, given texts, differences of dates or other databases' words. */
function repairMoment(
  sql: string,
  call: CallSpan,
  name: string,
  types: readonly string[],
): readonly RepairStep[] | undefined {
  const [first, second] = call.arguments;
  if (first === undefined) return undefined;
  if (name === 'trunc' && momentTypes.has(types[0] ?? '')) return respellTruncation(sql, call);
  if (name === 'extract' && isText(types[1])) {
    const from = /^\w+\s+from\s+/i.exec(sql.slice(first.start, first.end))?.[0];
    return from === undefined ? [] : [cast(sql, { start: first.start + from.length, end: first.end }, 'timestamp')];
  }
  if (types[1] === 'integer' && /^(?:extract|date_part)$/.test(name)) return daysBetween(sql, call, name);
  if (/^(?:date_trunc|date_part)$/.test(name) && second !== undefined && textTypes.has(types[1] ?? '')) {
    return [cast(sql, second, 'timestamp')];
  }
  if (name === 'to_char' && textTypes.has(types[0] ?? '')) return [cast(sql, first, 'timestamp')];
  return undefined;
}

const textFunctions = new Set(
  'lower upper length char_length substr substring left right trim btrim ltrim rtrim replace split_part strpos position initcap lpad rpad regexp_replace concat_ws starts_with reverse'.split(
    ' ',
  ),
);

/** Gives the arguments of a call the types that it wants, or the function its form here. `types` are those that it was given. */
export function repairCall(sql: string, at: number, name: string, types: readonly string[]): readonly RepairStep[] {
  const call = callAt(sql, at);
  if (call === undefined) return [];
  const [first] = call.arguments;
  if (name === 'top') return repairTop(sql);
  if (first === undefined || types.length === 0) return respellFunction(sql, call, name);
  const argument = withoutDistinct(sql, first);
  if (/^(?:round|trunc)$/.test(name) && types.length === 2 && numberTypes.has(types[0] ?? ''))
    return [cast(sql, first, 'numeric')];
  if (name === 'count' && types.length > 1) return countTogether(sql, call);
  if (/^(?:sum|avg)$/.test(name) && types[0] === 'boolean') return [cast(sql, argument, 'int')];
  if (/^(?:sum|avg|abs|round|ceil|floor|stddev|variance)$/.test(name) && textTypes.has(types[0] ?? '')) {
    return [cast(sql, argument, 'numeric')];
  }
  const moment = repairMoment(sql, call, name, types);
  if (moment !== undefined) return moment;
  if (textFunctions.has(name) && !isText(types[0])) return [cast(sql, argument, 'text')];
  if (name === 'string_agg' && !isText(types[0])) return [cast(sql, argument, 'text')];
  return respellFunction(sql, call, name);
}

function withoutDistinct(sql: string, span: Span): Span {
  const distinct = /^distinct\s+/i.exec(sql.slice(span.start, span.end))?.[0];
  return distinct === undefined ? span : { start: span.start + distinct.length, end: span.end };
}

const step = (sql: string, call: CallSpan, rule: RepairRule, text: string): readonly RepairStep[] => {
  const { start } = call.name;
  return [{ rule, from: sql.slice(start, call.end), to: text, edits: [{ start, end: call.end, text }] }];
};

/** `count(DISTINCT a, b)` of MySQL, which leaves out rows in which one of them is NULL. */
function countTogether(sql: string, call: CallSpan): readonly RepairStep[] {
  const [first = '', ...others] = call.arguments.map(({ start, end }) => sql.slice(start, end));
  const distinct = /^distinct\s+/i.exec(first)?.[0];
  if (distinct === undefined) return [];
  const values = [first.slice(distinct.length), ...others];
  const present = values.map((value) => `(${value}) IS NOT NULL`).join(' AND ');
  return step(sql, call, 'function', `count(DISTINCT CASE WHEN ${present} THEN (${values.join(', ')}) END)`);
}

/** The difference of two dates is a number of days already. */
function daysBetween(sql: string, call: CallSpan, name: string): readonly RepairStep[] {
  const text = call.arguments.map(({ start, end }) => sql.slice(start, end)).join(', ');
  const days = (name === 'extract' ? /^day\s+from\s+([\s\S]+)$/i : /^'day',\s*([\s\S]+)$/i).exec(text)?.[1];
  return days?.includes('-') === true ? step(sql, call, 'type', `(${days})`) : [];
}

const truncations: Readonly<Record<string, string>> = {
  "'yyyy'": 'year',
  "'yy'": 'year',
  "'year'": 'year',
  "'q'": 'quarter',
  "'mm'": 'month',
  "'mon'": 'month',
  "'month'": 'month',
  "'dd'": 'day',
};

/** `trunc(moment, 'MM')` of Oracle. */
function respellTruncation(sql: string, call: CallSpan): readonly RepairStep[] {
  const [value = '', unit = "'DD'"] = call.arguments.map(({ start, end }) => sql.slice(start, end));
  const part = truncations[unit.toLowerCase()];
  return part === undefined ? [] : step(sql, call, 'function', `date_trunc('${part}', ${value})`);
}
