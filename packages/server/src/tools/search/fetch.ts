import { qualifiedName, quoteIdentifier, type Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import type { ConnectedDatabase } from '../../databases.ts';
import { PgmcpError } from '../../errors.ts';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { decodeName, schemaUri } from '../../resources/schema-uri.ts';
import { formatTable, UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY, type ToolContext } from '../define-tool.ts';
import { resultBudget } from '../result-budget.ts';
import { describeTable } from '../schema/describe-table.ts';
import { fitTables } from '../schema/fit-tables.ts';

const SAMPLE_ROWS = 5;

/** Most columns of a sample: a wide table's rows are not read as documents. */
const SAMPLE_COLUMNS = 40;

/** Part of the budget that the description may take, the rest is for the sample. */
const SHARE_OF_DESCRIPTION = 0.7;

/** Gives what `search` found: a table as a document. */
export const fetchTable = defineTool({
  name: 'fetch',
  title: 'Fetch a table',
  description: 'Describes one table that search found, with a few of its rows.',
  input: z.strictObject({ id: z.string().min(1).max(1_000).describe('From search.') }),
  output: z.object({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    url: z.string(),
    metadata: z.object({ database: z.string(), kind: z.string() }),
  }),
  annotations: READS_ONLY,
  toolset: 'search',
  scope: 'db:read',
  async run({ id }, context) {
    const { services, call } = context;
    const place = placeOf(id);
    const database = services.databases.resolve(place.database);
    const catalog = await visibleCatalog(services, database, call.caller);
    const table = catalog.tables.find(({ schema, name }) => schema === place.schema && name === place.table);
    if (!table)
      throw new PgmcpError(
        'VALIDATION_ERROR',
        `There is nothing under ${JSON.stringify(id)}: take an id that search gave.`,
      );
    const { maxResultTokens } = services.configuration.server;
    const described = describeTable(table, catalog.tables);
    const { tables, remarks } = fitTables([described], Math.floor(maxResultTokens * SHARE_OF_DESCRIPTION));
    const sample = await sampleOf(database, table, context);
    const url = schemaUri.table(database.name, table.schema, table.name);
    return {
      id: url,
      title: `${table.schema}.${table.name}`,
      text: [UNTRUSTED_TEXT_NOTICE, ...remarks, JSON.stringify(tables[0]), ...sample].join('\n'),
      url,
      metadata: { database: database.name, kind: table.kind },
    };
  },
});

/** @throws PgmcpError for what is no address of a table. */
function placeOf(id: string): { readonly database: string; readonly schema: string; readonly table: string } {
  const [, database, schema, table] = /^schema:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(id) ?? [];
  if (database === undefined || schema === undefined || table === undefined)
    throw new PgmcpError('VALIDATION_ERROR', `${JSON.stringify(id)} is no id of a table: take one that search gave.`);
  return { database, schema: decodeName(schema), table: decodeName(table) };
}

/** A few rows on the path of every statement: policies and masks hold. A table that cannot be read has no sample. */
async function sampleOf(database: ConnectedDatabase, table: Table, { services, call }: ToolContext): Promise<string[]> {
  const columns = table.columns.filter(({ selectable }) => selectable !== false).slice(0, SAMPLE_COLUMNS);
  if (!table.selectable || columns.length === 0) return [];
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const sql = `SELECT ${names} FROM ${qualifiedName(table.schema, table.name)} LIMIT ${SAMPLE_ROWS}`;
  try {
    const rows = await services.executor.read({ database, sql, limit: SAMPLE_ROWS }, call);
    const { text = '', notice = '' } = formatTable(rows, 'csv', resultBudget(services));
    return ['Some rows as CSV:', text, notice];
  } catch (error) {
    if (call.signal.aborted) throw error;
    return [];
  }
}
