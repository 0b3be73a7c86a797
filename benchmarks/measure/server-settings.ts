/** Settings under which calls are measured: what is shipped, without the limit on calls a minute and a log line for each. */
export const serverSettings = (databaseUrl: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  PG_MCP_RATE_LIMIT_ENABLED: 'false',
  PG_MCP_SERVER_LOG_LEVEL: 'error',
});
