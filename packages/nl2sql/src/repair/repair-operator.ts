import type { ParseTree } from '../ports.ts';
import { cast, enclose } from './cast.ts';
import { spanOf } from './operand-span.ts';
import type { RepairStep } from './repair-step.ts';
import { byteOffsets } from './source-text.ts';
import { body, locationOf, type Tree, walk } from './tree.ts';
import { momentTypes, numberTypes, textTypes } from './type-names.ts';

const likeOperators = new Set(['~~', '!~~', '~~*', '!~~*', '~', '!~']);

/** An operator that PostgreSQL does not have for these types of operands; `at` is its offset. */
interface FailingOperator {
  readonly sql: string;
  readonly at: number;
  readonly left: string;
  readonly name: string;
  readonly right: string;
}

const respelledOperators: Readonly<Record<string, string>> = { '==': '=', '<=>': 'IS NOT DISTINCT FROM' };

/** Whether an operator is only other databases', whatever stands at its sides. */
export const isForeignOperator = (name: string): boolean => Object.hasOwn(respelledOperators, name);

/** What another database writes for an operator of PostgreSQL; nothing when it is only the operands that do not fit. */
function operatorHere({ left, name, right }: FailingOperator): string | undefined {
  if (left === 'boolean' && right === 'boolean') {
    if (name === '&&') return 'AND';
    if (name === '||') return 'OR';
  }
  const isText = (type: string): boolean => textTypes.has(type) || type === 'unknown';
  // SQL Server joins texts so.
  if (name === '+' && isText(left) && isText(right)) return '||';
  return isForeignOperator(name) ? respelledOperators[name] : undefined;
}

/** Gives the operands of an operator the type that it wants, or the operator its name here. */
export function repairOperator(failing: FailingOperator, tree: ParseTree): readonly RepairStep[] {
  const { sql, at, left, name, right } = failing;
  const here = operatorHere(failing);
  if (here !== undefined) {
    const end = at + name.length;
    const edits = sql.startsWith(name, at) ? [{ start: at, end, text: here }] : [];
    return edits.length === 0 ? [] : [{ rule: 'spelling', from: name, to: here, edits }];
  }
  const offset = byteOffsets(sql);
  const expressions: Tree[] = [];
  walk(tree.stmts, (tag, inner) => {
    if (tag === 'A_Expr' && offset(locationOf(inner)) === at) expressions.push(inner);
    return true;
  });
  const [expression] = expressions;
  if (expression === undefined) return [];
  const items = body(expression['rexpr'], 'List')?.['items'];
  const lefts = [expression['lexpr']];
  const rights = Array.isArray(items) ? items : [expression['rexpr']];
  const castAll = (nodes: readonly unknown[], type: string): RepairStep[] =>
    nodes.flatMap((node) => {
      const span = spanOf(sql, offset, node);
      return span === undefined ? [] : [cast(sql, span, type)];
    });
  // Oracle counts in days; a date does here too, a moment does not.
  const asDays = (node: unknown): RepairStep[] => {
    const span = body(node, 'A_Const') === undefined ? undefined : spanOf(sql, offset, node);
    return span === undefined ? [] : [enclose('type', span, sql, "INTERVAL '", " days'")];
  };
  if (likeOperators.has(name)) return textTypes.has(left) || left === 'unknown' ? [] : castAll(lefts, 'text');
  if (name === '||') return castAll(lefts, 'text');
  if ((name === '-' || name === '+') && /^timestamp/.test(left) && right === 'integer') return rights.flatMap(asDays);
  return adapt(failing, offset, { lefts, rights, castAll });
}

interface Operands {
  readonly lefts: readonly unknown[];
  readonly rights: readonly unknown[];
  readonly castAll: (nodes: readonly unknown[], type: string) => RepairStep[];
}

/** One side takes the type of the other. */
function adapt(
  { sql, left, name, right }: FailingOperator,
  offset: (byteOffset: number) => number,
  { lefts, rights, castAll }: Operands,
): RepairStep[] {
  const isEquality = name === '=' || name === '<>';
  if (textTypes.has(left) && numberTypes.has(right)) {
    return isEquality ? asText(sql, offset, rights, castAll) : castAll(lefts, 'numeric');
  }
  if (numberTypes.has(left) && textTypes.has(right)) {
    return isEquality ? asText(sql, offset, lefts, castAll) : castAll(rights, 'numeric');
  }
  if (left === 'boolean' && numberTypes.has(right)) return castAll(lefts, 'int');
  if (numberTypes.has(left) && right === 'boolean') return castAll(rights, 'int');
  if (textTypes.has(left) && momentTypes.has(right)) return castAll(lefts, right);
  if (momentTypes.has(left) && textTypes.has(right)) return castAll(rights, left);
  return [];
}

/** Numbers that are compared with text: a constant becomes a string, anything else is cast. */
function asText(
  sql: string,
  offset: (byteOffset: number) => number,
  nodes: readonly unknown[],
  castAll: (nodes: readonly unknown[], type: string) => RepairStep[],
): RepairStep[] {
  return nodes.flatMap((node) => {
    const constant = body(node, 'A_Const');
    if (constant === undefined) return castAll([node], 'text');
    const span = spanOf(sql, offset, node);
    return span === undefined || sql[span.start] === "'" ? [] : [enclose('type', span, sql, "'", "'")];
  });
}
