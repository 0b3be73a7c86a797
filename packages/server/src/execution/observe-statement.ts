import { createHmac } from 'node:crypto';
import { PoolError } from '@pgmcp/pool';
import type { AllowedVerdict, Violation } from '@pgmcp/sql-guard';
import type { Call } from '../call.ts';
import { PgmcpError } from '../errors.ts';
import { sqlComment } from '../observe/sql-comment.ts';
import { withoutComments } from '../observe/without-comments.ts';
import { isPostgresError } from '../postgres-error.ts';
import { type StatementRecord, unknownStatement } from '../statement-record.ts';
import type { OutsideStatement } from './statement.ts';

/** What the work on a statement tells its record, as soon as it knows it. */
export interface StatementNotes {
  /** What is to stand before the text that is sent: a comment with the trace, or nothing. */
  readonly comment: string;
  /** The guard allowed it. */
  admitted(verdict: AllowedVerdict): void;
  /** Its plan is wanted, not its rows. */
  explained(): void;
  /** The guard refused it. */
  violated(violations: readonly Violation[]): void;
  /** Another rule refused it: `policy.operation`, `cost`. A name from a closed list. */
  refused(rule: string): void;
  /** It goes to the database now. Starts the clock; a second call changes nothing. */
  sent(): void;
  /** Its answer, or the part of it that was taken. */
  answered(answer: { readonly rows: number; readonly bytes: number; readonly truncated: boolean }): void;
}

/** Runs the work on one statement and reports the statement to its call when it has ended, however it ended. */
export type ObserveStatement = <Result>(
  statement: OutsideStatement,
  call: Call,
  work: (notes: StatementNotes) => Promise<Result>,
) => Promise<Result>;

type Draft = { -readonly [Key in keyof StatementRecord]: StatementRecord[Key] };

/** What {@link createStatementObserver} stands on. */
export interface StatementObserverParts {
  /** Key of the hashes of parameters: short values such as numbers could be found from a hash without a key. */
  readonly hashKey: Uint8Array;
  /** Whether statements are sent with a comment that names the call. */
  readonly comments: boolean;
  /** Told of each statement when it is sent; the function it returns, when it has ended. */
  begin(statement: OutsideStatement, call: Call): (record: StatementRecord) => void;
}

/** Makes the observer of statements. */
export function createStatementObserver({ hashKey, comments, begin }: StatementObserverParts): ObserveStatement {
  return async (statement, call, work) => {
    const end = begin(statement, call);
    const draft: Draft = unknownStatement(statement.database.name);
    if (statement.parameters !== undefined && statement.parameters.length > 0) {
      draft.parametersHash = hash(statement.parameters, hashKey);
    }
    let sentAt: number | undefined;
    const notes: StatementNotes = {
      comment: comments ? sqlComment(call) : '',
      admitted({ statements, normalized, fingerprint }) {
        const kind = statements[0]?.kind ?? 'unknown';
        Object.assign(draft, { kind, normalized: withoutComments(normalized), fingerprint });
      },
      explained: () => {
        draft.kind = 'explain';
      },
      violated: ([first]) => notes.refused(`guard.${first?.code ?? 'unknown'}`),
      refused: (rule) => {
        draft.refusedBy = rule;
      },
      sent: () => {
        sentAt ??= performance.now();
      },
      answered: (answer) => Object.assign(draft, answer),
    };
    try {
      return await work(notes);
    } catch (error) {
      describeFailure(draft, error, sentAt !== undefined);
      throw error;
    } finally {
      if (sentAt !== undefined) draft.durationMs = performance.now() - sentAt;
      draft.cancelled ||= call.signal.aborted;
      call.record(draft);
      end(draft);
    }
  };
}

function describeFailure(draft: Draft, thrown: unknown, wasSent: boolean): void {
  const error = thrown instanceof PgmcpError && isPostgresError(thrown.cause) ? thrown.cause : thrown;
  if (isPostgresError(error)) {
    draft.sqlstate = error.code;
    // An administrator's pg_cancel_backend has the same SQLSTATE. Only the message tells them apart, and it is in the language of the server.
    draft.timedOut = error.code === '57014';
  } else if (error instanceof PoolError) {
    draft.timedOut = error.code === 'TIMEOUT';
    draft.cancelled = error.code === 'CANCELLED';
  } else if (error instanceof PgmcpError && !wasSent) {
    draft.refusedBy ??= error.code.toLowerCase();
  }
}

function hash(parameters: readonly unknown[], key: Uint8Array): string {
  return createHmac('sha256', key).update(JSON.stringify(parameters)).digest('hex').slice(0, 16);
}
