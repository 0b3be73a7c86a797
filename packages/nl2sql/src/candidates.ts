import { abortable } from './abort.ts';
import { answeredBy } from './answered-by.ts';
import { expandQuestion, renderContext } from './context/use-context.ts';
import { attemptedReply, generate } from './generate.ts';
import type { Answered } from './outcome.ts';
import type { ChatMessage, LanguageModel, ResultTable } from './ports.ts';
import { questionMessage, systemMessage } from './prompt.ts';
import type { Question } from './question.ts';
import { questionContext } from './question-context.ts';
import { readReply } from './reply.ts';
import { tryStatement } from './try-statement.ts';

/**
 * Ways to begin. Candidates must differ in how they were found, and not by chance alone: a vote of copies says nothing.
 * Another order of the schema and another way to work serve that better than temperature (arXiv 2505.14174).
 */
const approaches = [
  'Work backwards: first the columns that must be returned and their grain, then the tables they come from, then the joins between those, then the conditions.',
  'Work forwards: first the rows that the question is about and the table that holds one row for each, then the conditions, then what each condition needs to be joined, last what is returned.',
  'Write each part of the question as a common table expression of its own and put them together at the end.',
  'Write the simplest statement that answers the question exactly as it is worded, with no table that it does not need.',
];

/** Further answers to the question, each from the beginning, those left out that came to nothing. */
export async function furtherCandidates<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  round: number,
): Promise<readonly Answered<Table>[]> {
  const context = await questionContext(work);
  const asked = expandQuestion(work.question, work.context);
  const wanted = approaches.slice(0, work.extraCandidates);
  const { signal } = work.statementOptions;
  const found = await Promise.all(
    wanted.map(async (approach, at): Promise<Answered<Table> | undefined> => {
      try {
        const limit = { maxTokens: work.maxSchemaTokens, variant: at + 1 };
        const slice = await abortable(signal, () => work.ports.schema.describe(asked, limit));
        const { role, content } = questionMessage(work.fence, work.question, context);
        const messages: ChatMessage[] = [
          systemMessage(work.fence, slice, renderContext(work.context, slice)),
          { role, content: `${content}\n\n${approach}` },
        ];
        return await candidate(work, model, messages, round + 1 + at);
      } catch (thrown) {
        if (signal?.aborted === true) throw thrown;
        return undefined;
      }
    }),
  );
  return found.filter((answer) => answer !== undefined);
}

async function candidate<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  messages: readonly ChatMessage[],
  round: number,
): Promise<Answered<Table> | undefined> {
  const generated = { round, ...(await generate(work, model, messages, round)) };
  const reply = readReply(generated.completion);
  if (reply.kind !== 'sql') {
    attemptedReply(work, generated);
    return undefined;
  }
  const { generateMs, completion } = generated;
  const statement = { sql: reply.sql, source: 'model', round, generateMs, usage: completion.usage } as const;
  const result = await tryStatement(work.ports, work.trace, statement, work.statementOptions);
  return result.kind === 'passed' ? answeredBy(work, { reply, result }) : undefined;
}
