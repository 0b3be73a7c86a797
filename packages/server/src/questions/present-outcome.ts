import type { Answered, Attempt } from '@pgmcp/nl2sql';
import { z } from 'zod';
import type { EncodedTable } from '../values/index.ts';

/** How one statement on the way to the answer fared. */
const attemptShape = z.object({
  stage: z.string(),
  sqlstate: z.string().optional(),
  repairs: z.array(z.string()).optional(),
  ms: z.number(),
  tokens: z.number().optional(),
});

/** What is said about an answer besides its rows. */
export const answerShape = {
  source: z.enum(['verified', 'model']).optional(),
  sql: z.string().optional(),
  explanation: z.string().optional(),
  assumptions: z.array(z.string()).optional(),
  tables: z.array(z.string()).optional(),
  confidence: z.string().optional(),
  confidence_reasons: z.array(z.string()).optional(),
  doubts: z.array(z.string()).optional(),
  attempts: z.array(attemptShape).optional(),
  model_tokens: z.number().optional(),
};

type AnswerFields = z.output<z.ZodObject<typeof answerShape>>;

/**
 * Says of an answer what a reader needs in order to trust it: how the question was read, what was assumed, the tables, the
 * confidence with its reasons. Attempts are listed only when there was more than one: then something went wrong on the way.
 *
 * @param showsSql - with the statement and its explanation
 */
export function presentAnswer(answer: Answered<EncodedTable>, showsSql: boolean): AnswerFields {
  const { source, sql, note, interpretation, question, assumptions, tables, confidence, attempts, usage } = answer;
  return {
    source,
    ...(showsSql && { sql, explanation: note ?? interpretation ?? `Answers: ${question}` }),
    ...(!showsSql && source === 'model' && interpretation !== undefined && { explanation: interpretation }),
    ...(assumptions.length > 0 && { assumptions: [...assumptions] }),
    ...(tables.length > 0 && { tables: [...tables] }),
    ...(source === 'model' && { confidence: confidence.level, confidence_reasons: [...confidence.reasons] }),
    ...doubtsOf(answer),
    ...(attempts.length > 1 && { attempts: attempts.map(presentAttempt) }),
    ...(usage.modelCalls > 0 && { model_tokens: usage.totalTokens }),
  };
}

function presentAttempt({ stage, error, repairs, durationsMs, usage }: Attempt): z.output<typeof attemptShape> {
  const ms = Object.values(durationsMs).reduce((sum, duration) => sum + (duration ?? 0), 0);
  return {
    stage,
    ...(error?.sqlState !== undefined && { sqlstate: error.sqlState }),
    ...(repairs !== undefined && repairs.length > 0 && { repairs: [...new Set(repairs.map(({ rule }) => rule))] }),
    ms: Math.round(ms),
    ...(usage !== undefined && { tokens: usage.totalTokens }),
  };
}

/** What speaks against the result, for the reader to weigh; absent when nothing does. */
function doubtsOf({ findings, validation }: Answered<EncodedTable>): { doubts?: string[] } {
  const remark = validation?.ok === false ? [validation.remark ?? 'The model doubts this result.'] : [];
  const doubts = [...findings.map(({ message }) => message), ...remark];
  return doubts.length > 0 ? { doubts } : {};
}
