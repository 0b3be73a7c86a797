import type { Connection, Recovery } from './connection.ts';
import { PoolError } from './errors.ts';
import type { Outcome, RowSink } from './messages.ts';
import { flightPrelude, prelude, type SessionContext } from './session.ts';
import type { ResolvedSettings } from './settings.ts';
import { command, functionCall, type StatementText, SYNC, simpleQuery, statementMessages } from './wire.ts';

/** One statement with everything it needs. */
export interface Statement extends StatementText {
  readonly sink: RowSink;
}

/** A read under way: its answer, and whether its transaction was ended and the session left clean. */
export interface Flight {
  readonly answer: Promise<Outcome>;
  /** To be called after the answer. True at once when the end travelled with it, else a promise that is never rejected. */
  readonly clean: () => boolean | Promise<boolean>;
}

const BEGIN_READ_ONLY = command('BEGIN READ ONLY');
/** The number of `pg_advisory_unlock_all()`, the same in every version. */
const ADVISORY_UNLOCK_ALL = 2892;
/**
 * FunctionCall directly behind ROLLBACK: after any other statement of the extended protocol the server would take it for a part of that one's
 * transaction and leave this open.
 */
const END_READ_IN_FLIGHT = Buffer.concat([
  command('DEALLOCATE ALL'),
  command('ROLLBACK'),
  functionCall(ADVISORY_UNLOCK_ALL),
]);
const STATEMENTS_OF_END = 2;

/**
 * The end of every read. ROLLBACK and not COMMIT: COMMIT would keep what `set_config(..., false)` has set for the next borrower.
 * ROLLBACK leaves advisory locks of the session and prepared statements, so these are given back one by one. All in one message,
 * because a pooler may give the server connection away as soon as the transaction has ended.
 */
export const END_READ = simpleQuery('ROLLBACK; DEALLOCATE ALL; SELECT pg_catalog.pg_advisory_unlock_all()');
const END_FAILED_FLIGHT = Buffer.concat([SYNC, END_READ]);

const NO_MESSAGES = Buffer.alloc(0);

/** Parse to Sync of one statement in a transaction that is open already. */
export function readMessages(statement: StatementText): Buffer {
  return statementMessages(statement, NO_MESSAGES, SYNC);
}

export function isClean(outcome: Outcome): boolean {
  return outcome.status === 'I' && outcome.error === undefined;
}

/** The command tags of statements that begin or end a transaction; `COMMIT AND CHAIN` leaves no other trace. */
const TRANSACTION_CONTROL = /^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|PREPARE TRANSACTION)/;

export function transactionLost(cause: Error | undefined): PoolError {
  return new PoolError(
    'TRANSACTION_LOST',
    'The statement ended the transaction it ran in. Send one statement without COMMIT, ROLLBACK or other transaction control.',
    { cause },
  );
}

/** Answers that do not belong to what was sent, as of a pooler that has mixed them up: rows that would be taken for those of the statement. */
export function checkAnswered(outcome: Outcome, statements: number): Outcome {
  if (outcome.status === undefined || outcome.error !== undefined || outcome.commands.length === statements)
    return outcome;
  const message = `The server said it was ready after ${outcome.commands.length} of ${statements} answers.`;
  return { ...outcome, status: 'I', error: new PoolError('CONNECTION_LOST', message, { retryable: true }) };
}

/** After a statement of ours inside its transaction: status I says that the text has ended it, the tag that it has begun another. */
export function checkTransaction(outcome: Outcome, controls = TRANSACTION_CONTROL): Outcome {
  if (outcome.status === undefined || outcome.error instanceof PoolError) return outcome;
  const isOurs = outcome.status !== 'I' && !controls.test(outcome.commands.at(-1) ?? '');
  return isOurs ? outcome : { ...outcome, status: 'I', error: transactionLost(outcome.error) };
}

/**
 * Everything in one write: BEGIN, settings, statement, ROLLBACK, clean-up. After an error the server skips to the next Sync, so a failed
 * BEGIN or setting can never let the statement run outside READ ONLY; that Sync is sent together with the end of the transaction when the
 * error has come. One ReadyForQuery and not two: each is a packet of its own, and the tags prove as much as a status in between would.
 *
 * No query has to come before the statement: READ ONLY can be lifted only by a statement that does nothing else, and there is only
 * this one.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
function readInOneFlight(
  connection: Connection,
  settings: ResolvedSettings,
  context: SessionContext,
  statement: Statement,
): Flight {
  const { messages, statements } = flightPrelude(settings, context, connection.facts.processId, BEGIN_READ_ONLY);
  const sinks: RowSink[] = [];
  sinks[statements] = statement.sink;
  const recovery: Recovery = {
    messages: END_FAILED_FLIGHT,
    statements: statements + 1 + STATEMENTS_OF_END,
    ended: undefined,
  };
  let wasClean = false;
  const sent = connection.send(statementMessages(statement, messages, END_READ_IN_FLIGHT), sinks, recovery);
  const answer = sent.then((outcome): Outcome => {
    const tag = outcome.commands[statements] ?? '';
    if (TRANSACTION_CONTROL.test(tag)) return { ...outcome, error: transactionLost(outcome.error) };
    wasClean = isClean(outcome) && outcome.commands[statements + STATEMENTS_OF_END] === 'ROLLBACK';
    return checkAnswered(outcome, statements + 1 + STATEMENTS_OF_END);
  });
  return { answer, clean: () => recovery.ended?.then(isClean) ?? wasClean };
}

async function endRead(connection: Connection): Promise<boolean> {
  return isClean(await connection.send(END_READ));
}

/** Beginning, statement and end awaited and checked one by one: for poolers, some of which mix up pipelined answers. */
function readStepByStep(
  connection: Connection,
  settings: ResolvedSettings,
  context: SessionContext,
  statement: Statement,
): Flight {
  const answer = (async () => {
    const begun = await connection.send(
      Buffer.concat([BEGIN_READ_ONLY, prelude(settings, context, connection.facts.processId), SYNC]),
    );
    if (begun.status !== 'T' || begun.error !== undefined)
      return { ...begun, error: begun.error ?? transactionLost(undefined) };
    return checkTransaction(checkAnswered(await connection.send(readMessages(statement), [statement.sink]), 1));
  })();
  return { answer, clean: () => answer.then((outcome) => outcome.status !== 'I' && endRead(connection)) };
}

/**
 * Runs one statement in its own READ ONLY transaction that always ends in ROLLBACK. On a direct connection this takes one
 * round trip, through a pooler in transaction mode three.
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
