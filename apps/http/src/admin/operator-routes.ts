import { listedSchemas, type Services, toolsFor } from '@pgmcp/server';
import { Hono } from 'hono';
import type { HttpEnvironment } from '../app.ts';

/** Most entries of the history that one request gets. */
const MAX_HISTORY = 1_000;

/** `/connections`, `/query_history` and `/mcp/tools`, as JSON for scripts and for the console. */
export function operatorRoutes(services: Services): Hono<HttpEnvironment> {
  const app = new Hono<HttpEnvironment>();
  app.get('/connections', async (context) => {
    const { databases } = await services.health();
    const stats = new Map(services.poolStats().map((entry) => [entry.name, entry]));
    return context.json({
      connections: databases.map((state) => {
        const settings = services.databases.all.find(({ name }) => name === state.name)?.connections.settings;
        return {
          connection_id: state.name,
          ...state,
          ...(settings && {
            targets: settings.targets,
            database: settings.database,
            user: settings.user,
            ssl_mode: settings.sslMode,
            pooler: settings.pooler,
          }),
          pool: stats.get(state.name),
        };
      }),
    });
  });
  app.get('/query_history', async (context) => {
    const { connection_id: database, limit = '50' } = context.req.query();
    if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > MAX_HISTORY) {
      return context.json({ error: `limit must be a whole number from 1 to ${MAX_HISTORY}.` }, 400);
    }
    if (database !== undefined && !services.databases.names.includes(database)) {
      return context.json(
        { error: `There is no connection ${JSON.stringify(database)}.`, available: services.databases.names },
        404,
      );
    }
    const { items } = await services.history.calls('everybody', { database, limit: Number(limit) });
    return context.json({ queries: items });
  });
  app.get('/mcp/tools', (context) =>
    context.json({
      tools: toolsFor(services).map((tool) => ({
        name: tool.name,
        title: tool.title,
        description: tool.description,
        toolset: tool.toolset,
        scope: tool.scope,
        annotations: tool.annotations,
        inputSchema: listedSchemas(tool).input,
      })),
    }),
  );
  return app;
}
