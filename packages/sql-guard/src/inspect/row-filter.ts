import { fieldsOf, isFields, listOf, namesOf, untag } from '../tree.ts';

// Deeper conditions are taken not to filter, which is the strict answer.
const maxDepth = 100;

/**
 * True when a condition picks rows of the table that is changed, as far as that can be read off the text: it names a column that may be
 * the table's own, in each branch of an OR, and does not compare it with itself. `WHERE true`, `WHERE id = 1 OR 1 = 1` and a condition on
 * other tables alone change every row.
 *
 * @param target alias or name of the changed table
 */
export function picksRows(condition: unknown, target: string, depth = 0): boolean {
  if (depth > maxDepth) return false;
  const tagged = untag(condition);
  if (!tagged) return false;
  const { tag, fields } = tagged;
  if (tag === 'BoolExpr') {
    const args = listOf(fields['args']);
    const picks = (argument: unknown): boolean => picksRows(argument, target, depth + 1);
    return fields['boolop'] === 'OR_EXPR' ? args.every(picks) && !coversBothNulls(args) : args.some(picks);
  }
  if (tag === 'A_Expr' && sameText(fields['lexpr'], fields['rexpr'])) return false;
  return namesColumn(condition, target);
}

/** `x IS NULL OR x IS NOT NULL`. */
function coversBothNulls(args: readonly unknown[]): boolean {
  const tests = args.map((argument) => fieldsOf(argument, 'NullTest')).filter((test) => test !== undefined);
  return tests.some((one) =>
    tests.some((other) => one['nulltesttype'] !== other['nulltesttype'] && sameText(one['arg'], other['arg'])),
  );
}

/** Two column references that are written the same. */
function sameText(left: unknown, right: unknown): boolean {
  const one = namesOf(fieldsOf(left, 'ColumnRef')?.['fields']);
  const other = namesOf(fieldsOf(right, 'ColumnRef')?.['fields']);
  return one !== undefined && other !== undefined && one.at(-1) === other.at(-1) && sameQualifier(one, other);
}

const sameQualifier = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === 1 || other.length === 1 || one.at(-2) === other.at(-2);

/** Inside a subquery only a name with the table's own in front of it counts: others belong to the subquery first. */
function namesColumn(expression: unknown, target: string): boolean {
  const stack: { readonly value: unknown; readonly inner: boolean }[] = [{ value: expression, inner: false }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, inner } = item;
    if (typeof value !== 'object' || value === null) continue;
    const column = fieldsOf(value, 'ColumnRef');
    if (column) {
      if (mayBelongTo(column['fields'], target, inner)) return true;
      continue;
    }
    const subquery = !Array.isArray(value) && isFields(value) && isFields(value['SelectStmt']);
    for (const child of Object.values(value)) stack.push({ value: child, inner: inner || subquery });
  }
  return false;
}

function mayBelongTo(names: unknown, target: string, inner: boolean): boolean {
  const parts = listOf(names);
  if (parts.length < 2) return !inner;
  return fieldsOf(parts[parts.length - 2], 'String')?.['sval'] === target;
}
