import { z } from 'zod';
import { defineTool, MAY_REMOVE } from '../define-tool.ts';
import { databaseInput, paramsInput, sqlInput } from '../inputs.ts';
import { someDatabaseHas } from '../some-database-has.ts';
import { UserQuestion } from '../user-question.ts';
import { confirmationInput, runConfirmed, writeOutput } from './run-confirmed.ts';

/** Sets of values in one call at most. */
const MAX_SETS = 1_000;

/** Runs one statement once for each set of values, all or none. */
export const batchExecute = defineTool({
  name: 'batch_execute',
  title: 'Change rows in a batch',
  description:
    'Runs one INSERT, UPDATE, DELETE or MERGE once for each set of values, as one transaction, with preview and confirmation like execute_transaction.',
  input: z.strictObject({
    query: sqlInput.describe('With $1, $2 ...'),
    params_list: z
      .array(paramsInput.unwrap())
      .min(1, 'give at least one set of values')
      .max(MAX_SETS, `at most ${MAX_SETS} sets of values in one call`),
    database: databaseInput,
    confirmation_token: confirmationInput,
  }),
  output: writeOutput,
  annotations: MAY_REMOVE,
  toolset: 'write',
  scope: 'db:write',
  available: someDatabaseHas('standard', 'admin'),
  async run({ query, params_list: sets, database, confirmation_token: token }, context) {
    const connected = context.services.databases.resolve(database);
    const statements = sets.map((parameters) => ({ sql: query, parameters }));
    const output = await runConfirmed({ database: connected, statements, what: 'rows' }, token, context);
    if (output instanceof UserQuestion) return output;
    // Only counts: rows that each set returns would be a result per set.
    const results = output.results.map(({ rows }) => ({ rows }));
    return { ...output, results };
  },
});
