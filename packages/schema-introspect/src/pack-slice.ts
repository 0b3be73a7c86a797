import type { RankedTable } from './ranked-table.ts';
import type { CountTokens } from './tokens.ts';

/** How much of a table is written. */
export interface Detail {
  readonly comments: 'none' | 'matched' | 'all';
  readonly columns: 'all' | 'essential' | 'joining';
}

/** What fits a budget, in the order of the ranking. */
export interface PackedSlice {
  readonly shown: readonly RankedTable[];
  readonly texts: readonly string[];
  readonly omitted: readonly RankedTable[];
  /** Tokens of the texts, counted apart and added up. */
  readonly usedTokens: number;
}

/** A wide table is shown in part when whole it would take more than this share of what is left. */
const WHOLE_SHARE = 0.4;
/** The same for a table that only joins others. */
const WHOLE_SHARE_OF_JOINING = 0.2;
/** Share of the budget for bare tables before comments get their turn, and what comments may fill. */
const FIRST_SHARE = 0.6;
const COMMENTED_SHARE = 0.85;

/** Tables in a row that did not fit, after which the rest is not tried: what is left is little, and so is their worth. */
const MAX_MISSES = 12;

/**
 * Fills a budget in three turns: the best tables without comments, then the comments of what the question names in
 * them, then further tables without comments. A table that is missing costs an answer, a comment only makes it better; a
 * table that joins others is shown with its keys alone before it is left out.
 */
export function packSlice(
  ranked: readonly RankedTable[],
  budget: number,
  countTokens: CountTokens,
  write: (entry: RankedTable, detail: Detail) => string,
): PackedSlice {
  const chosen = new Map<RankedTable, { text: string; cost: number; columns: Detail['columns'] }>();
  let used = 0;
  // One more for the line break, which a tokenizer may not join with its neighbours.
  const costOf = (text: string): number => countTokens(text) + 1;

  const written = (entry: RankedTable, columns: Detail['columns']) => {
    const text = write(entry, { comments: 'none', columns });
    return { columns, text, cost: costOf(text) };
  };
  const firstThatFits = (entry: RankedTable, left: number) => {
    const share = entry.connects === true ? WHOLE_SHARE_OF_JOINING : WHOLE_SHARE;
    const whole = written(entry, 'all');
    if (whole.cost <= Math.min(left, (budget - used) * share)) return whole;
    return written(entry, entry.connects === true ? 'joining' : 'essential');
  };

  const fill = (limit: number): void => {
    let misses = 0;
    for (const entry of ranked) {
      // Without what joins them the tables before it are of no use, so it may take from the later turns.
      const left = (entry.connects === true ? budget : limit) - used;
      // No rendering takes less than half a token a column: do not write what cannot fit.
      if (chosen.has(entry) || left < 3 + Math.min(entry.table.columns.length, 20) / 2) continue;
      const { columns, text, cost } = firstThatFits(entry, left);
      if (cost > left) {
        misses += 1;
        if (misses === MAX_MISSES) return;
        continue;
      }
      misses = 0;
      chosen.set(entry, { text, cost, columns });
      used += cost;
    }
  };

  fill(budget * FIRST_SHARE);
  for (const [entry, { cost, columns }] of chosen) {
    const text = write(entry, { comments: 'matched', columns });
    const more = costOf(text) - cost;
    if (used + more > budget * COMMENTED_SHARE) continue;
    chosen.set(entry, { text, cost: cost + more, columns });
    used += more;
  }
  fill(budget);

  const shown = ranked.filter((entry) => chosen.has(entry));
  return {
    shown,
    texts: shown.map((entry) => chosen.get(entry)?.text ?? ''),
    omitted: ranked.filter((entry) => !chosen.has(entry)),
    usedTokens: used,
  };
}
