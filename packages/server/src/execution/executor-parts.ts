import type { Call } from '../call.ts';
import type { Rest } from '../results/rest.ts';
import type { StatementRecord } from '../statement-record.ts';
import type { TypeNames } from '../type-names.ts';
import type { ResultBudget } from '../values/index.ts';
import type { Admission } from './admission.ts';
import type { ObserveStatement } from './observe-statement.ts';

/** Limits of every statement from outside. */
export interface ExecutionLimits extends ResultBudget {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** What the executor stands on. */
export interface ExecutorParts {
  readonly admission: Admission;
  readonly typeNames: TypeNames;
  readonly limits: ExecutionLimits;
  readonly observe: ObserveStatement;
  /** Writes to the audit log that these statements are about to be committed; nothing runs when it rejects. */
  readonly beginWrite: (call: Call, statements: readonly StatementRecord[]) => Promise<void>;
  /** Keeps the rows of results that are cut. */
  readonly rest: Rest;
  /** Key of the hashes that stand for hashed columns. */
  readonly hashKey: Buffer;
}
