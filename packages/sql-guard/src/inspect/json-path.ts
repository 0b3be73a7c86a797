import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, isFields, locationOf, namesOf, textOf } from '../tree.ts';
import type { Inspector } from './inspector.ts';
import { noteLonger } from './nesting.ts';

/**
 * Values that the lists of subscripts of one path may give of one value: `$[0, 0][0, 0]` doubles with each list. Measured: a path of two
 * hundred characters takes 250 MB a second until the timeout.
 */
const maxValues = 1_000;
/** `.**` gives all that is below a value, and after another one that of all of it: three over 300 levels take 2 GB, where no timeout looks. */
const maxDescents = 2;
/** Paths from the root in filters that give several values: each is compared with each of what is filtered. */
const maxRootPaths = 1;

// The end of the text ends it too, so that each character is looked at once.
const quotedText = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g;
const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

interface PathWork {
  readonly tooMuch: boolean;
  /** The root is visited for each value. */
  readonly visitsRoot: boolean;
}

function workOf(path: string): PathWork {
  const bare = path.replace(quotedText, '""').replace(/\s+/g, '');
  let values = 1;
  for (const [list] of bare.matchAll(/\[[^[\]]*\]/g)) values *= countOf(list, /,/g) + 1;
  const filter = bare.indexOf('?');
  const rootPaths = filter < 0 ? 0 : countOf(bare.slice(filter), /\$[^$?()=<>!&|+]*?(?:\[\*\]|\.\*)/g);
  return {
    tooMuch: values > maxValues || countOf(bare, /\*\*/g) > maxDescents || rootPaths > maxRootPaths,
    visitsRoot: rootPaths > 0,
  };
}

/** Calls that write a text many times over. */
const repeaters: ReadonlySet<string> = new Set(
  'repeat lpad rpad replace regexp_replace string_agg array_to_string overlay'.split(' '),
);

/** Nodes of an expression that are looked at; a path is put together from a few. */
const maxNodes = 200;

/** The literals of an expression in one, and whether something in it repeats them. What is larger than any path counts as repeated. */
function writtenPath(expression: unknown): { readonly text: string; readonly repeats: boolean } {
  let text = '';
  let repeats = false;
  let nodes = 0;
  const stack: unknown[] = [expression];
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const literal = fieldsOf(value, 'A_Const')?.['sval'];
    if (isFields(literal)) text += ` ${textOf(literal['sval']) ?? ''}`;
    nodes += 1;
    if (nodes > maxNodes) return { text, repeats: true };
    repeats ||= repeaters.has(namesOf(fieldsOf(value, 'FuncCall')?.['funcname'])?.at(-1) ?? '');
    stack.push(...Object.values(value));
  }
  return { text, repeats };
}

/** Judges the path of a call, an operator, a cast or SQL/JSON. */
export function inspectJsonPath(
  expression: unknown,
  node: 'FuncCall' | 'A_Expr' | 'TypeCast' | 'JsonFuncExpr' | 'JsonTablePathSpec',
  name: string,
  location: number,
  judgement: Judgement,
): void {
  const { text, repeats } = writtenPath(expression);
  if (!text.includes('*') && !text.includes(',')) return;
  const { tooMuch, visitsRoot } = workOf(text);
  if (visitsRoot) judgement.dearPath ??= { node, name, location };
  if (!tooMuch && !(repeats && /\*\*|\[[^[\]]*,/.test(text))) return;
  refuse(judgement, {
    code: 'size',
    node,
    name,
    message: 'The JSON path gives each value many times over, which takes gigabytes',
    location,
    hint: 'Write each subscript once, ** at most twice, and filter in SQL.',
  });
}

/** Levels that jsonb_pretty may indent. It takes the square of them: 5,000 levels make 100 MB, of a text of 10 KB. */
const maxLevels = 1_000;

/** Judges what jsonb_pretty may be asked to indent; called after the walk. */
export function inspectPrettyPrint(judgement: Judgement): void {
  const { prettyPrint, literals } = judgement;
  if (prettyPrint === undefined) return;
  for (const { sval } of literals) {
    const text = isFields(sval) ? (textOf(sval['sval']) ?? '') : '';
    if (text.length <= maxLevels) continue;
    let level = 0;
    let deepest = 0;
    for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
      level += bracket === '[' || bracket === '{' ? 1 : -1;
      deepest = Math.max(deepest, level);
    }
    if (deepest <= maxLevels) continue;
    refuse(judgement, {
      code: 'size',
      node: 'FuncCall',
      name: 'jsonb_pretty',
      message: `jsonb_pretty would indent ${deepest} levels, which takes the square of their number`,
      location: prettyPrint,
    });
    return;
  }
}

/** Judges the path of JSON_VALUE, JSON_QUERY and JSON_EXISTS. */
export const inspectJsonFunction: Inspector = ({ fields }, judgement) => {
  noteLonger(judgement);
  inspectJsonPath(fields['pathspec'], 'JsonFuncExpr', 'jsonpath', locationOf(fields), judgement);
};

/** Judges the paths of JSON_TABLE. */
export const inspectJsonTablePath: Inspector = ({ fields }, judgement) =>
  inspectJsonPath(fields['string'], 'JsonTablePathSpec', 'jsonpath', locationOf(fields), judgement);
