import type { DatabaseCatalog } from '@pgmcp/schema-introspect';
import type { PolicyConfiguration } from '../config/index.ts';
import { PgmcpError } from '../errors.ts';

type PlanLimits = Pick<PolicyConfiguration, 'maxPlanCost' | 'maxPlanRows' | 'maxSequentialScanRows'>;

type PlanNode = Readonly<Record<string, unknown>>;

/** Whether a policy wants plans to be looked at before statements run. */
export function limitsPlans({ maxPlanCost, maxPlanRows, maxSequentialScanRows }: PlanLimits): boolean {
  return maxPlanCost !== undefined || maxPlanRows !== undefined || maxSequentialScanRows !== undefined;
}

/**
 * Refuses a statement whose plan is above a limit. Estimates of the planner are a hint and never the only stop: recursive queries
 * and skewed data look cheap; the timeout and the caps of the result hold all the same.
 *
 * @param document the value of `EXPLAIN (FORMAT JSON, VERBOSE)`
 * @throws PgmcpError `COST_LIMIT_EXCEEDED` with the limit, the estimate and what to write instead
 */
export function refuseExpensivePlan(document: unknown, limits: PlanLimits, catalog: DatabaseCatalog | undefined): void {
  const root = rootOf(document);
  const cost = numberOf(root?.['Total Cost']);
  // A plan that cannot be read is no cheap plan.
  if (root === undefined || cost === undefined)
    throw tooExpensive('its plan cannot be read', 'max_plan_cost', 0, Number.NaN);
  const { maxPlanCost, maxPlanRows, maxSequentialScanRows } = limits;
  const nodes = nodesOf(root);
  for (const node of nodes) {
    const scanned = scannedRows(node, catalog);
    if (maxSequentialScanRows !== undefined && scanned !== undefined && scanned > maxSequentialScanRows) {
      throw tooExpensive(
        `it reads the table ${nameOf(node)} from end to end, about ${rounded(scanned)} rows`,
        'max_sequential_scan_rows',
        maxSequentialScanRows,
        scanned,
        'Filter by a column that has an index (get_table_schema lists them).',
      );
    }
  }
  const rows = Math.max(...nodes.map((node) => numberOf(node['Plan Rows']) ?? 0));
  if (maxPlanRows !== undefined && rows > maxPlanRows) {
    throw tooExpensive(
      `a step of its plan gives about ${rounded(rows)} rows`,
      'max_plan_rows',
      maxPlanRows,
      rows,
      'Filter before joining, join on keys, or aggregate.',
    );
  }
  if (maxPlanCost !== undefined && cost > maxPlanCost) {
    throw tooExpensive(
      `its plan costs about ${rounded(cost)}`,
      'max_plan_cost',
      maxPlanCost,
      cost,
      'Narrow it: a filter on an indexed column, fewer joins, a smaller range. explain_query shows where the cost is.',
    );
  }
}

function tooExpensive(
  reason: string,
  limit: string,
  maximum: number,
  estimate: number,
  cure = 'Write it in another way.',
): PgmcpError {
  return new PgmcpError(
    'COST_LIMIT_EXCEEDED',
    `The statement was not run: ${reason}, above the limit of ${rounded(maximum)}. ${cure}`,
    { details: { limit, maximum, ...(Number.isFinite(estimate) && { estimate: Math.round(estimate) }) } },
  );
}

function rootOf(document: unknown): PlanNode | undefined {
  const [entry] = Array.isArray(document) ? document : [document];
  const plan = isNode(entry) ? entry['Plan'] : undefined;
  return isNode(plan) ? plan : undefined;
}

const isNode = (value: unknown): value is PlanNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function nodesOf(root: PlanNode): readonly PlanNode[] {
  const found: PlanNode[] = [];
  const waiting: PlanNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    found.push(node);
    const { Plans: children } = node;
    if (Array.isArray(children)) waiting.push(...children.filter(isNode));
  }
  return found;
}

/** Rows that a sequential scan reads: those of the table, not those that its filter leaves. */
function scannedRows(node: PlanNode, catalog: DatabaseCatalog | undefined): number | undefined {
  if (node['Node Type'] !== 'Seq Scan') return undefined;
  const { Schema: schema, 'Relation Name': relation } = node;
  for (const table of catalog?.tables ?? []) {
    if (table.schema === schema && table.name === relation) return table.estimatedRows ?? numberOf(node['Plan Rows']);
    const partition = table.partitioning?.partitions.find((own) => own.schema === schema && own.name === relation);
    if (partition) return partition.estimatedRows ?? numberOf(node['Plan Rows']);
  }
  return numberOf(node['Plan Rows']);
}

const nameOf = (node: PlanNode): string => `${node['Schema'] ?? ''}.${node['Relation Name'] ?? ''}`.replace(/^\./, '');

const rounded = (value: number): string => Math.round(value).toLocaleString('en-US');
