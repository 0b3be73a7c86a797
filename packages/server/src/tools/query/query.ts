import type { Answered, Outcome } from '@pgmcp/nl2sql';
import { z } from 'zod';
import type { Call } from '../../call.ts';
import { PgmcpError } from '../../errors.ts';
import { outcomeFailure } from '../../outcome-failure.ts';
import { type EncodedTable, formatTable } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput, limitInput, questionInput } from '../inputs.ts';
import { resultBudget } from '../result-budget.ts';
import { formatInput, tableShape } from './table-result.ts';

const RETURN_TYPES = ['result', 'sql', 'both'] as const;

type ReturnType = (typeof RETURN_TYPES)[number];

const output = z.object({
  status: z.enum(['answered', 'hand_over', 'unanswerable']),
  database: z.string(),
  source: z.enum(['verified', 'model']).optional(),
  sql: z.string().optional(),
  explanation: z.string().optional(),
  assumptions: z.array(z.string()).optional(),
  confidence: z.string().optional(),
  doubts: z.array(z.string()).optional(),
  columns: tableShape.columns.optional(),
  rows: tableShape.rows,
  text: tableShape.text,
  row_count: tableShape.row_count.optional(),
  truncated: tableShape.truncated.optional(),
  query_id: tableShape.query_id,
  notice: tableShape.notice,
  reason: z.string().optional(),
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
  async run({ question, database, return_type: returnType = 'result', limit, format = 'rows' }, { services, call }) {
    const connected = services.databases.resolve(database);
    const outcome = await services.askQuestion(
      { database: connected, question, limit, execute: returnType !== 'sql' },
      call,
    );
    const result =
      outcome.kind === 'answered' && outcome.result
        ? formatTable(outcome.result, format, resultBudget(services))
        : undefined;
    return { database: connected.name, ...presentOutcome(outcome, returnType, call), ...result };
  },
});

function presentOutcome(
  outcome: Outcome<EncodedTable>,
  returnType: ReturnType,
  call: Call,
): Omit<z.output<typeof output>, 'database'> {
  switch (outcome.kind) {
    case 'answered':
      return {
        status: 'answered',
        source: outcome.source,
        ...(returnType !== 'result' && {
          sql: outcome.sql,
          explanation: outcome.note ?? outcome.interpretation ?? `Answers: ${outcome.question}`,
        }),
        ...(outcome.assumptions.length > 0 && { assumptions: [...outcome.assumptions] }),
        ...(outcome.source === 'model' && { confidence: outcome.confidence.level }),
        ...doubtsOf(outcome),
      };
    case 'handed_over':
      return {
        status: 'hand_over',
        reason: 'No language model is configured for this server.',
        instructions: `${outcome.instructions}\nRun the statement with execute_query.`,
        schema: outcome.schema.text,
      };
    case 'unanswerable':
      return { status: 'unanswerable', reason: outcome.reason };
    case 'needs_clarification':
      throw new PgmcpError('AMBIGUOUS_QUERY', outcome.clarification.question, {
        details: { options: outcome.clarification.options },
      });
    case 'refused':
    case 'failed':
      throw outcomeFailure(outcome, call);
  }
}

/** What speaks against the result, for the reader to weigh; absent when nothing does. */
function doubtsOf({ findings, validation }: Answered<EncodedTable>): { doubts?: string[] } {
  const remark = validation?.ok === false ? [validation.remark ?? 'The model doubts this result.'] : [];
  const doubts = [...findings.map(({ message }) => message), ...remark];
  return doubts.length > 0 ? { doubts } : {};
}
