/** How long one of our own catalog queries may take, in milliseconds. */
export const ADVICE_TIMEOUT_MS = 5_000;

/** Most findings of one check that are told, the worst first. */
export const MAX_FINDINGS = 20;
