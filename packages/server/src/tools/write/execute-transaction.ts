import { z } from 'zod';
import { defineTool, MAY_REMOVE } from '../define-tool.ts';
import { databaseInput, paramsInput, sqlInput } from '../inputs.ts';
import { someDatabaseHas } from '../some-database-has.ts';
import { confirmationInput, runConfirmed, writeOutput } from './run-confirmed.ts';

/** Statements of one transaction at most: a message stays readable, and locks short. */
const MAX_QUERIES = 50;

/** Changes rows with several statements, all or none. */
export const executeTransaction = defineTool({
  name: 'execute_transaction',
  title: 'Change rows',
  description:
    'Runs statements that change rows (INSERT, UPDATE, DELETE, MERGE) as one transaction. The first call only previews: exact counts ' +
    'per table with triggers and cascades. It commits once confirmed, if the counts are still the same.',
  input: z.strictObject({
    queries: z
      .array(z.strictObject({ sql: sqlInput, params: paramsInput }))
      .min(1, 'give at least one statement')
      .max(MAX_QUERIES, `at most ${MAX_QUERIES} statements run together`),
    database: databaseInput,
    confirmation_token: confirmationInput,
  }),
  output: writeOutput,
  annotations: MAY_REMOVE,
  toolset: 'write',
  scope: 'db:write',
  available: someDatabaseHas('standard', 'admin'),
  async run({ queries, database, confirmation_token: token }, context) {
    const statements = queries.map(({ sql, params }) => ({ sql, parameters: params }));
    const connected = context.services.databases.resolve(database);
    return runConfirmed({ database: connected, statements, what: 'rows' }, token, context);
  },
});
