import type { Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { cutList, cutText } from './cut.ts';

/** Most tables in one answer: about 6,000 tokens with comments. */
const MAX_TABLES = 200;

/** Most schemas that a notice counts. */
const MAX_SCHEMAS = 30;

/** Longest comment that is shown, in characters. */
const MAX_COMMENT = 120;

/** Names the tables and views of a database. */
export const listTables = defineTool({
  name: 'list_tables',
  title: 'List tables',
  description:
    'Lists the tables, views and materialized views of a database with estimated row counts and comments. ' +
    'Partitions are shown as their parent table.',
  input: z.strictObject({
    database: databaseInput,
    schema: z.string().min(1).optional().describe('Only this schema.'),
    offset: z.int().min(0).max(1_000_000).optional().describe('Tables to skip, to read on.'),
    pattern: z.string().min(1).max(200).optional().describe('Only names that contain this text; case does not matter.'),
  }),
  output: z.object({
    database: z.string(),
    tables: z.array(
      z.object({
        schema: z.string(),
        name: z.string(),
        kind: z.string(),
        columns: z.number(),
        estimated_rows: z.number().optional(),
        partitions: z.number().optional(),
        readable: z.literal(false).optional(),
        comment: z.string().optional(),
      }),
    ),
    table_count: z.number(),
    truncated: z.boolean(),
    notice: z.string().optional(),
  }),
  annotations: READS_ONLY,
  toolset: 'core',
  scope: 'db:read',
  async run({ database, schema, offset = 0, pattern }, { services }) {
    const connected = services.databases.resolve(database);
    const catalog = await connected.catalog();
    const wanted = pattern?.toLowerCase();
    const matching = catalog.tables.filter(
      (table) =>
        (schema === undefined || table.schema === schema) &&
        (wanted === undefined || table.name.toLowerCase().includes(wanted)),
    );
    const shown = matching.slice(offset, offset + MAX_TABLES);
    const truncated = offset + shown.length < matching.length;
    const schemas = truncated || matching.length === 0 ? [countBySchema(catalog.tables)] : [];
    const more = truncated
      ? [
          `Tables ${offset + 1} to ${offset + shown.length} of ${matching.length}: go on with offset ${offset + shown.length}, or name a schema or a pattern.`,
        ]
      : [];
    return {
      database: connected.name,
      tables: shown.map((table) => ({
        schema: table.schema,
        name: table.name,
        kind: table.kind,
        columns: table.columns.length,
        ...(table.estimatedRows !== undefined && { estimated_rows: table.estimatedRows }),
        ...(table.partitioning && { partitions: table.partitioning.partitions.length }),
        ...(table.selectable ? {} : { readable: false as const }),
        ...(table.comment && { comment: cutText(table.comment, MAX_COMMENT) }),
      })),
      table_count: matching.length,
      truncated,
      notice: [...more, ...schemas, UNTRUSTED_TEXT_NOTICE].join(' '),
    };
  },
});

/** Which schemas there are and how many tables each has, the largest first. */
function countBySchema(tables: readonly Table[]): string {
  const counts = new Map<string, number>();
  for (const { schema } of tables) counts.set(schema, (counts.get(schema) ?? 0) + 1);
  const sorted = [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([schema, count]) => `${schema} (${count})`);
  return sorted.length === 0 ? 'The database has no tables.' : `Schemas: ${cutList(sorted, MAX_SCHEMAS).join(', ')}.`;
}
