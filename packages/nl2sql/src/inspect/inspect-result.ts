import { indexValues } from '../link/value-index.ts';
import type { CatalogSnapshot, ParseTree, ResultTable } from '../ports.ts';
import { indexCatalog } from '../repair/catalog-index.ts';
import { resolveNames } from '../repair/resolve.ts';
import type { Finding } from './finding.ts';
import { inspectJoins, saysRepetition } from './inspect-joins.ts';
import { inspectLiterals } from './inspect-literals.ts';
import { hasDuplicates, inspectOrder, inspectQuestionValues, inspectRows, inspectTextOrder } from './inspect-values.ts';

/** An answer and what is known about it. Without tree and snapshot only its rows and values are looked at. */
export interface Inspected {
  readonly question: string;
  readonly sql: string;
  readonly result: ResultTable;
  readonly tree?: ParseTree | undefined;
  readonly snapshot?: CatalogSnapshot | undefined;
  /** Joins that are right without a foreign key, as `table.column=table.column`. */
  readonly approvedJoins?: ReadonlySet<string> | undefined;
}

/** Reasons to doubt an answer that ran, without a model. */
export function inspectResult({
  question,
  sql,
  result,
  tree,
  snapshot,
  approvedJoins = new Set(),
}: Inspected): Finding[] {
  const findings = [...inspectRows(result), ...inspectQuestionValues(question, sql)];
  if (tree === undefined || snapshot === undefined) return findings;
  const index = indexCatalog(snapshot);
  const { selects } = resolveNames(tree, index, () => undefined);
  const outermost = selects.find(({ select }) => select === tree.stmts[0]?.stmt['SelectStmt']);
  if (outermost !== undefined) {
    findings.push(...inspectOrder(outermost, result), ...inspectTextOrder(outermost, result));
    if (hasDuplicates(result) && !saysRepetition(outermost)) {
      findings.push({ kind: 'duplicate_rows', message: 'The same row appears more than once.', isStrong: false });
    }
  }
  for (const select of selects) findings.push(...inspectJoins(select, { index, approvedJoins }));
  if (findings.some(({ kind }) => kind === 'empty_result' || kind === 'all_null')) {
    for (const select of selects) findings.push(...inspectLiterals(select, indexValues(snapshot)));
  }
  return findings;
}
