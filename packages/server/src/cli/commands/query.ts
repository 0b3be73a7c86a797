import { renderTable } from '../../render-table.ts';
import { defineCommand } from '../command.ts';

/** `query SQL`: runs one read-only statement by the same path as the tool `execute_query`. */
export const queryCommand = defineCommand({
  name: 'query',
  argument: '"SQL"',
  words: { least: 1, most: 1 },
  summary: 'Run one read-only statement and print its rows.',
  needs: 'services',
  flags: {},
  async run({ services, call, words: [sql = ''], database, print }) {
    const table = await services.executor.read({ database: services.databases.resolve(database), sql }, call);
    const count = `${table.row_count} ${table.row_count === 1 ? 'row' : 'rows'}${table.truncated ? ', and there are more' : ''}`;
    const text = renderTable(
      table.columns.map(({ name }) => name),
      table.rows,
    );
    print(`${text}\n(${count})\n`);
    return 0;
  },
});
