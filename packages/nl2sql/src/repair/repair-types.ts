import type { ParseTree } from '../ports.ts';
import { enclose } from './cast.ts';
import { endOfParentheses } from './read-clause.ts';
import { repairCall } from './repair-call.ts';
import { repairOperator } from './repair-operator.ts';
import type { Failing, RepairStep } from './repair-step.ts';
import { byteOffsets, positionOffset, readName, readNameChain } from './source-text.ts';
import { locationOf, walk } from './tree.ts';
import { numberTypes, typeHere } from './type-names.ts';

/**
 * Gives operands and arguments the type that PostgreSQL says is wanted, and functions of other databases the name they
 * have here. It goes by the error: its message names the types, its position the operator or the function.
 */
export function repairTypes({ sql, error }: Failing, tree: ParseTree): readonly RepairStep[] {
  const at = error.position === undefined ? undefined : positionOffset(sql, error.position);
  if (at === undefined) return [];
  const operator = /^operator does not exist: (.+?) ([-+*/<>=~!@#%^&|`?]+) (.+)$/.exec(error.message);
  if (operator !== null) {
    const [, left = '', name = '', right = ''] = operator;
    return repairOperator({ sql, at, left, name, right }, tree);
  }
  const call = /^function (?:pg_catalog\.)?(\w+)\((.*)\) does not exist$/.exec(error.message);
  if (call !== null) return repairCall(sql, at, call[1] ?? '', splitTypes(call[2] ?? ''));
  const type = /^type "([^"]+)" does not exist$/.exec(error.message)?.[1];
  if (type !== undefined) return respellType(sql, at, type);
  const condition = /^argument of [A-Z/ ]+ must be type boolean, not type (\w+)$/.exec(error.message)?.[1];
  if (condition !== undefined && numberTypes.has(condition)) return asCondition(sql, at, tree);
  if (/^subquery in FROM must have an alias$/.test(error.message)) return addAlias(sql, at);
  return [];
}

const splitTypes = (types: string): string[] => (types === '' ? [] : types.split(/, (?![^(]*\))/));

/** A type of another database. */
function respellType(sql: string, at: number, type: string): readonly RepairStep[] {
  const name = readName(sql, at);
  const here = name?.name === type.toLowerCase() ? typeHere(type) : undefined;
  if (name === undefined || here === undefined) return [];
  const { start, end } = name;
  return [{ rule: 'spelling', from: sql.slice(start, end), to: here, edits: [{ start, end, text: here }] }];
}

/** A number that stands for a condition, as in databases without booleans. */
function asCondition(sql: string, at: number, tree: ParseTree): readonly RepairStep[] {
  const offset = byteOffsets(sql);
  let isColumn = false;
  walk(tree.stmts, (tag, inner) => {
    if (tag === 'ColumnRef' && offset(locationOf(inner)) === at) isColumn = true;
    return true;
  });
  const last = isColumn ? readNameChain(sql, at).at(-1) : undefined;
  return last === undefined ? [] : [enclose('type', { start: at, end: last.end }, sql, '(', ' <> 0)')];
}

/** Servers before 16 want an alias for each subquery of FROM. */
function addAlias(sql: string, at: number): readonly RepairStep[] {
  const end = sql[at] === '(' ? endOfParentheses(sql, at) : undefined;
  if (end === undefined) return [];
  const text = ` AS subquery_${at}`;
  return [{ rule: 'spelling', from: '', to: text.trim(), edits: [{ start: end, end, text }] }];
}
