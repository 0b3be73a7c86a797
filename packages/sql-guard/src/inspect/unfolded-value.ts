/** What an expression becomes when the subqueries below it are put into it. */
export interface UnfoldedValue {
  /** Its nodes, as the planner copies them. */
  readonly nodes: number;
  /** How many times longer it is than what it is made of. */
  readonly length: number;
  /** The largest number that is written in what it is made of; 0: none. */
  readonly number: number;
  /** How often it holds each column of the recursion that it stands in. */
  readonly copies: ReadonlyMap<string, number>;
  /** Copies are put together, and do not stand for each other. */
  readonly joined: boolean;
  /** Read as text, it doubles each quote, or each byte, of its parts. */
  readonly escapes: boolean;
  /** It is made of whole rows or of JSON, which `||` with a text reads as text; an array it only makes longer. */
  readonly made: 'row' | 'document' | undefined;
}

const noCopies: ReadonlyMap<string, number> = new Map();

/** A value that nothing is known of. */
export const unknownValue: UnfoldedValue = {
  nodes: 1,
  length: 1,
  number: 0,
  copies: noCopies,
  joined: false,
  escapes: false,
  made: undefined,
};

/** A value that is written in the text. */
export const writtenValue = (length: number, number: number): UnfoldedValue =>
  length <= 1 && number === 0 ? unknownValue : { ...unknownValue, length: Math.max(length, 1), number };

function mergeCopies(
  values: readonly UnfoldedValue[],
  merge: (one: number, other: number) => number,
): ReadonlyMap<string, number> {
  let merged: Map<string, number> | undefined;
  for (const { copies } of values) {
    if (copies.size === 0) continue;
    merged ??= new Map();
    for (const [column, count] of copies) merged.set(column, merge(merged.get(column) ?? 0, count));
  }
  return merged ?? noCopies;
}

const sum = (one: number, other: number): number => one + other;

const madeOf = (one: UnfoldedValue['made'], other: UnfoldedValue['made']): UnfoldedValue['made'] =>
  one === 'row' ? one : (other ?? one);

/** Parts that are put together. */
export function join(values: readonly UnfoldedValue[]): UnfoldedValue {
  let nodes = 1;
  let length = 0;
  let number = 0;
  let joined = false;
  let escapes = false;
  let made: UnfoldedValue['made'];
  let copied = 0;
  for (const value of values) {
    nodes += value.nodes;
    length += value.length;
    number = Math.max(number, value.number);
    joined ||= value.joined;
    escapes ||= value.escapes;
    made = madeOf(made, value.made);
    if (value.copies.size > 0) copied += 1;
  }
  const copies = copied === 0 ? noCopies : mergeCopies(values, sum);
  return { nodes, length, number, copies, joined: joined || copied > 1, escapes, made };
}

/** One of several values. */
export function anyOf(values: readonly UnfoldedValue[]): UnfoldedValue {
  let nodes = 1;
  let length = 1;
  let number = 0;
  let joined = false;
  let escapes = false;
  let made: UnfoldedValue['made'];
  for (const value of values) {
    nodes += value.nodes;
    length = Math.max(length, value.length);
    number = Math.max(number, value.number);
    joined ||= value.joined;
    escapes ||= value.escapes;
    made = madeOf(made, value.made);
  }
  return { nodes, length, number, copies: mergeCopies(values, Math.max), joined, escapes, made };
}

/** One of several values, of which the planner copies one. */
export const widest = (values: readonly UnfoldedValue[]): UnfoldedValue =>
  withNodes(
    anyOf(values),
    values.reduce((most, { nodes }) => Math.max(most, nodes), 1),
  );

/** A short value that is computed from others, which have so many nodes. */
export const computed = (nodes: number, number = 0): UnfoldedValue => ({ ...unknownValue, nodes: nodes + 1, number });

/** A value as text. */
export const asText = (value: UnfoldedValue): UnfoldedValue =>
  value.escapes ? { ...times(value, 2), escapes: false, made: undefined } : value;

/** Nodes of several values. */
export function nodesOf(values: readonly UnfoldedValue[]): number {
  let nodes = 0;
  for (const value of values) nodes += value.nodes;
  return nodes;
}

/** A value in place of another, with so many nodes. */
export const withNodes = (value: UnfoldedValue, nodes: number): UnfoldedValue =>
  value.nodes === nodes ? value : { ...value, nodes };

/** A value so many times over. */
export function times(value: UnfoldedValue, factor: number): UnfoldedValue {
  if (factor <= 1) return value;
  return {
    ...value,
    length: value.length * factor,
    copies: mergeCopies([value], (_none, count) => count * factor),
    joined: value.joined || value.copies.size > 0,
  };
}
