import { type DatabaseCatalog, qualifiedName, quoteIdentifier, type Table } from '@pgmcp/schema-introspect';
import { allNodes, type PlanNode } from '../plan/plan-node.ts';
import { conditionColumns, sortColumn } from './condition-columns.ts';

/** An index that may help a plan. */
export interface IndexCandidate {
  readonly table: Table;
  readonly columns: readonly string[];
  /** What in the plan speaks for it. */
  readonly reason: string;
  /** Rows that the plan expects to read without it, and to keep of them. */
  readonly readRows: number;
  readonly keptRows: number;
}

/** What a plan suggests, and what could not be judged. */
export interface Candidates {
  readonly candidates: readonly IndexCandidate[];
  readonly withheld: readonly string[];
}

/** Reading smaller tables whole is as fast as any index. */
const MIN_TABLE_ROWS = 1_000;
const MAX_INDEX_COLUMNS = 4;

/** Types that a btree cannot order, or whose values are too large for it. */
const UNFIT_TYPES =
  /^(json|jsonb|xml|point|line|lseg|box|path|polygon|circle|tsvector|bytea|vector|geometry|geography)\b|\[\]$/;

/** Finds scans of whole tables in a plan and the columns that would make them short. */
export function findCandidates(root: PlanNode, catalog: DatabaseCatalog): Candidates {
  const nodes = allNodes(root);
  const candidates: IndexCandidate[] = [];
  const withheld = new Set<string>();
  for (const node of nodes) {
    if (node.type !== 'Seq Scan' || node.relation === undefined) continue;
    const table = findTable(catalog, node);
    if (table === undefined) continue;
    const rows = table.estimatedRows;
    if (rows === undefined) {
      withheld.add(
        `${qualifiedName(table.schema, table.name)} was never analyzed: run ANALYZE ${qualifiedName(table.schema, table.name)} first.`,
      );
      continue;
    }
    if (rows < MIN_TABLE_ROWS) continue;
    candidates.push(
      ...ofFilter(node, table, rows),
      ...ofJoins(node, nodes, table, rows),
      ...ofOrder(node, nodes, table, rows),
    );
  }
  return { candidates: distinct(candidates).filter((candidate) => !isServed(candidate)), withheld: [...withheld] };
}

function ofFilter(node: PlanNode, table: Table, rows: number): readonly IndexCandidate[] {
  const filter = node.conditions['Filter'];
  if (filter === undefined) return [];
  const { equal, range } = conditionColumns(filter, node.alias);
  // Distinct values first: they cut most.
  const ordered = fit(table, equal).toSorted((a, b) => distinctness(table, b, rows) - distinctness(table, a, rows));
  const columns = [...ordered, ...fit(table, range).slice(0, 1)].slice(0, MAX_INDEX_COLUMNS);
  if (columns.length === 0) return [];
  return [
    {
      table,
      columns,
      reason: `a scan of about ${Math.round(rows)} rows keeps about ${Math.round(node.expectedRows)} by ${filter}`,
      readRows: rows,
      keptRows: node.expectedRows,
    },
  ];
}

function ofJoins(node: PlanNode, nodes: readonly PlanNode[], table: Table, rows: number): readonly IndexCandidate[] {
  return nodes.flatMap((join) => {
    const condition = join.conditions['Hash Cond'] ?? join.conditions['Merge Cond'] ?? join.conditions['Join Filter'];
    if (condition === undefined || !allNodes(join).includes(node)) return [];
    const columns = fit(table, conditionColumns(condition, node.alias).equal).slice(0, MAX_INDEX_COLUMNS);
    if (columns.length === 0) return [];
    return [
      {
        table,
        columns,
        reason: `a join by ${condition} reads about ${Math.round(rows)} rows to find about ${Math.round(join.expectedRows)}`,
        readRows: rows,
        keptRows: Math.max(1, join.expectedRows),
      },
    ];
  });
}

/** The first rows in an order: an index in that order needs no sort and stops early. */
function ofOrder(node: PlanNode, nodes: readonly PlanNode[], table: Table, rows: number): readonly IndexCandidate[] {
  const limit = nodes.find(({ type }) => type === 'Limit');
  const sort = nodes.find(({ sortKeys, type }) => sortKeys.length > 0 && /Sort/.test(type));
  if (limit === undefined || sort === undefined || !allNodes(limit).includes(sort) || !allNodes(sort).includes(node))
    return [];
  const keys = sort.sortKeys.map((key) => sortColumn(key, node.alias));
  const directions = new Set(sort.sortKeys.map((key) => / DESC/.test(key)));
  if (directions.size !== 1 || keys.some((key) => key === undefined || fit(table, [key]).length === 0)) return [];
  const filter = node.conditions['Filter'];
  const equal = filter === undefined ? [] : fit(table, conditionColumns(filter, node.alias).equal);
  const columns = [...new Set([...equal, ...keys.filter((key) => key !== undefined)])].slice(0, MAX_INDEX_COLUMNS);
  return [
    {
      table,
      columns,
      reason: `the first ${Math.round(limit.expectedRows)} rows by ${sort.sortKeys.join(', ')} are found by sorting about ${Math.round(sort.expectedRows)}`,
      readRows: rows,
      keptRows: limit.expectedRows,
    },
  ];
}

function fit(table: Table, columns: readonly string[]): string[] {
  return columns.filter((name) =>
    table.columns.some((column) => column.name === name && !UNFIT_TYPES.test(column.type)),
  );
}

function distinctness(table: Table, name: string, rows: number): number {
  const distinct = table.columns.find((column) => column.name === name)?.statistics?.distinct ?? 0;
  return distinct < 0 ? -distinct * rows : distinct;
}

/** The table of a scan; a partition stands for the table it is part of. */
function findTable(catalog: DatabaseCatalog, { schema, relation }: PlanNode): Table | undefined {
  return catalog.tables.find(
    (table) =>
      (table.name === relation && (schema === undefined || table.schema === schema)) ||
      table.partitioning?.partitions.some(
        (part) => part.name === relation && (schema === undefined || part.schema === schema),
      ),
  );
}

/** Whether an index that is there begins with the same columns, in whatever order the equal ones stand. */
function isServed({ table, columns }: IndexCandidate): boolean {
  return table.indexes.some((index) => {
    const leading = index.keys.slice(0, columns.length).map((key) => key.column);
    return (
      index.valid &&
      index.method === 'btree' &&
      index.predicate === undefined &&
      columns.every((column) => leading.includes(column))
    );
  });
}

function distinct(candidates: readonly IndexCandidate[]): readonly IndexCandidate[] {
  const byText = new Map<string, IndexCandidate>();
  for (const candidate of candidates) {
    const key = `${qualifiedName(candidate.table.schema, candidate.table.name)} ${candidate.columns.map(quoteIdentifier).join(',')}`;
    const known = byText.get(key);
    if (known === undefined || candidate.keptRows < known.keptRows) byText.set(key, candidate);
  }
  return [...byText.values()];
}
