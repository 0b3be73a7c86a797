import type { StatementKind } from '@pgmcp/sql-guard';

/** What is known of one statement from outside once it has ended. Holds no literal, no parameter and no row. */
export interface StatementRecord {
  /** The database as it is configured, never what a client wrote. */
  readonly database: string;
  /** What the statement is; `unknown` when it could not be read. A statement that was only planned is `explain`. */
  readonly kind: StatementKind | 'unknown';
  /** The text with its literals as `$n`; absent when the guard did not allow it. */
  readonly normalized?: string;
  /** 16 hexadecimal digits of the structure; absent when the guard did not allow it. */
  readonly fingerprint?: string;
  /** Keyed hash of the parameters: equal for equal values while the key is the same. */
  readonly parametersHash?: string;
  /** Rows that were returned or changed. */
  readonly rows: number;
  /** Bytes of the rows on the wire. */
  readonly bytes: number;
  readonly truncated: boolean;
  /** From sending the statement to its end, waiting for a connection included; 0 when it was never sent. */
  readonly durationMs: number;
  /** PostgreSQL's code when it refused or failed. */
  readonly sqlstate?: string;
  /** The rule that kept it from being sent: `guard.function`, `policy.operation`, `cost`. */
  readonly refusedBy?: string;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
}

/** The record of a statement of which nothing is known yet but the database. */
export function unknownStatement(database: string): StatementRecord {
  return {
    database,
    kind: 'unknown',
    rows: 0,
    bytes: 0,
    truncated: false,
    durationMs: 0,
    timedOut: false,
    cancelled: false,
  };
}
