import { z } from 'zod';
import { defineTool, MAY_REMOVE } from '../define-tool.ts';
import { databaseInput, sqlInput } from '../inputs.ts';
import { someDatabaseHas } from '../some-database-has.ts';
import { confirmationInput, runConfirmed, writeOutput } from '../write/run-confirmed.ts';

/** Statements of one change of structure at most. */
const MAX_STATEMENTS = 50;

/** Changes structure with several statements, all or none. */
export const executeDdl = defineTool({
  name: 'execute_ddl',
  title: 'Change structure',
  description:
    'Runs CREATE, ALTER, DROP, COMMENT or REFRESH statements as one transaction. The first call only previews which objects change, and how ' +
    'many rows. It commits once confirmed, if both are still the same.',
  input: z.strictObject({
    statements: z
      .array(sqlInput)
      .min(1, 'give at least one statement')
      .max(MAX_STATEMENTS, `at most ${MAX_STATEMENTS} statements run together`),
    database: databaseInput,
    confirmation_token: confirmationInput,
  }),
  output: writeOutput,
  annotations: MAY_REMOVE,
  toolset: 'maintenance',
  scope: 'db:admin',
  available: someDatabaseHas('admin'),
  async run({ statements, database, confirmation_token: token }, context) {
    const connected = context.services.databases.resolve(database);
    const request = { database: connected, statements: statements.map((sql) => ({ sql })), what: 'structure' } as const;
    return runConfirmed(request, token, context);
  },
});
