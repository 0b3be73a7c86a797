/** No model takes more; a number beyond is no count, and sums of such ones would no longer be exact. */
const mostTokens = 1_000_000_000;

/**
 * A count of tokens as an endpoint tells it; `undefined` for what is none. Budgets are charged by it: a negative one
 * would be given back.
 */
export const tokenCount = (value: unknown): number | undefined =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostTokens ? (value as number) : undefined;
