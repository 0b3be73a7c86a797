import { z } from 'zod';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';

/** Most tables in one answer: about 6,000 tokens with comments. */
const MAX_TABLES = 200;

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
  async run({ database, schema, pattern }, { services }) {
    const connected = services.databases.resolve(database);
    const catalog = await connected.catalogs.get();
    const wanted = pattern?.toLowerCase();
    const matching = catalog.tables.filter(
      (table) =>
        (schema === undefined || table.schema === schema) &&
        (wanted === undefined || table.name.toLowerCase().includes(wanted)),
    );
    const shown = matching.slice(0, MAX_TABLES);
    const truncated = matching.length > shown.length;
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
        ...(table.comment && { comment: cut(table.comment) }),
      })),
      table_count: matching.length,
      truncated,
      ...(truncated && {
        notice: `Showing ${shown.length} of ${matching.length} tables: name a schema or a pattern to see the others.`,
      }),
    };
  },
});

function cut(comment: string): string {
  return comment.length > MAX_COMMENT ? `${comment.slice(0, MAX_COMMENT)}…` : comment;
}
