import { quoteIdentifier } from './names.ts';
import type { RankedTable } from './ranked-table.ts';
import { joinPath, type RelationGraph } from './relations.ts';
import type { Table } from './schema.ts';

/** Entries that a question is probably about: the first few, as long as they come near the best one. */
const MAX_SEEDS = 5;
const SEED_SHARE = 0.35;

/** Longest chain of keys between two of them. */
const MAX_KEYS = 4;

/**
 * Moves the tables that are needed to join the best ones up behind them: a statement over `customers` and `products`
 * needs `orders` and `order_items`, whatever the question calls them.
 */
export function addJoinPaths(ranked: readonly RankedTable[], graph: RelationGraph): readonly RankedTable[] {
  const best = ranked[0]?.score ?? 0;
  const seeds = ranked.slice(0, MAX_SEEDS).filter(({ score }) => score > 0 && score >= best * SEED_SHARE);
  if (seeds.length < 2) return ranked;
  const entryOf = new Map(ranked.flatMap((entry) => entry.members.map((member) => [member, entry] as const)));
  const reached = new Set<Table>();
  const ordered: RankedTable[] = [];
  const placed = new Set<Table>();
  const place = (entry: RankedTable): void => {
    if (placed.has(entry.table)) return;
    placed.add(entry.table);
    ordered.push(entry);
  };
  for (const seed of seeds) {
    const path = reached.size > 0 ? joinPath(graph, seed.table, reached, MAX_KEYS) : undefined;
    place(seed);
    for (const member of seed.members) reached.add(member);
    for (const table of path ?? []) {
      const entry = entryOf.get(table);
      if (!entry) continue;
      place({
        ...entry,
        connects: true,
        reasons: [...entry.reasons, `joins ${quoteIdentifier(seed.table.name)} to the others`],
      });
      reached.add(table);
    }
  }
  for (const entry of ranked) place(entry);
  return ordered;
}
