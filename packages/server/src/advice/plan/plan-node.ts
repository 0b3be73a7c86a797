/** One node of a plan, its numbers made comparable: totals over all loops, and its own share without its children. */
export interface PlanNode {
  readonly type: string;
  readonly schema?: string;
  readonly relation?: string;
  readonly alias?: string;
  readonly index?: string;
  readonly joinType?: string;
  /** Conditions as PostgreSQL prints them, by the name of the property. */
  readonly conditions: Readonly<Record<string, string>>;
  readonly sortKeys: readonly string[];
  readonly totalCost: number;
  readonly ownCost: number;
  /** Rows of one loop, as expected. */
  readonly expectedRows: number;
  /** Rows of one loop on average, as they were; undefined without ANALYZE. */
  readonly actualRows?: number;
  readonly loops: number;
  /** Milliseconds in this node alone, over all loops and workers as one; undefined without ANALYZE. */
  readonly ownMs?: number;
  /** Rows that a filter threw away, of one loop. */
  readonly removedRows: number;
  /** Kilobytes that were written to temporary files, and what kind of work did it. */
  readonly spilledKb: number;
  readonly lossyBlocks: number;
  readonly heapFetches: number;
  readonly children: readonly PlanNode[];
}

const CONDITIONS = ['Filter', 'Index Cond', 'Recheck Cond', 'Hash Cond', 'Merge Cond', 'Join Filter', 'TID Cond'];

type Properties = Readonly<Record<string, unknown>>;

/** The root of `EXPLAIN (FORMAT JSON)`; undefined when the document holds no plan. */
export function readPlanNode(document: unknown): PlanNode | undefined {
  const [entry] = Array.isArray(document) ? document : [document];
  const plan = isProperties(entry) ? entry['Plan'] : undefined;
  return isProperties(plan) ? read(plan) : undefined;
}

/** Every node, parents first. */
export function allNodes(root: PlanNode): readonly PlanNode[] {
  return [root, ...root.children.flatMap(allNodes)];
}

function read(properties: Properties): PlanNode {
  const plans = properties['Plans'];
  const children = Array.isArray(plans) ? plans.filter(isProperties).map(read) : [];
  const loops = Math.max(1, number(properties, 'Actual Loops') ?? 1);
  const loopMs = number(properties, 'Actual Total Time');
  const childMs = sum(
    (Array.isArray(plans) ? plans.filter(isProperties) : []).map(
      (child) => (number(child, 'Actual Total Time') ?? 0) * Math.max(1, number(child, 'Actual Loops') ?? 1),
    ),
  );
  const totalCost = number(properties, 'Total Cost') ?? 0;
  const actualRows = number(properties, 'Actual Rows');
  // Children of a Gather run in several processes at the same time: what is left must not become negative.
  const ownMs = loopMs === undefined ? undefined : Math.max(0, loopMs * loops - childMs);
  return {
    type: text(properties, 'Node Type') ?? 'Unknown',
    ...defined('schema', text(properties, 'Schema')),
    ...defined('relation', text(properties, 'Relation Name')),
    ...defined('alias', text(properties, 'Alias')),
    ...defined('index', text(properties, 'Index Name')),
    ...defined('joinType', text(properties, 'Join Type')),
    conditions: Object.fromEntries(
      CONDITIONS.flatMap((name) => {
        const condition = text(properties, name);
        return condition === undefined ? [] : [[name, condition]];
      }),
    ),
    sortKeys: texts(properties, 'Sort Key'),
    totalCost,
    ownCost: Math.max(0, totalCost - sum(children.map((child) => child.totalCost))),
    expectedRows: number(properties, 'Plan Rows') ?? 0,
    ...defined('actualRows', actualRows),
    loops,
    ...defined('ownMs', ownMs),
    removedRows:
      (number(properties, 'Rows Removed by Filter') ?? 0) + (number(properties, 'Rows Removed by Join Filter') ?? 0),
    spilledKb: Math.max(
      text(properties, 'Sort Space Type') === 'Disk' ? (number(properties, 'Sort Space Used') ?? 0) : 0,
      (number(properties, 'Hash Batches') ?? 1) > 1 ? (number(properties, 'Peak Memory Usage') ?? 1) : 0,
      number(properties, 'Disk Usage') ?? 0,
    ),
    lossyBlocks: number(properties, 'Lossy Heap Blocks') ?? 0,
    heapFetches: number(properties, 'Heap Fetches') ?? 0,
    children,
  };
}

function isProperties(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function number(properties: Properties, name: string): number | undefined {
  const value = properties[name];
  return typeof value === 'number' ? value : undefined;
}

function text(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' ? value : undefined;
}

function texts(properties: Properties, name: string): readonly string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function defined<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
