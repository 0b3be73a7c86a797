import type { AttemptError } from './attempt-error.ts';
import type { Agreement, Confidence } from './confidence.ts';
import type { Nl2sqlError } from './errors.ts';
import type { Finding } from './inspect/finding.ts';
import type { Plan, ResultTable, SchemaSlice, SqlViolation, TokenUsage } from './ports.ts';
import type { Repair } from './repair/repair-step.ts';
import type { GateStage } from './static-gate.ts';

/** Where the SQL came from: a question-SQL pair that a person verified, or the model. */
export type SqlSource = 'verified' | 'model';

/** How far an attempt got: the stage that stopped it, or `done`. `lint`: it was not run because it looks wrong. */
export type AttemptStage = 'generate' | 'reply' | 'check' | 'lint' | 'explain' | 'run' | 'done';

/** One try at the question, in order: a verified pair, the first reply of the model or a repair round. */
export interface Attempt {
  /** 0 for the verified pair and for the first reply of the model, then 1 for the first repair round. */
  readonly round: number;
  readonly source: SqlSource;
  readonly stage: AttemptStage;
  readonly sql?: string | undefined;
  /** The statement as the model wrote it, when rules repaired it into `sql`. */
  readonly writtenSql?: string | undefined;
  /**
   * What rules made of `sql` by choosing what it means. It was kept as a spare while the model was asked again; when it
   * became the answer it has an attempt of its own.
   */
  readonly heldSql?: string | undefined;
  /** What the rules changed, in order. */
  readonly repairs?: readonly Repair[] | undefined;
  readonly error?: AttemptError | undefined;
  /** Wall time per stage in milliseconds, over all its passes; a stage that was not reached is absent. */
  readonly durationsMs: Readonly<Partial<Record<'generate' | GateStage | 'run', number>>>;
  readonly usage?: TokenUsage | undefined;
}

/** What one question cost, over all its attempts. */
export interface OutcomeUsage extends TokenUsage {
  readonly modelCalls: number;
}

/** What every outcome carries. */
export interface OutcomeDetails {
  readonly question: string;
  /** Every attempt, in order. */
  readonly attempts: readonly Attempt[];
  readonly usage: OutcomeUsage;
  /** Wall time of the whole question in milliseconds. */
  readonly durationMs: number;
  /** Where `sql` came from; absent when there is none. */
  readonly source?: SqlSource | undefined;
  /** The last SQL that was considered. Only `answered` says that it passed every stage. */
  readonly sql?: string | undefined;
  /** One sentence: how the question was read. */
  readonly interpretation?: string | undefined;
  /** What was assumed where the question left a choice. */
  readonly assumptions: readonly string[];
  /** Tables that `sql` reads, as the check reports them, else as the model names them. */
  readonly tables: readonly string[];
}

/** The SQL passed every stage. `result` is absent when the question was asked with `execute: false`. */
export interface Answered<Table extends ResultTable = ResultTable> extends OutcomeDetails {
  readonly kind: 'answered';
  readonly source: SqlSource;
  readonly sql: string;
  readonly plan: Plan;
  readonly result?: Table | undefined;
  /** The pair that answered when `source` is `verified`. */
  readonly verifiedQuestion?: string | undefined;
  readonly note?: string | undefined;
  /** How far the answer can be trusted, with reasons. */
  readonly confidence: Confidence;
  /** How many of the statements that voted gave this result; only with `extraCandidates` and when something spoke against the first. */
  readonly agreement?: Agreement | undefined;
  /** Reasons to doubt the result; none when it was not run. They never change it. */
  readonly findings: readonly Finding[];
  /** What the model thinks of the result; only with `validateResult`, and absent when the model could not be asked. */
  readonly validation?: ResultValidation | undefined;
}

/** The model's look at the first rows of a result. A hint, not a proof. */
export interface ResultValidation {
  readonly ok: boolean;
  /** What looks wrong, or why it looks right. */
  readonly remark?: string | undefined;
}

/** The question can be read in several ways; the caller chooses. A failure is never reported as this. */
export interface NeedsClarification extends OutcomeDetails {
  readonly kind: 'needs_clarification';
  readonly clarification: { readonly question: string; readonly options: readonly string[] };
}

/** The database does not hold what is asked. */
export interface Unanswerable extends OutcomeDetails {
  readonly kind: 'unanswerable';
  readonly reason: string;
  /** Concepts of the question for which there is no data, as the model names them. */
  readonly missing: readonly string[];
  /** Words of the question that nothing in the catalog is called; none without a catalog. */
  readonly unknownWords: readonly string[];
  /** Columns with the nearest names, as `table.column`. */
  readonly nearest: readonly string[];
}

/** The statement may not run; nothing was executed. */
export interface Refused extends OutcomeDetails {
  readonly kind: 'refused';
  readonly violations: readonly SqlViolation[];
}

/** Something broke; `error` says what and whether to try again. */
export interface Failed extends OutcomeDetails {
  readonly kind: 'failed';
  readonly error: Nl2sqlError;
}

/** No model is configured: the caller writes the SQL itself from `schema` by `instructions`. */
export interface HandedOver extends OutcomeDetails {
  readonly kind: 'handed_over';
  readonly schema: SchemaSlice;
  readonly instructions: string;
}

/** What became of a question. */
export type Outcome<Table extends ResultTable = ResultTable> =
  | Answered<Table>
  | NeedsClarification
  | Unanswerable
  | Refused
  | Failed
  | HandedOver;
