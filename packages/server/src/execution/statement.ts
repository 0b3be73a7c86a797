import type { ConnectedDatabase } from '../databases.ts';
import type { ConfirmedCatalog } from './confirmed-catalog.ts';

/** A statement from outside: written by a client, its model, ours, or a person who verified it. */
export interface OutsideStatement {
  readonly database: ConnectedDatabase;
  readonly sql: string;
  /** Values for `$1` ... */
  readonly parameters?: readonly unknown[] | undefined;
  /** Most rows wanted; lowers the configured cap, never raises it. */
  readonly limit?: number | undefined;
  /** Whether the rows of a result that is cut are kept behind a handle. Default: false. */
  readonly keepsRest?: boolean | undefined;
  /** Shared by the checks and plans of one question, so that they ask the database once about its structure. Never given to what runs. */
  readonly confirmed?: ConfirmedCatalog | undefined;
}

/** A statement to be explained. */
export interface ExplainedStatement extends OutsideStatement {
  /** Run it and report what happened. Default: false. */
  readonly analyze?: boolean;
}
