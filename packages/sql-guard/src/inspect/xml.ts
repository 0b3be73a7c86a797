import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import type { Inspector } from './inspector.ts';

/** Steps of XPath that visit a whole document, inside the predicate of another step: the document's size to the power of their number. */
const wholeDocument = /\/\/|descendant|ancestor|following|preceding/g;
const maxNestedSteps = 1;

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

/** Steps through the whole document that stand in predicates. */
function nestedSteps(path: string): number {
  let depth = 0;
  let found = 0;
  let from = 0;
  for (let at = 0; at <= path.length; at += 1) {
    const character = path[at];
    if (character !== '[' && character !== ']' && at < path.length) continue;
    if (depth > 0) found += path.slice(from, at).match(wholeDocument)?.length ?? 0;
    // Predicates in predicates multiply whatever they visit.
    if (character === '[') depth += 1;
    else depth = Math.max(0, depth - 1);
    if (depth > 2) found += 1;
    from = at + 1;
  }
  return found;
}

/** Judges a path that libxml2 walks; nothing stops it once it runs. */
export function inspectPath(node: unknown, name: string, location: number, judgement: Judgement): void {
  const path = pathText(node);
  if (path === undefined ? hasNoPredicate(node) : nestedSteps(path) <= maxNestedSteps) return;
  refuse(judgement, {
    code: 'size',
    node: name === 'xmltable' ? 'RangeTableFunc' : 'FuncCall',
    name,
    message:
      path === undefined
        ? `${name} takes a path that cannot be read off the text, and no timeout stops what it visits`
        : `${name} takes a path whose predicates visit the whole document again, which no timeout stops`,
    location,
    hint: 'Write a short path, and filter in SQL.',
  });
}

/** Judges XMLTABLE. */
export const inspectXmlTable: Inspector = ({ fields }, judgement) => {
  judgement.usesXml = true;
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
};

/** Judges literals of a statement that reads XML: entities expand to many times their length, or name files. */
export function inspectEntities(judgement: Judgement): void {
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
