import { allNodes, type PlanNode, readPlanNode } from './plan-node.ts';

/** Most remarks about one plan. */
const MAX_REMARKS = 8;

/** A node below this share of the whole is not where the time goes. */
const MIN_SHARE = 0.2;

/** Estimates wrong by less than this factor lead to the same plan. */
const MIN_FACTOR = 10;

/** Scans of fewer rows are fast whatever they throw away. */
const MIN_SCANNED_ROWS = 1_000;

/**
 * Says in words what a plan shows: where time (or cost) goes, where estimates were wrong, which scans throw most rows away and on which
 * condition an index may help, what did not fit into memory. Empty for a plan that shows nothing of the kind.
 */
export function commentPlan(document: unknown): readonly string[] {
  const root = readPlanNode(document);
  if (root === undefined) return [];
  const nodes = allNodes(root);
  return [
    ...whereTimeGoes(nodes, root),
    ...nodes.flatMap(wrongEstimate),
    ...nodes.flatMap(wastefulScan),
    ...nodes.flatMap(nestedScan),
    ...nodes.flatMap(outOfMemory),
  ].slice(0, MAX_REMARKS);
}

function nameOf({ type, relation, alias, index }: PlanNode): string {
  const named = alias === undefined || alias === relation ? relation : `${relation} ${alias}`;
  return [type, index && `using ${index}`, relation && `on ${named}`].filter(Boolean).join(' ');
}

const rounded = (value: number) => (value >= 10 ? String(Math.round(value)) : value.toFixed(value >= 1 ? 1 : 2));

function whereTimeGoes(nodes: readonly PlanNode[], root: PlanNode): readonly string[] {
  const isTimed = root.ownMs !== undefined;
  const weight = (node: PlanNode) => (isTimed ? (node.ownMs ?? 0) : node.ownCost);
  const whole = nodes.reduce((total, node) => total + weight(node), 0);
  if (whole <= 0) return [];
  return nodes
    .filter((node) => weight(node) / whole >= MIN_SHARE)
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, 2)
    .map((node) => {
      const share = `${Math.round((weight(node) / whole) * 100)} %`;
      return isTimed
        ? `${share} of the time (${rounded(weight(node))} ms) goes into ${nameOf(node)}${node.loops > 1 ? `, run ${node.loops} times` : ''}.`
        : `${share} of the estimated cost goes into ${nameOf(node)}.`;
    });
}

function wrongEstimate(node: PlanNode): readonly string[] {
  const { actualRows, expectedRows, loops } = node;
  // What a join is built on is what leads it astray; a Limit above stops nodes early, which is no error.
  if (actualRows === undefined || node.relation === undefined) return [];
  const factor = Math.max(actualRows, 1) / Math.max(expectedRows, 1);
  const isWrong = factor >= MIN_FACTOR || factor <= 1 / MIN_FACTOR;
  if (!isWrong || Math.max(actualRows, expectedRows) * loops < MIN_SCANNED_ROWS) return [];
  return [
    `${nameOf(node)}: ${Math.round(expectedRows)} rows were expected and ${Math.round(actualRows)} came${loops > 1 ? ' each time' : ''}. ANALYZE ${node.relation}, or CREATE STATISTICS when its conditions depend on each other.`,
  ];
}

function wastefulScan(node: PlanNode): readonly string[] {
  const filter = node.conditions['Filter'];
  if (filter === undefined || node.relation === undefined || node.actualRows === undefined) return [];
  const scanned = (node.removedRows + node.actualRows) * node.loops;
  const kept = node.actualRows * node.loops;
  if (scanned < MIN_SCANNED_ROWS || kept / scanned > 0.1) return [];
  return [
    `${nameOf(node)} read ${Math.round(scanned)} rows to keep ${Math.round(kept)}: an index for ${filter} may help; recommend_indexes says whether.`,
  ];
}

function nestedScan(node: PlanNode): readonly string[] {
  if (node.type !== 'Nested Loop') return [];
  const inner = node.children[1];
  if (inner?.type !== 'Seq Scan' || inner.loops < 10) return [];
  return [
    `${nameOf(inner)} is run ${inner.loops} times, once for each row outside: the join needs an index on its column${node.conditions['Join Filter'] ? ` in ${node.conditions['Join Filter']}` : ''}.`,
  ];
}

function outOfMemory(node: PlanNode): readonly string[] {
  if (node.spilledKb > 0)
    return [
      `${nameOf(node)} did not fit into work_mem and went to disk: select fewer columns or rows, or raise work_mem.`,
    ];
  if (node.lossyBlocks > 0) return [`${nameOf(node)} lost precision for lack of work_mem and read whole blocks again.`];
  if (node.heapFetches > MIN_SCANNED_ROWS)
    return [
      `${nameOf(node)} still looked at the table ${node.heapFetches} times: VACUUM ${node.relation ?? 'the table'}.`,
    ];
  return [];
}
