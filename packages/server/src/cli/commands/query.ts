import { z } from 'zod';
import type { Call } from '../../call.ts';
import type { OutsideStatement } from '../../execution/statement.ts';
import { renderTable } from '../../render-table.ts';
import { type CapturedStream, typeLookup } from '../../results/captured-stream.ts';
import { exportText } from '../../results/export-page.ts';
import type { Services } from '../../services.ts';
import { resultBudget } from '../../tools/result-budget.ts';
import { formatTable } from '../../values/index.ts';
import { defineCommand, type GivenContext } from '../command.ts';

const FORMATS = ['table', 'markdown', 'json', 'csv', 'ndjson'] as const;

/** `query SQL`: runs one read-only statement by the same path as the tool `execute_query`. */
export const queryCommand = defineCommand({
  name: 'query',
  argument: '"SQL"',
  words: { least: 1, most: 1 },
  summary: 'Run one read-only statement and print its rows.',
  needs: 'services',
  flags: {
    format: {
      value: 'FORMAT',
      description:
        'table (default), markdown, json: within the caps of a result. csv, ndjson: every row, whole, as it comes.',
      schema: z.enum(FORMATS, `must be one of ${FORMATS.join(', ')}`).default('table'),
    },
  },
  async run({ services, call, words: [sql = ''], flags: { format }, database, print, room, progress }) {
    const statement = { database: services.databases.resolve(database), sql };
    if (format === 'csv' || format === 'ndjson') {
      await printAll(await openAll(statement, services, call), format, { print, room, progress });
      return 0;
    }
    const table = await services.executor.read(statement, call);
    const more = table.truncated ? ', and there are more' : '';
    switch (format) {
      case 'markdown':
        print(`${formatTable(table, 'markdown', resultBudget(services)).text ?? ''}\n`);
        break;
      case 'json':
        print(`${JSON.stringify(formatTable(table, 'json', resultBudget(services)).rows, undefined, 2)}\n`);
        break;
      case 'table':
        print(
          `${renderTable(
            table.columns.map(({ name }) => name),
            table.rows,
          )}\n(${table.row_count} ${table.row_count === 1 ? 'row' : 'rows'}${more})\n`,
        );
        return 0;
    }
    // Standard output holds the rows alone, so that a program can read them.
    if (table.truncated) progress(`Only the first ${table.row_count} rows${more}: --format csv gives all.`);
    return 0;
  },
});

/** Rows as `start_query` captures them, with its caps. */
function openAll(
  statement: OutsideStatement,
  { executor, configuration }: Services,
  call: Call,
): Promise<CapturedStream> {
  const { maxRows, maxBytes, queryTimeoutMs: timeoutMs } = configuration.results;
  return executor.openRows(statement, call, { maxRows, maxBytes, timeoutMs });
}

async function printAll(
  rows: CapturedStream,
  format: 'csv' | 'ndjson',
  { print, room, progress }: Pick<GivenContext, 'print' | 'room' | 'progress'>,
): Promise<void> {
  let count = 0;
  let isFirst = true;
  for await (const batch of rows.batches) {
    print(
      exportText(format, { fields: batch.fields, typeOf: typeLookup([...batch.types]), rows: batch.rows, isFirst }),
    );
    await room();
    count += batch.rows.length;
    if (!isFirst) progress(`${count} rows`);
    isFirst = false;
  }
  const cap = rows.truncated();
  if (cap !== false)
    progress(`Only the first ${count} rows: the ${cap} cap of PG_MCP_RESULTS_MAX_${cap.toUpperCase()} was reached.`);
}
