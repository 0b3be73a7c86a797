import { doubtMessage } from './feedback/feedback.ts';
import { attemptedReply, generate } from './generate.ts';
import type { Answered, Outcome } from './outcome.ts';
import type { ChatMessage, LanguageModel, ResultTable } from './ports.ts';
import { answered, type Question } from './question.ts';
import { type Reply, readReply } from './reply.ts';
import { foldLayout } from './split-statements.ts';
import { type StatementResult, tryStatement } from './try-statement.ts';
import { validateResult } from './validate-result.ts';

/** The answer that a passed statement gives. */
export async function answeredBy<Table extends ResultTable>(
  work: Question<Table>,
  { reply, result }: GoodRound<Table>,
): Promise<Answered<Table>> {
  const { interpretation, assumptions } = reply;
  return answered(work, 'model', result, {
    ...(interpretation === undefined ? {} : { interpretation }),
    assumptions,
    tables: result.tables.length > 0 ? result.tables : reply.tables,
  });
}

/** A reply whose statement passed. */
export interface GoodRound<Table extends ResultTable> {
  readonly reply: Reply & { readonly kind: 'sql' };
  readonly result: StatementResult<Table> & { readonly kind: 'passed' };
}

/** The answer after one more try when it is implausible, and with the model's opinion of it, where these are asked for. */
export async function finish<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  {
    answer,
    messages,
    round,
  }: { readonly answer: Answered<Table>; readonly messages: readonly ChatMessage[]; readonly round: number },
): Promise<Outcome<Table>> {
  const better = await tryAgain(work, model, { answer, messages, round });
  const best = better ?? answer;
  const { sql, result } = best;
  const validation = await validateResult(work, model, { round, sql, result });
  const spent = { attempts: [...work.trace.attempts], usage: work.trace.usage(), durationMs: work.trace.elapsedMs() };
  return { ...best, ...spent, ...(validation === undefined ? {} : { validation }) };
}

/**
 * Asks once more when a result is implausible. The second statement counts only when it passes and its result is not
 * implausible too; whatever else happens, also a fault, leaves the first answer.
 */
async function tryAgain<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  {
    answer,
    messages,
    round,
  }: { readonly answer: Answered<Table>; readonly messages: readonly ChatMessage[]; readonly round: number },
): Promise<Answered<Table> | undefined> {
  const doubts = answer.findings.filter(({ isStrong }) => isStrong).map(({ message }) => message);
  if (!work.retryImplausible || doubts.length === 0) return undefined;
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
  } catch {
    return undefined;
  }
}
