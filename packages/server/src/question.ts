import { type Ask, type AskEventListener, createAsk, type LanguageModel, type VerifiedPair } from '@pgmcp/nl2sql';
import { selectSlice } from '@pgmcp/schema-introspect';
import type { Guard } from '@pgmcp/sql-guard';
import { type Call, LOCAL_CALLER } from './call.ts';
import type { ConnectedDatabase } from './databases.ts';
import type { Executor } from './execute.ts';
import type { EncodedTable } from './values/index.ts';

/** What the question pipeline of one database stands on. */
export interface QuestionParts {
  readonly guard: Guard;
  readonly executor: Executor;
  readonly database: ConnectedDatabase;
  readonly model: LanguageModel | undefined;
  readonly verifiedPairs: readonly VerifiedPair[];
  readonly maxRepairs: number;
  readonly validateResult: boolean;
  readonly onEvent: AskEventListener;
}

/** A signal for work that nobody can stop; the pipeline passes its own to every stage that touches the database. */
const NEVER = new AbortController().signal;

/** The pipeline of a database is built once and knows no callers. */
const callWith = (signal: AbortSignal): Call => ({
  requestId: 'question',
  tool: 'query',
  caller: LOCAL_CALLER,
  signal,
  progress: () => undefined,
  record: () => undefined,
});

/** Joins the libraries into the question pipeline of one database: its ports are the guard, the executor and the schema cache. */
export function createQuestionPipeline(parts: QuestionParts): Ask<EncodedTable> {
  const { guard, executor, database, model, verifiedPairs, maxRepairs, validateResult, onEvent } = parts;
  return createAsk<EncodedTable>(
    {
      schema: {
        describe: async (question, { maxTokens }) => {
          const catalog = await database.catalog();
          return selectSlice(catalog, question, { maxTokens });
        },
      },
      check: {
        check: (sql) => executor.check({ database, sql }, callWith(NEVER)),
      },
      runner: {
        explain: async (sql, { signal = NEVER } = {}) => {
          const plan = await executor.plan({ database, sql }, callWith(signal));
          return { totalCost: plan.total_cost, rows: plan.estimated_rows };
        },
        run: (sql, { signal = NEVER, limit } = {}) =>
          executor.run({ database, sql, limit, keepsRest: true }, callWith(signal)),
      },
      model,
      parse: guard,
      catalog: { snapshot: () => database.catalog() },
    },
    { verifiedPairs, maxRepairs, validateResult, onEvent },
  );
}
