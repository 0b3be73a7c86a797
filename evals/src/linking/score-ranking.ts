/** One ranked entry: the tables it stands for, as `db.table`, and its price in tokens. */
export interface ScoredEntry {
  readonly tables: readonly string[];
  readonly tokens: number;
}

/** Places of the ranking at which recall is told. */
export const RANKS = [1, 3, 5, 10, 20, 50] as const;
/** Tokens of schema text at which recall is told. */
export const BUDGETS = [500, 1_000, 2_000, 4_000, 8_000, 16_000] as const;

/** Recall over one set of questions, in percent. */
export interface RankingScore {
  readonly questions: number;
  /** Found gold tables over all gold tables, by number of entries. */
  readonly micro: ReadonlyMap<number, number>;
  /** Questions with all gold tables, by number of entries. */
  readonly strict: ReadonlyMap<number, number>;
  /** Questions with all gold tables in the longest prefix within a budget of tokens. */
  readonly strictAtTokens: ReadonlyMap<number, number>;
}

/** Adds up recall (M1) question by question. */
export function createRankingScorer() {
  let questions = 0;
  let goldTables = 0;
  const found = new Map<number, number>(RANKS.map((rank) => [rank, 0]));
  const complete = new Map<number, number>(RANKS.map((rank) => [rank, 0]));
  const completeAtTokens = new Map<number, number>(BUDGETS.map((budget) => [budget, 0]));
  const add = (map: Map<number, number>, key: number, value: number): void =>
    void map.set(key, (map.get(key) ?? 0) + value);

  return {
    /** @returns whether all gold tables are among the first ten entries */
    add(gold: ReadonlySet<string>, ranking: readonly ScoredEntry[]): boolean {
      questions += 1;
      goldTables += gold.size;
      for (const rank of RANKS) {
        const hits = hitsIn(gold, ranking.slice(0, rank));
        add(found, rank, hits);
        add(complete, rank, hits === gold.size ? 1 : 0);
      }
      for (const budget of BUDGETS) {
        add(completeAtTokens, budget, hitsIn(gold, prefixWithin(ranking, budget)) === gold.size ? 1 : 0);
      }
      return hitsIn(gold, ranking.slice(0, 10)) === gold.size;
    },
    score(): RankingScore {
      const share = (map: ReadonlyMap<number, number>, of: number): ReadonlyMap<number, number> =>
        new Map([...map].map(([key, value]) => [key, (100 * value) / of]));
      return {
        questions,
        micro: share(found, goldTables),
        strict: share(complete, questions),
        strictAtTokens: share(completeAtTokens, questions),
      };
    },
  };
}

function hitsIn(gold: ReadonlySet<string>, entries: readonly ScoredEntry[]): number {
  return new Set(entries.flatMap(({ tables }) => tables).filter((table) => gold.has(table))).size;
}

function prefixWithin(entries: readonly ScoredEntry[], budget: number): readonly ScoredEntry[] {
  let used = 0;
  let count = 0;
  for (const { tokens } of entries) {
    used += tokens;
    if (used > budget) break;
    count += 1;
  }
  return entries.slice(0, count);
}
