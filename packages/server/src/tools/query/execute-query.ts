import { z } from 'zod';
import { formatTable } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput, limitInput, paramsInput, sqlInput } from '../inputs.ts';
import { resultBudget } from '../result-budget.ts';
import { formatInput, tableShape } from './table-result.ts';

/** Runs one SQL statement that the caller wrote. */
export const executeQuery = defineTool({
  name: 'execute_query',
  title: 'Run SQL',
  description:
    'Runs one read-only SQL statement (SELECT, WITH, VALUES, SHOW, EXPLAIN) on PostgreSQL and returns its rows. ' +
    'Statements that write, lock, sleep or reach outside the database are refused with the reason.',
  input: z.strictObject({
    sql: sqlInput.describe('One statement, with $1, $2 for params.'),
    params: paramsInput,
    database: databaseInput,
    limit: limitInput,
    format: formatInput,
  }),
  output: z.object({ database: z.string(), ...tableShape }),
  annotations: READS_ONLY,
  toolset: 'core',
  scope: 'db:read',
  async run({ sql, params, database, limit, format = 'rows' }, { services, call }) {
    const connected = services.databases.resolve(database);
    const table = await services.executor.read(
      { database: connected, sql, parameters: params, limit, keepsRest: true },
      call,
    );
    return { database: connected.name, ...formatTable(table, format, resultBudget(services)) };
  },
});
