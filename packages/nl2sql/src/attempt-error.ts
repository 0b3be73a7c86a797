import type { SqlViolation } from './ports.ts';

/** Why an attempt stopped. */
export interface AttemptError {
  readonly message: string;
  /** SQLSTATE, where PostgreSQL spoke. */
  readonly sqlState?: string | undefined;
  /** 1-based character offset into the attempt's SQL. */
  readonly position?: number | undefined;
  readonly hint?: string | undefined;
  readonly detail?: string | undefined;
  /** Why the check refused the statement. */
  readonly violations?: readonly SqlViolation[] | undefined;
}
