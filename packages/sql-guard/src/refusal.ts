import type { RefusedVerdict, Violation } from './verdict.ts';

/** A refusal with one reason that has no place in the text. */
export function refusal(
  violation: Omit<Violation, 'position'> & Partial<Pick<Violation, 'position'>>,
  retryable = false,
): RefusedVerdict {
  return { allowed: false, violations: [{ position: { line: 1, column: 1, length: 1 }, ...violation }], retryable };
}
