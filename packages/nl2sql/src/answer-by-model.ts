import { answeredBy } from './answered-by.ts';
import { renderContext } from './context/use-context.ts';
import { Nl2sqlError } from './errors.ts';
import { failureContext } from './feedback/failure-context.ts';
import { failedReplyMessage, feedbackMessage, markPosition } from './feedback/feedback.ts';
import { attemptedReply, generate, type Round } from './generate.ts';
import { lookAround } from './link/look-around.ts';
import type { Answered, Attempt, Outcome } from './outcome.ts';
import type { ChatMessage, LanguageModel, ResultTable, SchemaSlice } from './ports.ts';
import { questionMessage, systemMessage } from './prompt.ts';
import { details, detailsOfFailure, type Question } from './question.ts';
import { questionContext } from './question-context.ts';
import { type Reply, readReply } from './reply.ts';
import { finish, wasDoubted } from './second-try.ts';
import { foldLayout } from './split-statements.ts';
import { lastFailure, type Statement, tryStatement } from './try-statement.ts';

/** A round that did not lead to an answer, and what was thrown underneath. */
interface FailedRound {
  readonly attempt: Attempt;
  readonly cause: unknown;
}

/** A statement that rules doubt, or made fit by choosing what it means, kept until the model has had its say. */
interface Spare {
  readonly reply: Reply & { readonly kind: 'sql' };
  readonly generated: Round;
}

/**
 * Asks the model, and again with what went wrong, until a statement passes every stage, the model says that there is
 * none, it repeats a statement or an error, or the rounds are used up.
 *
 * A statement that passes only because rules chose what it means, or that looks wrong, waits: the model is asked first, and it is the answer
 * when nothing better comes.
 */
export async function answerByModel<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  slice: SchemaSlice,
): Promise<Outcome<Table>> {
  const messages: ChatMessage[] = [
    systemMessage(work.fence, slice, renderContext(work.context, slice)),
    questionMessage(work.fence, work.question, await questionContext(work)),
  ];
  const rounds: Rounds = { messages, slice, tried: new Set(), errors: new Set() };
  for (let round = 0; round <= work.maxRepairs; round++) {
    const end = await oneRound(work, model, rounds, round);
    if (end === 'stop') break;
    if (end === 'again') continue;
    return end.kind === 'good' ? finish(work, model, { ...end, messages, round }) : end.outcome;
  }
  const { spare } = rounds;
  const answer = spare === undefined ? undefined : await answerOfSpare(work, spare);
  return answer === undefined
    ? givenUp(work, rounds.failed)
    : finish(work, model, { answer, messages, round: spare?.generated.round ?? 0 });
}

/** What is known after the rounds so far. */
interface Rounds {
  readonly messages: ChatMessage[];
  readonly slice: SchemaSlice;
  /** Statements that failed, in one layout. */
  readonly tried: Set<string>;
  /** Errors so far. */
  readonly errors: Set<string>;
  failed?: FailedRound | undefined;
  spare?: Spare | undefined;
}

type RoundEnd<Table extends ResultTable> =
  | 'again'
  | 'stop'
  | { readonly kind: 'good'; readonly answer: Answered<Table> }
  | { readonly kind: 'end'; readonly outcome: Outcome<Table> };

