import type { Scope } from './scope.ts';
import { body, listOf, stringOf, stringsOf, type Tree, textOf } from './tree.ts';

/** Names of the columns that a query gives, in order; `undefined` when they cannot be known. */
export type Outputs = readonly string[] | undefined;

/** The outputs of a SELECT list. */
export function outputsOf(targets: readonly Tree[], scope: Scope): Outputs {
  const outputs: string[] = [];
  for (const target of targets) {
    const reference = body(target['val'], 'ColumnRef');
    const fields = listOf(reference?.['fields']);
    if (fields.length === 0 || body(fields.at(-1), 'A_Star') === undefined) {
      outputs.push(textOf(target['name']) ?? outputName(target['val']));
      continue;
    }
    const qualifier = stringOf(fields.at(-2));
    for (const relation of scope.relations) {
      if (qualifier !== undefined && relation.alias !== qualifier) continue;
      if (relation.columns === undefined) return undefined;
      outputs.push(...relation.columns);
    }
  }
  return outputs;
}

/** The name that PostgreSQL gives an expression without alias, as far as references to it can be expected. */
function outputName(value: unknown): string {
  const reference = body(value, 'ColumnRef');
  if (reference !== undefined) return stringsOf(reference['fields']).at(-1) ?? '?column?';
  const call = body(value, 'FuncCall');
  if (call !== undefined) return stringsOf(call['funcname']).at(-1) ?? '?column?';
  const cast = body(value, 'TypeCast');
  if (cast !== undefined) return outputName(cast['arg']);
  if (body(value, 'CoalesceExpr') !== undefined) return 'coalesce';
  return body(value, 'CaseExpr') === undefined ? '?column?' : 'case';
}
