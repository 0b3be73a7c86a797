/** A node of `EXPLAIN (FORMAT JSON)`: property names as PostgreSQL prints them. */
type PlanNode = Readonly<Record<string, unknown>>;

/** Properties that the first line of a node already says, or that say nothing to a reader. */
const SHOWN_ELSEWHERE = new Set([
  'Node Type',
  'Plans',
  'Parent Relationship',
  'Parallel Aware',
  'Async Capable',
  'Disabled',
  'Join Type',
  'Scan Direction',
  'Strategy',
  'Partial Mode',
  'Index Name',
  'Relation Name',
  'Schema',
  'Alias',
  'CTE Name',
  'Function Name',
  'Startup Cost',
  'Total Cost',
  'Plan Rows',
  'Plan Width',
  'Actual Startup Time',
  'Actual Total Time',
  'Actual Rows',
  'Actual Loops',
  'Inner Unique',
  'Single Copy',
]);

/** Longest condition that is shown, in characters. */
const MAX_CONDITION = 500;

/** What a plan says as a whole. */
export interface RenderedPlan {
  readonly plan: string;
  readonly total_cost?: number;
  readonly estimated_rows?: number;
  readonly planning_ms?: number;
  readonly execution_ms?: number;
  /** What the plan shows, in words. */
  readonly remarks?: readonly string[];
}

/**
 * Writes a JSON plan as an indented tree: one line a node, its conditions below it. JSON is asked for because its numbers can be
 * read without parsing text; the tree costs a model a third of the tokens.
 *
 * @param document the value of `EXPLAIN (FORMAT JSON)`: an array with one entry a statement.
 * @see https://www.postgresql.org/docs/current/using-explain.html
 */
export function renderPlan(document: unknown): RenderedPlan {
  const [entry] = Array.isArray(document) ? document : [document];
  const root = isRecord(entry) ? entry : {};
  const top = isRecord(root['Plan']) ? root['Plan'] : undefined;
  if (!top) return { plan: '' };
  return {
    plan: cutLines(renderNode(top, 0)),
    ...numberAs('total_cost', top['Total Cost']),
    ...numberAs('estimated_rows', top['Plan Rows']),
    ...numberAs('planning_ms', root['Planning Time']),
    ...numberAs('execution_ms', root['Execution Time']),
  };
}

/** Most lines of a plan that are shown; a scan of a thousand partitions has ten thousand. */
const MAX_LINES = 400;

function cutLines(lines: readonly string[]): string {
  if (lines.length <= MAX_LINES) return lines.join('\n');
  return [...lines.slice(0, MAX_LINES), `... and ${lines.length - MAX_LINES} more lines`].join('\n');
}

function renderNode(node: PlanNode, depth: number): string[] {
  const indent = '  '.repeat(depth);
  const lines = [`${indent}${headline(node)}`];
  for (const [key, value] of Object.entries(node)) {
    if (SHOWN_ELSEWHERE.has(key) || value === 0 || value === false) continue;
    if (Array.isArray(value) && value.some(isRecord)) continue;
    if (isRecord(value)) continue;
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    lines.push(`${indent}    ${key}: ${text.length > MAX_CONDITION ? `${text.slice(0, MAX_CONDITION)}…` : text}`);
  }
  const children = Array.isArray(node['Plans']) ? node['Plans'].filter(isRecord) : [];
  return [...lines, ...children.flatMap((child) => renderNode(child, depth + 1))];
}

function headline(node: PlanNode): string {
  const text = (key: string) => (typeof node[key] === 'string' ? node[key] : undefined);
  const join = text('Join Type');
  const source = text('Relation Name') ?? text('CTE Name') ?? text('Function Name');
  const alias = text('Alias');
  const name = [
    text('Strategy') === 'Hashed' ? 'Hash' : undefined,
    text('Partial Mode') === 'Partial' ? 'Partial' : undefined,
    text('Node Type') ?? 'Unknown',
    join && join !== 'Inner' ? `(${join})` : undefined,
    text('Index Name') ? `using ${text('Index Name')}` : undefined,
    source ? `on ${text('Schema') ? `${text('Schema')}.` : ''}${source}` : undefined,
    alias && alias !== source ? alias : undefined,
  ];
  const cost = `cost=${node['Startup Cost']}..${node['Total Cost']} rows=${node['Plan Rows']}`;
  const actual =
    node['Actual Rows'] === undefined
      ? ''
      : ` (actual ${node['Actual Total Time'] === undefined ? '' : `time=${node['Actual Total Time']} ms `}rows=${node['Actual Rows']} loops=${node['Actual Loops']})`;
  return `${name.filter(Boolean).join(' ')}  (${cost})${actual}`;
}

function numberAs<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: number } {
  return typeof value === 'number' ? ({ [key]: value } as { readonly [K in Key]?: number }) : {};
}

function isRecord(value: unknown): value is PlanNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