async function oneRound<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  rounds: Rounds,
  round: number,
): Promise<RoundEnd<Table>> {
  const { messages, tried } = rounds;
  const { signal } = work.statementOptions;
  if (rounds.failed?.attempt.round === round - 1) await sayWhatFailed(work, rounds, round);
  let generated: Round;
  try {
    generated = { round, ...(await generate(work, model, messages, round)) };
  } catch (thrown) {
    // A model that is gone takes nothing away from what it wrote before.
    if (rounds.spare === undefined || signal?.aborted === true) throw thrown;
    return 'stop';
  }
  const reply = readReply(generated.completion);
  if (reply.kind === 'unanswerable') return { kind: 'end', outcome: await unanswerable(work, generated, reply) };
  if (reply.kind === 'clarification') {
    attemptedReply(work, generated);
    if (work.onAmbiguity === 'ask' || round === work.maxRepairs) {
      return { kind: 'end', outcome: needsClarification(work, reply) };
    }
    messages.push({ role: 'assistant', content: reply.question }, assumeMessage);
    return 'again';
  }
  if (reply.kind === 'sql' && tried.has(foldLayout(reply.sql))) {
    // Sent again after it was doubted, the statement is what the model means.
    if (rounds.failed?.attempt.stage === 'lint') {
      attemptedReply(work, generated);
      return 'stop';
    }
    attemptedReply(work, generated, { message: 'The model sent a statement again that had failed.' }, reply.sql);
    return 'stop';
  }
  if (reply.kind === 'unusable') {
    rounds.failed = {
      attempt: attemptedReply(work, generated, { message: reply.message }, reply.sql),
      cause: undefined,
    };
  } else {
    const mayHold = round < work.maxRepairs;
    const holdsChoices = mayHold && work.confirmRepairs;
    // Whoever was asked about a doubt once is not asked again.
    const holdsDoubts = mayHold && work.retryImplausible && !wasDoubted(work);
    const statement = { ...statementOf(reply, generated), holdsChoices, holdsDoubts };
    const result = await tryStatement(work.ports, work.trace, statement, work.statementOptions);
    if (result.kind === 'fatal') throw result.error;
    if (result.kind === 'passed') return { kind: 'good', answer: await answeredBy(work, { reply, result }) };
    tried.add(foldLayout(reply.sql));
    if (result.kind === 'held') rounds.spare = { reply, generated };
    rounds.failed = { attempt: result.attempt, cause: result.kind === 'curable' ? result.cause : undefined };
  }
  messages.push(failedReplyMessage(rounds.failed.attempt, generated.completion.text));
  return isNew(rounds.errors, rounds.failed.attempt) ? 'again' : 'stop';
}

/** Tells the model what is known about the failure of the round before. */
async function sayWhatFailed(work: Question<ResultTable>, { messages, slice, failed }: Rounds, round: number) {
  if (failed === undefined) return;
  const { stage, error } = failed.attempt;
  work.trace.emit({ type: 'repairing', round, stage, sqlState: error?.sqlState });
  const { signal } = work.statementOptions;
  const context = await failureContext(work.ports, failed.attempt, { question: work.question, slice, signal });
  messages.push(feedbackMessage(work.fence, failed.attempt, context));
}

const statementOf = ({ sql }: Spare['reply'], { round, generateMs, completion }: Round): Statement => ({
  sql,
  source: 'model',
  round,
  generateMs,
  usage: completion.usage,
});

/**
 * Whether an error is news. The same error in the same line of SQL means that what was said about it did not help, and
 * saying it again would not; the same error elsewhere is another try.
 */
function isNew(errors: Set<string>, { stage, sql, error }: Attempt): boolean {
  const known = errors.size;
  const line = sql === undefined || error?.position === undefined ? sql : markPosition(sql, error.position);
  const refused = error?.violations?.map(({ message }) => message);
  errors.add(foldLayout(JSON.stringify([stage, error?.sqlState, error?.message, refused, line])));
  return errors.size > known;
}

/** The answer that the spare gives; `undefined` when it fails after all. */
async function answerOfSpare<Table extends ResultTable>(
  work: Question<Table>,
  { reply, generated }: Spare,
): Promise<Answered<Table> | undefined> {
  const { round } = generated;
  const result = await tryStatement(
    work.ports,
    work.trace,
    { sql: reply.sql, source: 'model', round },
    work.statementOptions,
  );
  if (result.kind === 'fatal') throw result.error;
  return result.kind === 'passed' ? answeredBy(work, { reply, result }) : undefined;
}

/** Where nobody can be asked, the most likely reading is better than no answer, as long as it is stated. */
const assumeMessage: ChatMessage = {
  role: 'user',
  content:
    'Nobody can be asked. Choose the most likely reading, state it in assumptions and answer with the statement.',
};

function needsClarification(
  work: Question<ResultTable>,
  { question, options }: Reply & { readonly kind: 'clarification' },
): Outcome<never> {
  return { ...details(work), kind: 'needs_clarification', clarification: { question, options } };
}

async function unanswerable(
  work: Question<ResultTable>,
  generated: Round,
  { reason, missing }: Reply & { readonly kind: 'unanswerable' },
): Promise<Outcome<never>> {
  attemptedReply(work, generated);
  return { ...details(work), kind: 'unanswerable', reason, missing, ...(await lookAround(work, missing)) };
}

function givenUp(work: Question<ResultTable>, failed: FailedRound | undefined): Outcome<never> {
  if (failed === undefined) throw new Nl2sqlError('INVALID_REPLY', 'The model was never asked.');
  const end = lastFailure(failed.attempt, failed.cause);
  return end instanceof Nl2sqlError
    ? { ...detailsOfFailure(work), kind: 'failed', error: end }
    : { ...detailsOfFailure(work), kind: 'refused', violations: end };
}
