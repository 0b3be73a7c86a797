import type { Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { firstWithin, UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { cutList, cutText } from './cut.ts';

/** Most tables in one answer: about 6,000 tokens with comments. */
const MAX_TABLES = 200;

/** Most tables in one answer of nothing but names. */
const MAX_NAMES = 1_000;

/** Most columns that are named of a table. */
const MAX_COLUMNS = 60;

const DETAILS = ['names', 'summary', 'columns'] as const;

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
    schema: z.string().min(1).max(200).optional().describe('Only this schema.'),
    detail: z
      .enum(DETAILS)
      .optional()
      .describe('names: nothing but names. summary (default): rows and comments. columns: with column names.'),
    offset: z.int().min(0).max(1_000_000).optional().describe('Tables to skip, to read on.'),
    pattern: z.string().min(1).max(200).optional().describe('Part of a name, or a whole one with * for any text.'),
  }),
  output: z.object({
    database: z.string(),
    tables: z.array(
      z.object({
        schema: z.string(),
        name: z.string(),
        kind: z.string().optional(),
        columns: z.number().optional(),
        column_names: z.array(z.string()).optional(),
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
  async run({ database, schema, detail = 'summary', offset = 0, pattern }, { services, call }) {
    const connected = services.databases.resolve(database);
    const catalog = await visibleCatalog(services, connected, call.caller);
    const fits = pattern === undefined ? () => true : nameMatcher(pattern);
    const matching = catalog.tables.filter(
      (table) => (schema === undefined || table.schema === schema) && fits(table.name),
    );
    const most = detail === 'names' ? MAX_NAMES : MAX_TABLES;
    const shown = firstWithin(
      matching.slice(offset, offset + most).map((table) => describe(table, detail)),
      services.configuration.server.maxResultTokens,
    );
    const truncated = offset + shown.length < matching.length;
    const schemas = truncated || matching.length === 0 ? [countBySchema(catalog.tables)] : [];
    const more = truncated
      ? [
          `Tables ${offset + 1} to ${offset + shown.length} of ${matching.length}: go on with offset ${offset + shown.length}, or name a schema or a pattern.`,
        ]
      : [];
    return {
      database: connected.name,
      tables: shown,
      table_count: matching.length,
      truncated,
      notice: [...more, ...schemas, UNTRUSTED_TEXT_NOTICE].join(' '),
    };
  },
});

type Detail = (typeof DETAILS)[number];

function describe(table: Table, detail: Detail) {
  const { schema, name } = table;
  if (detail === 'names') return { schema, name };
  return {
    schema,
    name,
    kind: table.kind,
    columns: table.columns.length,
    ...(detail === 'columns' && {
      column_names: cutList(
        table.columns.map((column) => column.name),
        MAX_COLUMNS,
      ),
    }),
    ...(table.estimatedRows !== undefined && { estimated_rows: table.estimatedRows }),
    ...(table.partitioning && { partitions: table.partitioning.partitions.length }),
    ...(table.selectable ? {} : { readable: false as const }),
    ...(table.comment && { comment: cutText(table.comment, MAX_COMMENT) }),
  };
}

/** A part of a name in any case; with `*` for any text, the whole name. Each part is looked for once: no pattern takes long. */
function nameMatcher(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return (name) => name.toLowerCase().includes(first);
  return (name) => {
    const lower = name.toLowerCase();
    let at = lower.startsWith(first) ? first.length : -1;
    for (const part of rest) {
      const found = at === -1 ? -1 : lower.indexOf(part, at);
      at = found === -1 ? -1 : found + part.length;
    }
    return at !== -1 && at + last.length <= lower.length && lower.endsWith(last);
  };
}

/** Which schemas there are and how many tables each has, the largest first. */
function countBySchema(tables: readonly Table[]): string {
  const counts = new Map<string, number>();
  for (const { schema } of tables) counts.set(schema, (counts.get(schema) ?? 0) + 1);
  const sorted = [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([schema, count]) => `${schema} (${count})`);
  return sorted.length === 0 ? 'The database has no tables.' : `Schemas: ${cutList(sorted, MAX_SCHEMAS).join(', ')}.`;
}
