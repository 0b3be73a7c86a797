import { PgmcpError } from '../../errors.ts';
import { renderTable } from '../../render-table.ts';
import type { Command } from '../command.ts';

/** `query SQL`: runs one read-only statement by the same path as the tool `execute_query`. */
export const queryCommand: Command = {
  name: 'query',
  argument: '"SQL"',
  summary: 'Run one read-only statement and print its rows.',
  async run({ services, call, words, database }) {
    const [sql, ...rest] = words;
    if (sql === undefined || rest.length > 0) {
      throw new PgmcpError('VALIDATION_ERROR', 'Give one statement, in quotes: query "SELECT 1".');
    }
    const table = await services.executor.read({ database: services.databases.resolve(database), sql }, call);
    const count = `${table.row_count} ${table.row_count === 1 ? 'row' : 'rows'}${table.truncated ? ', and there are more' : ''}`;
    return `${renderTable(
      table.columns.map(({ name }) => name),
      table.rows,
    )}\n(${count})\n`;
  },
};
