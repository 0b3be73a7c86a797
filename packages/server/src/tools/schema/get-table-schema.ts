import { findTables } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { noSuchTable } from '../../no-such-table.ts';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { describeTable, tableSchema } from './describe-table.ts';
import { fitTables } from './fit-tables.ts';

/** Most tables in one answer. */
const MAX_TABLES = 20;

/** Describes chosen tables in full. */
export const getTableSchema = defineTool({
  name: 'get_table_schema',
  title: 'Describe tables',
  description:
    'Describes tables or views: columns with exact types, enum labels, defaults and comments, keys in both directions, checks, ' +
    'indexes, partitions, row security and view definitions.',
  input: z.strictObject({
    tables: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(MAX_TABLES)
      .describe('Names as "schema.table", or "table" when it is unique.'),
    database: databaseInput,
  }),
  output: z.object({
    database: z.string(),
    tables: z.array(tableSchema),
    not_shown: z.array(z.string()).optional(),
    missing: z.array(z.object({ name: z.string(), nearest: z.array(z.string()) })).optional(),
    notice: z.string().optional(),
  }),
  annotations: READS_ONLY,
  toolset: 'core',
  scope: 'db:read',
  async run({ tables, database }, { services, call }) {
    const connected = services.databases.resolve(database);
    const catalog = await visibleCatalog(services, connected, call.caller);
    const { found, missing } = findTables(catalog, tables);
    if (found.length === 0) throw noSuchTable(connected.name, missing);
    const described = found.map((table) => describeTable(table, catalog.tables));
    const { tables: shown, notShown, remarks } = fitTables(described, services.configuration.server.maxResultTokens);
    return {
      database: connected.name,
      tables: shown,
      ...(notShown.length > 0 && { not_shown: [...notShown] }),
      ...(missing.length > 0 && { missing: missing.map(({ name, nearest }) => ({ name, nearest: [...nearest] })) }),
      notice: [
        ...remarks,
        ...(notShown.length > 0 ? ['Ask for the tables in not_shown apart: together they are too long.'] : []),
        UNTRUSTED_TEXT_NOTICE,
      ].join(' '),
    };
  },
});
