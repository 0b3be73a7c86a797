import type { TableFamily } from './families.ts';
import type { RelationGraph } from './relations.ts';

/** Passes relevance on between tables that belong together. */
export interface Spreading {
  /**
   * @param direct - relevance of each family by its own words
   * @returns relevance with what neighbours, key groups and schemas add, and the neighbour that added most
   */
  spread(direct: readonly number[]): {
    readonly scores: readonly number[];
    readonly sources: readonly (number | undefined)[];
  };
}

/** Share of its best neighbour's relevance that a table gains, where every table of its schema has declared keys. */
const DECLARED = 0.5;
/** The same over a join that only names suggest. */
const INFERRED = 0.25;
/** Share of the best two scores of its group (schema, and tables connected by joins) that a table gains. */
const GROUP = 0.2;
const GROUP_LEADERS = 2;

/**
 * A table is more relevant when what it joins to is: by declared keys as far as the schema has them (where few tables
 * have keys, a missing one says nothing), by inferred joins, and by the company it keeps, since a question is about one
 * subject and its tables stand together.
 */
export function createSpreading(families: readonly TableFamily[], graph: RelationGraph): Spreading {
  const neighbours = neighbourWeights(families, graph);
  const schemas = families.map(({ table }) => table.schema);
  const severalSchemas = new Set(schemas).size > 1;
  const groupings: readonly (readonly (string | number)[])[] = severalSchemas
    ? [schemas, connectedGroups(neighbours)]
    : [connectedGroups(neighbours)];

  return {
    spread(direct) {
      const sources: (number | undefined)[] = [];
      const joined = direct.map((score, place) => {
        let best = 0;
        let source: number | undefined;
        for (const [neighbour, weight] of neighbours[place] ?? []) {
          const gain = weight * (direct[neighbour] ?? 0);
          if (gain > best) [best, source] = [gain, neighbour];
        }
        sources.push(source);
        return score + best;
      });
      const leaders = groupings.map((groups) => sumOfLeaders(groups, joined));
      const scores = joined.map((score, place) => {
        const gained = groupings.map((groups, which) => leaders[which]?.get(groups[place] ?? '') ?? 0);
        return score + (GROUP * gained.reduce((sum, value) => sum + value, 0)) / groupings.length;
      });
      return { scores, sources };
    },
  };
}

function neighbourWeights(
  families: readonly TableFamily[],
  graph: RelationGraph,
): readonly ReadonlyMap<number, number>[] {
  const places = new Map(families.flatMap(({ members }, place) => members.map((member) => [member, place] as const)));
  return families.map(({ members }, place) => {
    const weights = new Map<number, number>();
    const add = (neighbour: number | undefined, weight: number): void => {
      if (neighbour !== undefined && neighbour !== place)
        weights.set(neighbour, Math.max(weight, weights.get(neighbour) ?? 0));
    };
    for (const member of members) {
      for (const table of graph.inferred(member)) add(places.get(table), INFERRED);
      for (const table of graph.declared(member)) add(places.get(table), DECLARED * graph.coverage(member.schema));
    }
    return weights;
  });
}

/** The connected component of each place, named by its first member. */
function connectedGroups(neighbours: readonly ReadonlyMap<number, number>[]): readonly number[] {
  const groups: number[] = [];
  neighbours.forEach((_, start) => {
    if (groups[start] !== undefined) return;
    const waiting = [start];
    groups[start] = start;
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      for (const next of neighbours[place]?.keys() ?? []) {
        if (groups[next] !== undefined) continue;
        groups[next] = start;
        waiting.push(next);
      }
    }
  });
  return groups;
}

function sumOfLeaders(
  groups: readonly (string | number)[],
  scores: readonly number[],
): ReadonlyMap<string | number, number> {
  const byGroup = new Map<string | number, number[]>();
  groups.forEach((group, place) => {
    const known = byGroup.get(group);
    if (known) known.push(scores[place] ?? 0);
    else byGroup.set(group, [scores[place] ?? 0]);
  });
  const sums = new Map<string | number, number>();
  for (const [group, members] of byGroup) {
    members.sort((one, other) => other - one);
    sums.set(
      group,
      members.slice(0, GROUP_LEADERS).reduce((sum, score) => sum + score, 0),
    );
  }
  return sums;
}
