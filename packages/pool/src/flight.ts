import type { Connection } from './connection.ts';
import { PoolError } from './errors.ts';
import type { Outcome, RowSink } from './messages.ts';
import { prelude, type SessionContext } from './session.ts';
import type { ResolvedSettings } from './settings.ts';
import { bind, command, DESCRIBE_PORTAL, execute, parse, SYNC, simpleQuery } from './wire.ts';

/** One statement with everything it needs; `maxRows` 0 reads to the end. */
export interface Statement {
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly maxRows: number;
  readonly sink: RowSink;
}

/** A read under way: its answer, and whether its transaction was ended and the session left clean. */
export interface Flight {
  readonly answer: Promise<Outcome>;
  /** True when the connection may be lent again. */
  readonly clean: Promise<boolean>;
}

const BEGIN_READ_ONLY = command('BEGIN READ ONLY');
const BEGIN_READ_ONLY_STEP = simpleQuery('BEGIN READ ONLY');

/**
 * The end of every read. ROLLBACK and not COMMIT: COMMIT would keep what `set_config(..., false)` has set for the next borrower.
 * ROLLBACK leaves advisory locks of the session and prepared statements, so these are given back one by one. All in one message,
 * because a pooler may give the server connection away as soon as the transaction has ended.
 */
export const END_READ = simpleQuery('ROLLBACK; DEALLOCATE ALL; SELECT pg_catalog.pg_advisory_unlock_all()');

/** Parse to Execute of one statement, without Sync. */
export function statementMessages({ text, values, maxRows }: Omit<Statement, 'sink'>): Buffer {
  return Buffer.concat([parse(text), bind(values), DESCRIBE_PORTAL, execute(maxRows)]);
}

export function isClean(outcome: Outcome): boolean {
  return outcome.status === 'I' && outcome.error === undefined;
}

/** Status I means that the text itself has ended our transaction. */
export function checkTransaction(outcome: Outcome): Outcome {
  if (outcome.status !== 'I' || outcome.error instanceof PoolError) return outcome;
  const error = new PoolError(
    'TRANSACTION_LOST',
    'The statement ended the transaction it ran in. Send one statement without COMMIT, ROLLBACK or other transaction control.',
    { cause: outcome.error },
  );
  return { ...outcome, error };
}

/**
 * Everything in one write: BEGIN, settings, statement, Sync, end. After an error the server skips to the Sync, so a failed
 * BEGIN or setting can never let the statement run outside READ ONLY; the first ReadyForQuery proves that the transaction was
 * still ours, the second that it has ended.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
function readInOneFlight(
  connection: Connection,
  settings: ResolvedSettings,
  context: SessionContext,
  statement: Statement,
): Flight {
  const bytes = Buffer.concat([
    BEGIN_READ_ONLY,
    prelude(settings, context),
    statementMessages(statement),
    SYNC,
    END_READ,
  ]);
  const [answer, end] = connection.send(bytes, [[undefined, undefined, statement.sink], []]) as [
    Promise<Outcome>,
    Promise<Outcome>,
  ];
  const checked = answer.then(checkTransaction);
  return {
    answer: checked,
    clean: Promise.all([checked, end]).then(([outcome, ended]) => outcome.status !== 'I' && isClean(ended)),
  };
}

/** Each step awaited and checked: for poolers, some of which mix up pipelined answers. */
function readStepByStep(
  connection: Connection,
  settings: ResolvedSettings,
  context: SessionContext,
  statement: Statement,
): Flight {
  const answer = (async () => {
    const begun = await sendOne(connection, BEGIN_READ_ONLY_STEP);
    if (begun.status !== 'T') return { ...begun, error: begun.error ?? new Error('BEGIN did not open a transaction.') };
    const set = await sendOne(connection, Buffer.concat([prelude(settings, context), SYNC]));
    if (set.status !== 'T') return set;
    return checkTransaction(
      await sendOne(connection, Buffer.concat([statementMessages(statement), SYNC]), statement.sink),
    );
  })();
  const clean = answer.then(async (outcome) => {
    const ended = await sendOne(connection, END_READ);
    return outcome.status !== 'I' && isClean(ended);
  });
  return { answer, clean };
}

/** Sends messages that are answered by one ReadyForQuery. */
export async function sendOne(connection: Connection, bytes: Buffer, sink?: RowSink): Promise<Outcome> {
  const [answer] = connection.send(bytes, [[sink]]) as [Promise<Outcome>];
  return answer;
}

/**
 * Runs one statement in its own READ ONLY transaction that always ends in ROLLBACK. On a direct connection this takes one
 * round trip, through a pooler in transaction mode four.
 */
export function startRead(
  connection: Connection,
  settings: ResolvedSettings,
  context: SessionContext,
  statement: Statement,
): Flight {
  const read = settings.pooler === 'transaction' ? readStepByStep : readInOneFlight;
  return read(connection, settings, context, statement);
}
