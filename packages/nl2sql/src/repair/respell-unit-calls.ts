import type { ParseTree } from '../ports.ts';
import { callAt } from './call-span.ts';
import { readPart } from './date-parts.ts';
import type { RepairStep } from './repair-step.ts';
import { respellFunction } from './respell-function.ts';
import { byteOffsets } from './source-text.ts';
import { body, listOf, locationOf, stringsOf, walk } from './tree.ts';

const unitFunctions = new Set(
  'datediff date_diff dateadd datepart datetrunc date_trunc timestamp_trunc timestampdiff timestampadd'.split(' '),
);

/**
 * Calls whose first or last argument is a bare unit, as in `DATEADD(day, 1, x)`: PostgreSQL looks for a column of that name first, and
 * to look for a similar one would be wrong.
 */
export function respellUnitCalls(sql: string, tree: ParseTree): readonly RepairStep[] {
  const offset = byteOffsets(sql);
  const steps: RepairStep[] = [];
  walk(tree.stmts, (tag, inner) => {
    if (tag !== 'FuncCall') return true;
    const name = stringsOf(inner['funcname']).at(-1)?.toLowerCase();
    const units = listOf(inner['args']).filter((argument) => {
      const [unit, ...more] = stringsOf(body(argument, 'ColumnRef')?.['fields']);
      return unit !== undefined && more.length === 0 && readPart(unit) !== undefined;
    });
    if (name === undefined || !unitFunctions.has(name) || units.length === 0) return true;
    const call = callAt(sql, offset(locationOf(inner)));
    const found = call === undefined ? [] : respellFunction(sql, call, name);
    steps.push(...found);
    // What stands inside of a call that was rewritten is read in the next step.
    return found.length === 0;
  });
  return steps;
}
