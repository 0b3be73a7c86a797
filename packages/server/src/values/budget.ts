import { type TextCost, textCost } from './text-cost.ts';

/** How much of a result may be given to a model. */
export interface ResultBudget {
  /** Estimated tokens of columns and rows at most. */
  readonly maxTokens: number;
  /** Bytes of columns and rows as JSON at most. Default: no limit beyond that of the tokens. */
  readonly maxBytes?: number;
  /** Characters of one cell at most; a longer one is cut. */
  readonly maxCellCharacters: number;
}

/** What bounds a result when nothing else is configured. */
export const defaultBudget = { maxTokens: 20_000, maxBytes: 1_048_576, maxCellCharacters: 8_000 } as const;

/** The cap that ended a result before its last row. */
export type Cap = 'rows' | 'bytes' | 'tokens';

type TextRow = readonly (string | null)[];

/** Room for the notice, the fence and the keys around the rows. */
const overhead = { bytes: 600, tokens: 150 };

/** What the names and types of the columns cost, the keys and the notice around them included. */
export function costOfNames(names: readonly string[]): TextCost {
  let { bytes, tokens } = overhead;
  for (const name of names) {
    const cost = textCost(name);
    bytes += cost.bytes + 10;
    tokens += cost.tokens + 4;
  }
  return { bytes, tokens };
}

/**
 * Counts how many of the first rows fit.
 *
 * @param names - names and types of the columns, which are paid for first
 * @returns the count, and the cap that stopped it, if one did
 */
export function countRowsWithin(
  budget: ResultBudget,
  names: readonly string[],
  rows: readonly TextRow[],
): { readonly count: number; readonly cap?: Cap } {
  const { maxTokens, maxBytes = Number.POSITIVE_INFINITY, maxCellCharacters } = budget;
  let { bytes, tokens } = costOfNames(names);
  if (fitsSurely({ maxTokens: maxTokens - tokens, maxBytes: maxBytes - bytes }, rows)) return { count: rows.length };
  for (const [count, row] of rows.entries()) {
    bytes += 3;
    tokens += 1;
    for (const text of row) {
      if (text === null) {
        bytes += 5;
        tokens += 1;
        continue;
      }
      const cost = textCost(text.length > maxCellCharacters ? text.slice(0, maxCellCharacters) : text);
      bytes += cost.bytes + 1;
      // The quotes and the comma around a cell make one token.
      tokens += cost.tokens + 1;
    }
    if (tokens > maxTokens) return { count, cap: 'tokens' };
    if (bytes > maxBytes) return { count, cap: 'bytes' };
  }
  return { count: rows.length };
}

/** The most that one UTF-16 unit of a text can cost: an escape such as \u0001, and a token of its own. */
const worstUnit = { bytes: 6, tokens: 1 };

/** Most results are far within the budget; their lengths alone prove it, without a look at every character. */
function fitsSurely(
  left: { readonly maxTokens: number; readonly maxBytes: number },
  rows: readonly TextRow[],
): boolean {
  let cells = 0;
  let units = 0;
  for (const row of rows) {
    cells += row.length + 1;
    for (const text of row) units += text === null ? 0 : text.length;
  }
  return units * worstUnit.tokens + 2 * cells <= left.maxTokens && units * worstUnit.bytes + 5 * cells <= left.maxBytes;
}
