import { renderContext } from './context/use-context.ts';
import { Nl2sqlError } from './errors.ts';
import { failureContext } from './feedback/failure-context.ts';
import { failedReplyMessage, feedbackMessage } from './feedback/feedback.ts';
import { attemptedReply, generate, type Round } from './generate.ts';
import { lookAround } from './link/look-around.ts';
import type { Attempt, Outcome } from './outcome.ts';
import type { ChatMessage, LanguageModel, ResultTable, SchemaSlice } from './ports.ts';
import { questionMessage, systemMessage } from './prompt.ts';
import { details, detailsOfFailure, type Question } from './question.ts';
import { questionContext } from './question-context.ts';
import { type Reply, readReply } from './reply.ts';
import { answeredBy, finish } from './second-try.ts';
import { foldLayout } from './split-statements.ts';
import { lastFailure, tryStatement } from './try-statement.ts';

/** A round that did not lead to an answer, and what was thrown underneath. */
interface FailedRound {
  readonly attempt: Attempt;
  readonly cause: unknown;
}

/**
 * Asks the model, and again with what went wrong, until a statement passes every stage, the model says that there is
 * none, it repeats itself or the rounds are used up.
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
  const tried = new Set<string>();
  let failed: FailedRound | undefined;
  for (let round = 0; round <= work.maxRepairs; round++) {
    if (failed !== undefined && failed.attempt.round === round - 1) {
      const { stage, error } = failed.attempt;
      work.trace.emit({ type: 'repairing', round, stage, sqlState: error?.sqlState });
      const { signal } = work.statementOptions;
      const context = await failureContext(work.ports, failed.attempt, { question: work.question, slice, signal });
      messages.push(feedbackMessage(work.fence, failed.attempt, context));
    }
    const generated = { round, ...(await generate(work, model, messages, round)) };
    const reply = readReply(generated.completion);
    if (reply.kind === 'unanswerable') return unanswerable(work, generated, reply);
    if (reply.kind === 'clarification') {
      attemptedReply(work, generated);
      if (work.onAmbiguity === 'ask' || round === work.maxRepairs) return needsClarification(work, reply);
      messages.push({ role: 'assistant', content: reply.question }, assumeMessage);
      continue;
    }
    if (reply.kind === 'sql' && failed !== undefined && tried.has(foldLayout(reply.sql))) {
      attemptedReply(work, generated, { message: 'The model sent a statement again that had failed.' }, reply.sql);
      break;
    }
    if (reply.kind === 'unusable') {
      failed = { attempt: attemptedReply(work, generated, { message: reply.message }, reply.sql), cause: undefined };
    } else {
      tried.add(foldLayout(reply.sql));
      const { completion, generateMs } = generated;
      const statement = { sql: reply.sql, source: 'model', round, generateMs, usage: completion.usage } as const;
      const result = await tryStatement(work.ports, work.trace, statement, work.statementOptions);
      if (result.kind === 'fatal') throw result.error;
      if (result.kind === 'passed') {
        const answer = await answeredBy(work, { reply, result });
        return finish(work, model, { answer, messages, round });
      }
      failed = result;
    }
    messages.push(failedReplyMessage(failed.attempt, generated.completion.text));
  }
  return givenUp(work, failed);
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
