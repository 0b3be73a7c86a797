import type { Outcome } from '@pgmcp/nl2sql';
import { z } from 'zod';
import type { Call } from '../../call.ts';
import { PgmcpError } from '../../errors.ts';
import { outcomeFailure } from '../../questions/outcome-failure.ts';
import { answerShape, presentAnswer } from '../../questions/present-outcome.ts';
import { type EncodedTable, formatTable, UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput, limitInput, questionInput } from '../inputs.ts';
import { resultBudget } from '../result-budget.ts';
import { UserQuestion } from '../user-question.ts';
import { formatInput, tableShape } from './table-result.ts';

const RETURN_TYPES = ['result', 'sql', 'both'] as const;

type ReturnType = (typeof RETURN_TYPES)[number];

const output = z.object({
  status: z.enum(['answered', 'hand_over', 'unanswerable']),
  database: z.string(),
  ...answerShape,
  columns: tableShape.columns.optional(),
  rows: tableShape.rows,
  text: tableShape.text,
  row_count: tableShape.row_count.optional(),
  truncated: tableShape.truncated.optional(),
  query_id: tableShape.query_id,
  notice: tableShape.notice,
  reason: z.string().optional(),
  missing: z.array(z.string()).optional(),
  nearest_columns: z.array(z.string()).optional(),
  instructions: z.string().optional(),
  schema: z.string().optional(),
});

/** Answers a question in plain language. */
export const query = defineTool({
  name: 'query',
  title: 'Ask a question',
  description:
    'Answers a question about the data in plain language: a verified statement or the configured model gives the SQL, ' +
    'which is checked and run read-only. Without a model the result has status "hand_over" with the schema, so that you write ' +
    'the SQL and call execute_query.',
  input: z.strictObject({
    question: questionInput,
    database: databaseInput,
    return_type: z
      .enum(RETURN_TYPES)
      .optional()
      .describe('result: rows (default). sql: the checked statement without running it. both: rows and statement.'),
    limit: limitInput,
    format: formatInput,
  }),
  output,
  annotations: { ...READS_ONLY, idempotentHint: false, openWorldHint: true },
  toolset: 'core',
  scope: 'db:read',
  async run(
    { question, database, return_type: returnType = 'result', limit, format = 'rows' },
    { services, call, answer: { canAsk, given } },
  ) {
    const connected = services.databases.resolve(database);
    const asked = given?.state === READING ? given : undefined;
    const chosen = asked?.choice;
    const outcome = await services.askQuestion(
      {
        database: connected,
        question,
        limit,
        execute: returnType !== 'sql',
        // One question is enough: whoever chose a reading gets an answer, with what it still had to assume.
        ...(chosen !== undefined && {
          onAmbiguity: 'assume' as const,
          clarifications: [{ question: 'Which reading is meant?', answer: chosen }],
        }),
      },
      call,
    );
    if (outcome.kind === 'needs_clarification' && canAsk && asked === undefined) {
      return new UserQuestion(outcome.clarification.question, READING, outcome.clarification.options);
    }
    const result =
      outcome.kind === 'answered' && outcome.result
        ? formatTable(outcome.result, format, resultBudget(services))
        : undefined;
    return { database: connected.name, ...presentOutcome(outcome, returnType, call), ...result };
  },
});

/** Tells the question which reading is meant from others. */
const READING = 'reading';

function presentOutcome(
  outcome: Outcome<EncodedTable>,
  returnType: ReturnType,
  call: Call,
): Omit<z.output<typeof output>, 'database'> {
  switch (outcome.kind) {
    case 'answered':
      return { status: 'answered', ...presentAnswer(outcome, returnType !== 'result') };
    case 'handed_over':
      return {
        status: 'hand_over',
        reason: 'No language model is configured for this server.',
        instructions: `${outcome.instructions}\nRun the statement with execute_query.`,
        schema: outcome.schema.text,
        notice: UNTRUSTED_TEXT_NOTICE,
      };
    case 'unanswerable': {
      const { reason, missing, nearest } = outcome;
      return {
        status: 'unanswerable',
        reason,
        ...(missing.length > 0 && { missing: [...missing] }),
        ...(nearest.length > 0 && { nearest_columns: [...nearest] }),
      };
    }
    case 'needs_clarification':
      throw new PgmcpError('AMBIGUOUS_QUERY', outcome.clarification.question, {
        details: { options: outcome.clarification.options },
      });
    case 'refused':
    case 'failed':
      throw outcomeFailure(outcome, call);
  }
}
