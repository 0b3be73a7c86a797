import type { CatalogSnapshot, ParseTree, SqlParse } from '../ports.ts';
import { indexCatalog } from './catalog-index.ts';
import { repairLexis } from './repair-lexis.ts';
import { repairLiteral } from './repair-literal.ts';
import { repairNames } from './repair-names.ts';
import type { Failing, Repair, RepairStep } from './repair-step.ts';
import { repairTypes } from './repair-types.ts';
import { respellUnitCalls } from './respell-unit-calls.ts';
import { applyEdits } from './source-text.ts';
import { body, stringsOf, walk } from './tree.ts';

/** A statement after its repairs. */
export interface Repaired {
  readonly sql: string;
  readonly repairs: readonly Repair[];
}

/** In characters. Rules look at pieces again and again; what a person would read is far shorter. */
const longestStatement = 20_000;

/**
 * Repairs a failing statement by rule, without a model: what cannot be read is spelled as PostgreSQL spells it, names
 * are resolved against the snapshot, operands get the type their operator wants.
 *
 * `undefined` when no rule applies. A statement that runs is never given to it.
 */
export async function repairStatement(
  { sql, error }: Failing,
  ports: { readonly parse: SqlParse; readonly snapshot: CatalogSnapshot },
): Promise<Repaired | undefined> {
  if (sql.length > longestStatement) return undefined;
  const outcome = await ports.parse.parse(sql);
  if (!outcome.parsed) return applied(sql, repairLexis(sql));
  const index = indexCatalog(ports.snapshot);
  switch (error.sqlState) {
    case '42703':
    case '42702':
    case '42P01':
      return (
        applied(sql, respellUnitCalls(sql, outcome.tree)) ??
        keepComparisons(applied(sql, repairNames(sql, outcome.tree, index)), outcome.tree, ports.parse)
      );
    case '22P02':
      return applied(sql, repairLiteral({ sql, error }, ports.snapshot));
    default:
      return applied(sql, repairTypes({ sql, error }, outcome.tree));
  }
}

/**
 * A column that is compared with itself after a repair was another one before: its condition would hold for every row,
 * and a join on it would be a product.
 */
async function keepComparisons(
  repaired: Repaired | undefined,
  before: ParseTree,
  parse: SqlParse,
): Promise<Repaired | undefined> {
  if (repaired === undefined) return undefined;
  const outcome = await parse.parse(repaired.sql);
  return outcome.parsed && countSelfComparisons(outcome.tree) > countSelfComparisons(before) ? undefined : repaired;
}

function countSelfComparisons({ stmts }: ParseTree): number {
  let count = 0;
  walk(stmts, (tag, inner) => {
    if (tag !== 'A_Expr') return true;
    const [left, right] = [inner['lexpr'], inner['rexpr']].map((side) =>
      stringsOf(body(side, 'ColumnRef')?.['fields']).join('.'),
    );
    if (left !== '' && left === right) count++;
    return true;
  });
  return count;
}

function applied(sql: string, steps: readonly RepairStep[]): Repaired | undefined {
  const repaired = applyEdits(
    sql,
    steps.flatMap(({ edits }) => edits),
  );
  return repaired === sql ? undefined : { sql: repaired, repairs: steps.map(({ edits: _, ...repair }) => repair) };
}
