import { validateHostHeader } from '@modelcontextprotocol/server';
import type { Services } from '@pgmcp/server';
import { Hono } from 'hono';
import { type HttpEnvironment, LOOPBACK_HOSTS } from '../app.ts';
import { isLoopback } from '../listen-address.ts';
import type { Readiness } from '../readiness.ts';
import type { Telemetry } from '../telemetry.ts';
import { consoleFiles } from './console-files.ts';
import { consoleRoutes } from './console-routes.ts';
import { operatorRoutes } from './operator-routes.ts';

/** What the admin listener shows. */
export interface AdminAppParts {
  readonly services: Services;
  readonly telemetry: Telemetry;
  readonly readiness: () => Promise<Readiness>;
}

/**
 * Probes and metrics for whoever reaches the admin address; everything else (connections, history, console) for this machine alone: the
 * peer of the socket must be a loopback address and the Host header a loopback name, so that neither another machine nor a web page that
 * the operator visits gets at it. From elsewhere: an SSH tunnel or `kubectl port-forward`, which both end on loopback.
 */
export function createAdminApp({ services, telemetry, readiness }: AdminAppParts): Hono<HttpEnvironment> {
  const app = new Hono<HttpEnvironment>({ strict: false });
  // The process answers: that is all liveness means. A database that is down is no reason to restart the server.
  app.get('/livez', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    const answer = await readiness();
    return context.json(answer, answer.ready ? 200 : 503);
  });
  app.get('/metrics', async (context) =>
    context.text(await telemetry.exposition(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
  app.use(async (context, next) => {
    const peer = context.env.incoming?.socket.remoteAddress?.replace(/^::ffff:/, '');
    const isLocal = peer !== undefined && isLoopback(peer);
    if (!isLocal || !validateHostHeader(context.req.header('host'), LOOPBACK_HOSTS).ok) {
      return context.json({ error: 'This is for the machine itself: use a tunnel, and the name localhost.' }, 403);
    }
    await next();
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  });
  app.get('/', (context) => context.redirect('/console/'));
  // Browsers ask for it unasked.
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.route('/', operatorRoutes(services));
  app.route('/console', consoleRoutes(services));
  app.route('/console', consoleFiles());
  return app;
}

/** Nothing from elsewhere, nothing inline, no frame around it. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
