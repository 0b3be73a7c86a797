import { analyzeDatabaseHealth } from './advice/analyze-database-health.ts';
import { recommendIndexesTool } from './advice/recommend-indexes.ts';
import { chart } from './chart/chart.ts';
import { addConnection } from './connections/add-connection.ts';
import { listConnections } from './connections/list-connections.ts';
import { removeConnection } from './connections/remove-connection.ts';
import { testConnection } from './connections/test-connection.ts';
import type { Tool } from './define-tool.ts';
import { cancelQuery } from './long/cancel-query.ts';
import { getQueryResult } from './long/get-query-result.ts';
import { startQuery } from './long/start-query.ts';
import { executeDdl } from './maintenance/execute-ddl.ts';
import { maintainTable } from './maintenance/maintain-table.ts';
import { confirmAnswer } from './memory/confirm-answer.ts';
import { getMetrics } from './monitoring/get-metrics.ts';
import { getQueryHistory } from './monitoring/get-query-history.ts';
import { getSlowQueries } from './monitoring/get-slow-queries.ts';
import { healthCheck } from './monitoring/health-check.ts';
import { executeQuery } from './query/execute-query.ts';
import { explainQuery } from './query/explain-query.ts';
import { getQueryContext } from './query/get-query-context.ts';
import { query } from './query/query.ts';
import { getTableSchema } from './schema/get-table-schema.ts';
import { listTables } from './schema/list-tables.ts';
import { fetchTable } from './search/fetch.ts';
import { search } from './search/search.ts';
import { semanticSearch } from './search/semantic-search.ts';
import { batchExecute } from './write/batch-execute.ts';
import { executeTransaction } from './write/execute-transaction.ts';

/** Every tool, sorted by name: a stable list keeps the prompt caches of clients warm. */
export const TOOLS: readonly Tool[] = [
  chart,
  addConnection,
  analyzeDatabaseHealth,
  batchExecute,
  cancelQuery,
  confirmAnswer,
  executeDdl,
  executeQuery,
  executeTransaction,
  explainQuery,
  fetchTable,
  getMetrics,
  getQueryContext,
  getQueryHistory,
  getQueryResult,
  getSlowQueries,
  getTableSchema,
  healthCheck,
  listConnections,
  listTables,
  maintainTable,
  query,
  recommendIndexesTool,
  removeConnection,
  search,
  semanticSearch,
  startQuery,
  testConnection,
].sort((a, b) => (a.name < b.name ? -1 : 1));
