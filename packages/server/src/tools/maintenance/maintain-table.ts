import { findTables, qualifiedName } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { PgmcpError } from '../../errors.ts';
import { MAINTENANCE, type MaintenanceOperation } from '../../execution/maintenance.ts';
import { noSuchTable } from '../../no-such-table.ts';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { defineTool } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { someDatabaseHas } from '../some-database-has.ts';

const OPERATIONS = Object.keys(MAINTENANCE) as [MaintenanceOperation, ...MaintenanceOperation[]];

/** Kinds of relations that PostgreSQL maintains. */
const MAINTAINED: ReadonlySet<string> = new Set(['table', 'partitioned table', 'materialized view']);

/** Maintains one table, outside a transaction. */
export const maintainTable = defineTool({
  name: 'maintain_table',
  title: 'Maintain a table',
  description: 'Runs VACUUM, ANALYZE or REINDEX CONCURRENTLY on one table; rows and structure stay as they are.',
  input: z.strictObject({
    table: z.string().min(1, 'name a table').max(200).describe('"schema.table", or "table" when it is unique.'),
    operation: z.enum(OPERATIONS),
    database: databaseInput,
  }),
  output: z.object({
    database: z.string(),
    table: z.string(),
    operation: z.enum(OPERATIONS),
    duration_ms: z.number(),
    bytes_before: z.number(),
    bytes_after: z.number(),
  }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  toolset: 'maintenance',
  scope: 'db:admin',
  available: someDatabaseHas('admin'),
  async run({ table: written, operation, database: name }, { services, call }) {
    const database = services.databases.resolve(name);
    const { found, missing } = findTables(await visibleCatalog(services, database, call.caller), [written]);
    const [table, ...others] = found;
    if (table === undefined) throw noSuchTable(database.name, missing);
    if (others.length > 0) {
      const names = found.map((one) => qualifiedName(one.schema, one.name)).join(', ');
      throw new PgmcpError('VALIDATION_ERROR', `${written} may be any of ${names}. Name one with its schema.`);
    }
    if (!MAINTAINED.has(table.kind)) {
      throw new PgmcpError(
        'VALIDATION_ERROR',
        `${table.schema}.${table.name} is a ${table.kind}: there is nothing to maintain.`,
      );
    }
    const { schema } = table;
    const done = await services.executor.maintain({ database, operation, schema, table: table.name }, call);
    return {
      database: database.name,
      table: `${schema}.${table.name}`,
      operation,
      duration_ms: Math.round(done.durationMs),
      bytes_before: done.bytesBefore,
      bytes_after: done.bytesAfter,
    };
  },
});
