import type { Table } from './schema.ts';

/** Foreign keys as a graph without direction: a question walks them both ways. */
export interface RelationGraph {
  /** Tables joined to a table by a key, itself excluded. */
  neighbours(table: Table): readonly Table[];
  /** Share of tables with at least one key, 0 to 1: how far the keys tell what belongs together. */
  readonly coverage: number;
}

/** The graph over the given tables; keys that lead elsewhere are left out. */
export function createRelationGraph(tables: readonly Table[]): RelationGraph {
  const byName = new Map(tables.map((table) => [`${table.schema}\0${table.name}`, table]));
  const joined = new Map<Table, Set<Table>>();
  const join = (one: Table, other: Table): void => {
    const known = joined.get(one);
    if (known) known.add(other);
    else joined.set(one, new Set([other]));
  };
  for (const table of tables) {
    for (const { references } of table.foreignKeys) {
      const target = byName.get(`${references.schema}\0${references.table}`);
      if (!target || target === table) continue;
      join(table, target);
      join(target, table);
    }
  }
  return {
    neighbours: (table) => [...(joined.get(table) ?? [])],
    coverage: tables.length === 0 ? 0 : joined.size / tables.length,
  };
}

/**
 * Tables on a shortest path between two sets of tables, both ends excluded: what a query needs to join them.
 *
 * @param maxSteps - longest path that is looked for, in keys; longer ones rarely mean anything
 * @returns undefined when no path is that short
 */
export function shortestPath(
  graph: RelationGraph,
  from: ReadonlySet<Table>,
  to: Table,
  maxSteps: number,
): readonly Table[] | undefined {
  const cameFrom = new Map<Table, Table | undefined>([[to, undefined]]);
  let edge: Table[] = [to];
  for (let step = 0; step < maxSteps; step += 1) {
    const next: Table[] = [];
    for (const table of edge) {
      for (const neighbour of graph.neighbours(table)) {
        if (cameFrom.has(neighbour)) continue;
        cameFrom.set(neighbour, table);
        if (from.has(neighbour)) return between(cameFrom, neighbour, to);
        next.push(neighbour);
      }
    }
    edge = next;
  }
  return undefined;
}

function between(cameFrom: ReadonlyMap<Table, Table | undefined>, start: Table, end: Table): readonly Table[] {
  const path: Table[] = [];
  let current = cameFrom.get(start);
  while (current && current !== end) {
    path.push(current);
    current = cameFrom.get(current);
  }
  return path;
}
