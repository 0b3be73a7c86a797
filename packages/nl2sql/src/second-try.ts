import { answeredBy } from './answered-by.ts';
import { doubtMessage } from './feedback/feedback.ts';
import { attemptedReply, generate } from './generate.ts';
import type { Answered, Outcome } from './outcome.ts';
import type { ChatMessage, LanguageModel, ResultTable } from './ports.ts';
import type { Question } from './question.ts';
import { readReply } from './reply.ts';
import { foldLayout } from './split-statements.ts';
import { tryStatement } from './try-statement.ts';
import { validateResult } from './validate-result.ts';
import { isDoubtful, vote } from './vote.ts';

/** An answer, what was said to the model before it, and the round that gave it. */
interface FirstAnswer<Table extends ResultTable> {
  readonly answer: Answered<Table>;
  readonly messages: readonly ChatMessage[];
  readonly round: number;
}

/** The answer after a vote or one more try when it is doubtful, and with the model's opinion of it, where these are asked for. */
export async function finish<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  { answer, messages, round }: FirstAnswer<Table>,
): Promise<Outcome<Table>> {
  if (work.extraCandidates > 0 && work.statementOptions.execute && isDoubtful(answer)) {
    const voted = await vote(work, model, { answer, round });
    return voted.kind === 'answered' ? checked(work, model, voted, round) : voted;
  }
  const better = await tryAgain(work, model, { answer, messages, round });
  return checked(work, model, better ?? answer, round);
}

/** The answer with the model's opinion of it, where that is asked for, and with all that it cost. */
async function checked<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  best: Answered<Table>,
  round: number,
): Promise<Answered<Table>> {
  const { sql, result } = best;
  const validation = await validateResult(work, model, { round, sql, result });
  const spent = { attempts: [...work.trace.attempts], usage: work.trace.usage(), durationMs: work.trace.elapsedMs() };
  return { ...best, ...spent, ...(validation === undefined ? {} : { validation }) };
}

/** Whether the model was asked about a statement that looked wrong before it ran: one targeted question is enough. */
export const wasDoubted = ({ trace }: Question<ResultTable>): boolean =>
  trace.attempts.some(({ stage }) => stage === 'lint');

/**
 * Asks once more when a result is implausible. The second statement counts only when it passes and its result is not
 * implausible too; whatever else happens, also a fault, leaves the first answer. Only a caller who gives up gets none.
 */
async function tryAgain<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  { answer, messages, round }: FirstAnswer<Table>,
): Promise<Answered<Table> | undefined> {
  const doubts = answer.findings.filter(({ isStrong }) => isStrong).map(({ message }) => message);
  if (!work.retryImplausible || doubts.length === 0 || wasDoubted(work)) return undefined;
  const again = [...messages, { role: 'assistant', content: answer.sql } as const, doubtMessage(work.fence, doubts)];
  try {
    const generated = { round: round + 1, ...(await generate(work, model, again, round + 1)) };
    const reply = readReply(generated.completion);
    if (reply.kind !== 'sql' || foldLayout(reply.sql) === foldLayout(answer.sql)) {
      attemptedReply(work, generated);
      return undefined;
    }
    const { completion, generateMs } = generated;
    const statement = {
      sql: reply.sql,
      source: 'model',
      round: round + 1,
      generateMs,
      usage: completion.usage,
    } as const;
    const result = await tryStatement(work.ports, work.trace, statement, work.statementOptions);
    if (result.kind !== 'passed') return undefined;
    const other = await answeredBy(work, { reply, result });
    return other.findings.some(({ isStrong }) => isStrong) ? undefined : other;
  } catch (thrown) {
    if (work.statementOptions.signal?.aborted === true) throw thrown;
    return undefined;
  }
}
