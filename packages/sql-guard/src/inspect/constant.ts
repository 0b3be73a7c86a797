import { fieldsOf, isFields, listOf, namesOf, untag } from '../tree.ts';

/** A number that can be read off the text, or why not: `row` depends on rows, `unknown` is a parameter, or constant but not understood. */
export type ConstantSize = number | 'row' | 'unknown';

// Deep enough for what people write; anything deeper is not understood, which is the strict answer.
const maxDepth = 32;

/** Evaluates literals, casts and arithmetic; the value of anything else is unknown. */
export function constantSize(node: unknown, depth = 0): ConstantSize {
  if (depth > maxDepth) return 'unknown';
  const tagged = untag(node);
  if (!tagged) return 'unknown';
  const { tag, fields } = tagged;
  switch (tag) {
    case 'A_Const':
      return constantOf(fields);
    case 'TypeCast':
      return constantSize(fields['arg'], depth + 1);
    case 'A_Expr':
      return arithmetic(fields, depth);
    case 'ColumnRef':
      return 'row';
    case 'ParamRef':
      // Whoever writes the text binds the value too.
      return 'unknown';
    case 'SubLink': {
      const select = fieldsOf(fields['subselect'], 'SelectStmt');
      return select && listOf(select['fromClause']).length > 0 ? 'row' : 'unknown';
    }
    case 'FuncCall':
      return callOf(fields, depth);
    case 'CaseExpr':
      return worstOf(
        [fields['defresult'], ...listOf(fields['args']).map((item) => fieldsOf(item, 'CaseWhen')?.['result'])],
        depth,
      );
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      return worstOf(listOf(fields['args']), depth);
    default:
      return 'unknown';
  }
}

function constantOf(fields: Readonly<Record<string, unknown>>): ConstantSize {
  if (isFields(fields['ival'])) return typeof fields['ival']['ival'] === 'number' ? fields['ival']['ival'] : 0;
  if (isFields(fields['fval'])) return numberOf(fields['fval']['fval']);
  if (isFields(fields['sval'])) return numberOf(fields['sval']['sval']);
  return fields['isnull'] === true ? 0 : 'unknown';
}

function numberOf(text: unknown): ConstantSize {
  if (typeof text !== 'string' || text.trim() === '') return 'unknown';
  const value = Number(text.trim().replaceAll('_', ''));
  return Number.isNaN(value) ? 'unknown' : value;
}

function arithmetic(fields: Readonly<Record<string, unknown>>, depth: number): ConstantSize {
  if (fields['kind'] !== 'AEXPR_OP') return 'unknown';
  const operator = namesOf(fields['name'])?.at(-1);
  const left = fields['lexpr'] === undefined ? 0 : constantSize(fields['lexpr'], depth + 1);
  const right = constantSize(fields['rexpr'], depth + 1);
  if (typeof left === 'number' && typeof right === 'number') return apply(operator, left, right);
  if (left === 'unknown' || right === 'unknown') return 'unknown';
  // A column multiplied by a large constant is as large as the constant.
  const constant = typeof left === 'number' ? left : typeof right === 'number' ? right : 0;
  if (operator === '*' || operator === '+' || operator === '^') return Math.abs(constant) > 10_000 ? constant : 'row';
  return operator === '<<' && Math.abs(constant) > 12 ? 2 ** Math.min(Math.abs(constant), 62) : 'row';
}

function apply(operator: string | undefined, left: number, right: number): ConstantSize {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? 'unknown' : left / right;
    case '%':
      return right === 0 ? 'unknown' : left % right;
    case '^':
      return left ** right;
    case '<<':
      return left * 2 ** right;
    case '>>':
      return left / 2 ** right;
    case '@':
      return Math.abs(right);
    default:
      return 'unknown';
  }
}

// An aggregate over rows depends on rows; of the rest, a call on row values is taken to stay in their order of magnitude.
const growing = new Set([
  'power',
  'pow',
  'exp',
  'factorial',
  'numeric_power',
  'dpow',
  'dexp',
  'numeric_exp',
  'lcm',
  'numeric_mul',
  'int4mul',
  'int8mul',
  'float8mul',
  'int48mul',
  'int84mul',
]);

function callOf(fields: Readonly<Record<string, unknown>>, depth: number): ConstantSize {
  if (fields['agg_star'] === true) return 'row';
  const name = namesOf(fields['funcname'])?.at(-1) ?? '';
  const args = listOf(fields['args']);
  if (args.length === 0) return name === 'random' ? 1 : 'unknown';
  if (growing.has(name)) return 'unknown';
  // Each argument once: twice would double the work with each call that stands in another.
  const sizes = args.map((arg) => constantSize(arg, depth + 1));
  return sizes.includes('row') ? worst(sizes) : 'unknown';
}

function worstOf(nodes: readonly unknown[], depth: number): ConstantSize {
  return worst(nodes.flatMap((node) => (node === undefined ? [] : [constantSize(node, depth + 1)])));
}

function worst(sizes: readonly ConstantSize[]): ConstantSize {
  let largest: number | undefined;
  let row = false;
  for (const size of sizes) {
    if (size === 'unknown') return 'unknown';
    if (size === 'row') row = true;
    else if (largest === undefined || Math.abs(size) > Math.abs(largest)) largest = size;
  }
  if (row && (largest === undefined || Math.abs(largest) <= 1_000_000)) return 'row';
  return largest ?? 'unknown';
}
