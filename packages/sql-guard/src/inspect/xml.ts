import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import type { Inspector } from './inspector.ts';
import { noteLonger, noteNested } from './nesting.ts';

/** Steps of XPath that visit a whole document, inside the predicate of another step: the document's size to the power of their number. */
const wholeDocument = /\/\/|descendant|ancestor|following|preceding/g;
const maxNestedSteps = 1;
/** Of them outside of predicates and in them. Measured on documents of 32 KB: two take half a second, three up to nine, four longer than 15 s. */
const maxWholeSteps = 3;
/** Steps to the nodes beside one. libxml2 compares each of the nodes it finds with all others: 2,000 of them take two seconds, 8,000 half a minute. */
const sideStep = /(?:following|preceding)(?:-sibling)?\s*::/g;
const narrowedSideStep = /\]\s*\/\s*(?:following|preceding)(?:-sibling)?\s*::/g;
/** Characters of a document, or elements that the text builds, beside which the dearest of these may stand. */
const maxDocument = 5_000;
/** Steps from a predicate to the nodes beside the one that is asked, or to the whole document. */
const outerStep = /\.\.\s*\/\s*[^@.\s]|(?:^|[([,|=<>+*-]|\b(?:and|or|div|mod)\b)\s*\//g;
const maxOuterSteps = 2;
/** Sets of nodes put together, and steps up the document: each takes the square of the nodes. */
const maxSets = 16;

/** The text of a path; a column in it stands for a word. Undefined: it cannot be read. */
function pathText(node: unknown, depth = 0): string | undefined {
  const tagged = depth > 32 ? undefined : untag(node);
  switch (tagged?.tag) {
    case 'A_Const':
      return isFields(tagged.fields['sval']) ? (textOf(tagged.fields['sval']['sval']) ?? '') : '';
    case 'TypeCast':
      return pathText(tagged.fields['arg'], depth + 1);
    case 'ColumnRef':
      return 'x';
    case 'A_Expr': {
      if (namesOf(tagged.fields['name'])?.at(-1) !== '||') return undefined;
      const left = pathText(tagged.fields['lexpr'], depth + 1);
      const right = pathText(tagged.fields['rexpr'], depth + 1);
      return left === undefined || right === undefined ? undefined : left + right;
    }
    default:
      return undefined;
  }
}

/** Calls that can make a long path out of short literals. */
const builders: ReadonlySet<string> = new Set(
  'repeat lpad rpad replace regexp_replace translate chr format concat concat_ws overlay convert_from decode string_agg array_to_string reverse unistr'.split(
    ' ',
  ),
);

/** True when an expression cannot give a path with predicates: no literal in it opens one, and nothing in it builds text. */
function hasNoPredicate(expression: unknown): boolean {
  const stack: unknown[] = [expression];
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (fieldsOf(value, 'ParamRef')) return false;
    const call = fieldsOf(value, 'FuncCall');
    if (call && builders.has(namesOf(call['funcname'])?.at(-1) ?? '')) return false;
    if (fieldsOf(value, 'A_Const') && pathText(value)?.includes('[') === true) return false;
    stack.push(...(Object.values(value) as unknown[]));
  }
  return true;
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

interface PathWork {
  /** Parts of the path in no predicate. */
  readonly steps: string;
  /** Steps through the whole document that stand in predicates. */
  readonly nested: number;
  /** Steps out of a predicate, those of predicates in predicates twice as dear. */
  readonly outer: number;
}

function workOf(path: string): PathWork {
  let depth = 0;
  let nested = 0;
  let outer = 0;
  let from = 0;
  let steps = '';
  for (let at = 0; at <= path.length; at += 1) {
    const character = path[at];
    if (character !== '[' && character !== ']' && at < path.length) continue;
    const part = path.slice(from, at);
    if (depth > 0) {
      nested += countOf(part, wholeDocument);
      outer += countOf(part, outerStep) * (depth > 1 ? maxOuterSteps : 1);
    } else steps += `]${part}`;
    // Predicates in predicates multiply whatever they visit.
    if (character === '[') depth += 1;
    else depth = Math.max(0, depth - 1);
    if (depth > 2) nested += 1;
    from = at + 1;
  }
  return { steps: steps.slice(1), nested, outer };
}

/** True for a path that visits a document a few times at most. */
function isQuick(path: string): boolean {
  const { steps, nested, outer } = workOf(path);
  const aside = countOf(steps, sideStep);
  return (
    nested <= maxNestedSteps &&
    outer <= maxOuterSteps &&
    countOf(path, wholeDocument) <= maxWholeSteps &&
    countOf(path, /\||\.\./g) <= maxSets &&
    aside <= 1 &&
    aside === countOf(steps, narrowedSideStep)
  );
}

/** Judges a path that libxml2 walks; nothing stops it once it runs. */
export function inspectPath(expression: unknown, name: string, location: number, judgement: Judgement): void {
  const path = pathText(expression);
  const node = name === 'xmltable' ? 'RangeTableFunc' : 'FuncCall';
  if (path !== undefined && (countOf(path, sideStep) > 0 || countOf(path, wholeDocument) >= maxWholeSteps))
    judgement.dearPath ??= { node, name, location };
  if (path === undefined ? hasNoPredicate(expression) : isQuick(path)) return;
  refuse(judgement, {
    code: 'size',
    node,
    name,
    message:
      path === undefined
        ? `${name} takes a path that cannot be read off the text, and no timeout stops what it visits`
        : `${name} takes a path that visits the whole document again and again, which no timeout stops`,
    location,
    hint: 'Write a short path, and filter in SQL.',
  });
}

/** Judges XMLTABLE. */
export const inspectXmlTable: Inspector = ({ fields }, judgement) => {
  judgement.usesXml = true;
  noteNested(judgement);
  const location = locationOf(fields);
  inspectPath(fields['rowexpr'], 'xmltable', location, judgement);
  for (const item of listOf(fields['columns'])) {
    const path = fieldsOf(item, 'RangeTableFuncCol')?.['colexpr'];
    if (path !== undefined) inspectPath(path, 'xmltable', location, judgement);
  }
};

/** Notes that a statement reads XML. */
export const inspectXml: Inspector = (_frame, judgement) => {
  judgement.usesXml = true;
  noteLonger(judgement);
};

/** Paths for documents of tables: beside a long one in the text they are there to keep the server busy. */
function inspectDearPath(judgement: Judgement): void {
  const { dearPath, growth, largestCalled, literals } = judgement;
  if (!dearPath) return;
  const longest = literals.reduce((most, { sval }) => {
    const text = isFields(sval) ? sval['sval'] : undefined;
    return typeof text === 'string' ? Math.max(most, text.length) : most;
  }, 1);
  if (longest * growth * Math.max(largestCalled, 1) <= maxDocument) return;
  refuse(judgement, {
    code: 'size',
    ...dearPath,
    message: `${dearPath.name} takes a path that visits the whole of a long document which the text writes or builds, for each of its nodes, which no timeout stops`,
  });
}

/** Judges literals of a statement that reads XML: entities expand to many times their length, or name files. */
export function inspectEntities(judgement: Judgement): void {
  inspectDearPath(judgement);
  if (!judgement.usesXml) return;
  for (const literal of judgement.literals) {
    if (!definesEntity(literal)) continue;
    refuse(judgement, {
      code: 'size',
      node: 'A_Const',
      message: 'An XML document type in the text defines entities, which expand without end or name files',
      location: locationOf(literal),
      hint: 'Leave the <!DOCTYPE …> out.',
    });
    return;
  }
}

function definesEntity(literal: Fields): boolean {
  const value = isFields(literal['sval']) ? textOf(literal['sval']['sval']) : undefined;
  return value !== undefined && (value.includes('<!ENTITY') || value.includes('<!DOCTYPE'));
}
