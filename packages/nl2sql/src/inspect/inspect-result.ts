import type { CatalogSnapshot, ParseTree, ResultTable } from '../ports.ts';
import { indexCatalog } from '../repair/catalog-index.ts';
import { resolveNames } from '../repair/resolve.ts';
import type { Finding } from './finding.ts';
import { saysRepetition } from './inspect-joins.ts';
import { hasDuplicates, inspectOrder, inspectQuestionValues, inspectRows, inspectTextOrder } from './inspect-values.ts';

/** An answer and what is known about it. Without tree and snapshot only its rows and values are looked at. */
export interface Inspected {
  readonly question: string;
  readonly sql: string;
  readonly result: ResultTable;
  readonly tree?: ParseTree | undefined;
  readonly snapshot?: CatalogSnapshot | undefined;
  /** What was found in the statement before it ran: `inspectStatement`. */
  readonly lint?: readonly Finding[] | undefined;
}

/** Reasons to doubt an answer that ran, without a model. */
export function inspectResult({ question, sql, result, tree, snapshot, lint = [] }: Inspected): Finding[] {
  const ofRows = inspectRows(result);
  const findings = [...ofRows, ...inspectQuestionValues(question, sql)];
  if (tree !== undefined && snapshot !== undefined) findings.push(...inspectOutermost(tree, snapshot, result));
  // Known values are a selection: a text found in rows is stored, whatever the selection says.
  const isNothing = ofRows.length > 0;
  return [...findings, ...lint.filter(({ kind }) => kind !== 'unknown_literal' || isNothing)];
}

function inspectOutermost(tree: ParseTree, snapshot: CatalogSnapshot, result: ResultTable): Finding[] {
  const { selects } = resolveNames(tree, indexCatalog(snapshot), () => undefined);
  const outermost = selects.find(({ select }) => select === tree.stmts[0]?.stmt['SelectStmt']);
  if (outermost === undefined) return [];
  const findings = [...inspectOrder(outermost, result), ...inspectTextOrder(outermost, result)];
  return hasDuplicates(result) && !saysRepetition(outermost)
    ? [...findings, { kind: 'duplicate_rows', message: 'The same row appears more than once.', isStrong: false }]
    : findings;
}
