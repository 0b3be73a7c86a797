import { qualifiedName, quoteIdentifier } from '@pgmcp/schema-introspect';
import type { Call } from '../../call.ts';
import type { ConnectedDatabase } from '../../databases.ts';
import type { Executor } from '../../execute.ts';
import { readPlanNode } from '../plan/plan-node.ts';
import { findCandidates, type IndexCandidate } from './candidates.ts';

/** An index that would help. */
export interface IndexAdvice {
  /** The statement that creates it, for a person to judge and run. */
  readonly create: string;
  readonly reason: string;
  /**
   * `hypopg`: the planner was asked again with this index and would use it. `estimate`: reckoned from row counts alone; try it on a copy.
   */
  readonly evidence: 'hypopg' | 'estimate';
  /** The planner's cost of the statement now and with the index. */
  readonly cost_before?: number;
  readonly cost_after?: number;
  readonly size_bytes?: number;
}

/** What is said about the indexes for one statement. */
export interface StatementAdvice {
  readonly indexes: readonly IndexAdvice[];
  /** Indexes that looked promising and would not help. */
  readonly useless: readonly string[];
  readonly withheld: readonly string[];
}

/** With HypoPG: the plan must become cheaper by this much to be worth an index that every write keeps up. */
const MIN_GAIN = 0.2;

/** Without: an index is worth reading when it leaves this share of the rows, or less. */
const MAX_KEPT_SHARE = 0.1;

/** Most indexes that are tried for one statement. */
const MAX_TRIALS = 8;

/** A statement to be made faster. */
export interface AdvisedStatement {
  readonly database: ConnectedDatabase;
  readonly sql: string;
  readonly parameters?: readonly unknown[] | undefined;
  readonly generic?: boolean;
}

/** Finds indexes that would help a statement, and proves each by HypoPG where that is installed. Runs and changes nothing. */
export async function recommendIndexes(
  executor: Executor,
  statement: AdvisedStatement,
  call: Call,
): Promise<StatementAdvice> {
  const catalog = await statement.database.catalog();
  const hypopgSchema = catalog.extensions.find(({ name }) => name === 'hypopg')?.schema;
  const candidatesOf = (document: unknown) => {
    const root = readPlanNode(document);
    if (root === undefined) return undefined;
    const { candidates, withheld } = findCandidates(root, catalog);
    return { root, withheld, tried: candidates.slice(0, MAX_TRIALS) };
  };
  const plans = await executor.hypotheticalPlans(
    {
      ...statement,
      hypopgSchema,
      indexesFor: (document) => (candidatesOf(document)?.tried ?? []).map((candidate) => createIndex(candidate, '')),
    },
    call,
  );
  const found = candidatesOf(plans.present);
  if (found === undefined) return { indexes: [], useless: [], withheld: ['the statement has no plan.'] };
  const { root, withheld, tried } = found;
  if (hypopgSchema === undefined || tried.length === 0) return { ...byEstimate(tried), withheld };
  const indexes: IndexAdvice[] = [];
  const useless: string[] = [];
  const unproven: IndexCandidate[] = [];
  for (const [position, candidate] of tried.entries()) {
    const trial = plans.with[position];
    const after = readPlanNode(trial?.document)?.totalCost;
    if (trial === undefined || after === undefined) unproven.push(candidate);
    else if (after > root.totalCost * (1 - MIN_GAIN)) useless.push(createIndex(candidate));
    else
      indexes.push({
        create: createIndex(candidate),
        reason: candidate.reason,
        evidence: 'hypopg',
        cost_before: root.totalCost,
        cost_after: after,
        ...(trial.bytes !== undefined && { size_bytes: trial.bytes }),
      });
  }
  indexes.sort((a, b) => (a.cost_after ?? 0) - (b.cost_after ?? 0));
  const estimated = byEstimate(unproven);
  return { indexes: [...indexes, ...estimated.indexes], useless: [...useless, ...estimated.useless], withheld };
}

function byEstimate(candidates: readonly IndexCandidate[]): Pick<StatementAdvice, 'indexes' | 'useless'> {
  const isGood = ({ keptRows, readRows }: IndexCandidate) => keptRows / Math.max(1, readRows) <= MAX_KEPT_SHARE;
  return {
    indexes: candidates
      .filter(isGood)
      .toSorted((a, b) => a.keptRows / a.readRows - b.keptRows / b.readRows)
      .map((candidate) => ({ create: createIndex(candidate), reason: candidate.reason, evidence: 'estimate' })),
    useless: candidates.filter((candidate) => !isGood(candidate)).map((candidate) => createIndex(candidate)),
  };
}

function createIndex({ table, columns }: IndexCandidate, manner = ' CONCURRENTLY'): string {
  // A partitioned table takes no index CONCURRENTLY.
  const how = table.partitioning === undefined ? manner : '';
  return `CREATE INDEX${how} ON ${qualifiedName(table.schema, table.name)} (${columns.map(quoteIdentifier).join(', ')})`;
}
