import type { Tool } from './define-tool.ts';
import { executeQuery } from './query/execute-query.ts';
import { explainQuery } from './query/explain-query.ts';
import { query } from './query/query.ts';
import { getTableSchema } from './schema/get-table-schema.ts';
import { listTables } from './schema/list-tables.ts';

/** Every tool, sorted by name: a stable list keeps the prompt caches of clients warm. */
export const TOOLS: readonly Tool[] = [executeQuery, explainQuery, getTableSchema, listTables, query].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);
