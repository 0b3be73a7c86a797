import { callerKey, type Services, schemaOverview, VERSION } from '@pgmcp/server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { HttpEnvironment } from '../app.ts';
import { isFromPage } from './is-from-page.ts';

/** Slow statements that the page lists. */
const SLOW_SHOWN = 50;

/** Callers whose limits are shown: those that call now, then the latest. */
const CALLERS_SHOWN = 25;
/** Calls of the history that are looked through for them. */
const CALLS_LOOKED_AT = 200;

/** A request id, and some. */
const MAX_CANCEL_BYTES = 1_024;

/** What the console page asks for. */
export function consoleRoutes(services: Services): Hono<HttpEnvironment> {
  const app = new Hono<HttpEnvironment>();
  app.get('/state', async (context) => {
    const [{ databases }, store] = await Promise.all([services.health(), services.storage.health()]);
    const { rateLimit } = services.configuration;
    return context.json({
      version: VERSION,
      databases,
      pools: services.poolStats(),
      store,
      calls: services.liveCalls.list(),
      limits: rateLimit,
    });
  });
  app.get('/slow', async (context) =>
    context.json({ queries: await services.history.slow('everybody', { limit: SLOW_SHOWN }) }),
  );
  app.get('/limits', async (context) => {
    const { items } = await services.history.calls('everybody', { limit: CALLS_LOOKED_AT });
    const now = services.liveCalls
      .list()
      .map(({ callerId, tenant }) =>
        callerKey({ id: callerId, scopes: 'all', ...(tenant !== undefined && { tenant }) }),
      );
    const latest = [...new Set([...now, ...items.map(({ caller }) => caller)])].slice(0, CALLERS_SHOWN);
    const { enabled, backend } = services.configuration.rateLimit;
    return context.json({
      enabled,
      backend,
      callers: await Promise.all(
        latest.map(async (caller) => ({ caller, limits: await services.limits.status(caller) })),
      ),
    });
  });
  app.post('/cancel', bodyLimit({ maxSize: MAX_CANCEL_BYTES }), async (context) => {
    if (!isFromPage(context.req.raw.headers))
      return context.json({ error: 'Only the console itself may do this.' }, 403);
    const body = await context.req.json<{ readonly requestId?: unknown } | null>().catch(() => null);
    const requestId = body?.requestId;
    if (typeof requestId !== 'string') return context.json({ error: 'Name the call by its requestId.' }, 400);
    const cancelled = services.liveCalls.cancel(requestId);
    if (cancelled) services.logger.info({ requestId }, 'an operator ended a call from the console');
    return context.json({ cancelled });
  });
  app.get('/schema', async (context) => {
    const name = context.req.query('database');
    const database = services.databases.all.find((candidate) => candidate.name === name);
    if (database === undefined) return context.json({ error: 'There is no such database.' }, 404);
    try {
      return context.json(schemaOverview(await database.catalog()));
    } catch {
      return context.json({ error: 'The schema cannot be read at the moment: the database does not answer.' }, 503);
    }
  });
  return app;
}
