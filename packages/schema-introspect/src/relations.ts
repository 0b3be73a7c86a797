import { inferKeys } from './inferred-keys.ts';
import type { Table } from './schema.ts';
import { createTableLookup } from './table-lookup.ts';

/** What belongs together, without direction: a question walks keys both ways. */
export interface RelationGraph {
  /** Tables joined to a table by a declared key, itself excluded. */
  declared(table: Table): ReadonlySet<Table>;
  /** Tables that only their column names join to it. */
  inferred(table: Table): ReadonlySet<Table>;
  /** Share of the tables of a schema with a declared key, 0 to 1: how far its keys tell what belongs together. */
  coverage(schema: string): number;
}

const NONE: ReadonlySet<Table> = new Set();

/** The graph over the given tables; keys that lead elsewhere are left out. */
export function createRelationGraph(tables: readonly Table[]): RelationGraph {
  const lookUp = createTableLookup(tables);
  const joined = new Map<Table, Set<Table>>();
  const join = (one: Table, other: Table): void => {
    const known = joined.get(one);
    if (known) known.add(other);
    else joined.set(one, new Set([other]));
  };
  for (const table of tables) {
    for (const { references } of table.foreignKeys) {
      const target = lookUp(references.schema, references.table);
      if (!target || target === table) continue;
      join(table, target);
      join(target, table);
    }
  }
  const inferred = inferKeys(tables);
  const counts = new Map<string, { all: number; joined: number }>();
  for (const table of tables) {
    const count = counts.get(table.schema) ?? { all: 0, joined: 0 };
    count.all += 1;
    if (joined.has(table)) count.joined += 1;
    counts.set(table.schema, count);
  }
  return {
    declared: (table) => joined.get(table) ?? NONE,
    inferred: (table) => inferred.get(table) ?? NONE,
    coverage: (schema) => {
      const count = counts.get(schema);
      return count ? count.joined / count.all : 0;
    },
  };
}

/**
 * Tables on a shortest path of declared keys from a table to any of a set, both ends excluded: what a statement needs
 * to join them. Empty when they are neighbours.
 *
 * @param maxKeys - longest path that is looked for; longer ones rarely mean anything
 * @returns undefined when no path is that short
 */
export function joinPath(
  graph: RelationGraph,
  from: Table,
  to: ReadonlySet<Table>,
  maxKeys: number,
): readonly Table[] | undefined {
  const cameFrom = new Map<Table, Table>();
  let frontier: readonly Table[] = [from];
  for (let step = 0; step < maxKeys; step += 1) {
    const next: Table[] = [];
    for (const table of frontier) {
      for (const neighbour of graph.declared(table)) {
        if (neighbour === from || cameFrom.has(neighbour)) continue;
        cameFrom.set(neighbour, table);
        if (to.has(neighbour)) return pathBack(cameFrom, neighbour, from);
        next.push(neighbour);
      }
    }
    frontier = next;
  }
  return undefined;
}

function pathBack(cameFrom: ReadonlyMap<Table, Table>, end: Table, start: Table): readonly Table[] {
  const path: Table[] = [];
  for (let table = cameFrom.get(end); table && table !== start; table = cameFrom.get(table)) path.push(table);
  return path.reverse();
}
