import { createMcpHandler, type McpServerFactory } from '@modelcontextprotocol/server';
import { PgmcpError, recordTurnedAway, type Services, TOOLS } from '@pgmcp/server';
import { announceSchemaChanges } from './announce-schema-changes.ts';
import { createHttpApp } from './app.ts';
import { createAuthenticator } from './auth/authenticate.ts';
import { oauthResource } from './auth/oauth-resource.ts';
import { createRefusals } from './auth/refusals.ts';
import { createProxyIdentity } from './auth/trusted-proxy.ts';
import { createMcpEndpoint } from './mcp-endpoint.ts';
import { MAX_BODY_BYTES } from './read-message.ts';
import { createRequestsUnderWay } from './requests-under-way.ts';
import { createSessions } from './sessions.ts';

/** The services that the HTTP stack stands on; the conformance fixtures bring fewer. */
export type HttpServices = Pick<
  Services,
  | 'configuration'
  | 'logger'
  | 'limits'
  | 'apiKeys'
  | 'storage'
  | 'httpSessions'
  | 'health'
  | 'callerOf'
  | 'onCatalogChange'
  | 'databases'
  | 'recordCall'
>;

const TOOL_NAMES: ReadonlySet<string> = new Set(TOOLS.map(({ name }) => name));

/** Subscriptions of one replica. */
const MAX_SUBSCRIPTIONS = 1_000;

/**
 * Puts the public listener together: authentication, limits, protocol, subscriptions, sessions.
 * @param sessionFactory makes the servers of clients of 2025 with a session, each of which lasts as long as its session.
 * @throws PgmcpError `VALIDATION_ERROR` for settings that do not fit together.
 */
export function composeHttp(services: HttpServices, factory: McpServerFactory, sessionFactory = factory) {
  const { logger, storage, limits, callerOf } = services;
  const { http, auth } = services.configuration;
  const oauth = oauthResource(auth, http);
  if (auth.apiKeys && storage.kind === 'memory')
    throw misfit('API keys need a store that outlives this process: set PG_MCP_STORE_URL or PG_MCP_STORE_DIRECTORY.');
  const loggedIn = auth.oauth !== undefined || auth.apiKeys || auth.trustedProxy !== undefined;
  const { bus, stopWatching } = announceSchemaChanges(services);
  const options = {
    // A protocol error needs its own status; `withEarlyFirstByte` begins the answer to a slow call.
    responseMode: 'auto',
    maxRequestBodySize: MAX_BODY_BYTES,
    maxSubscriptions: MAX_SUBSCRIPTIONS,
    bus,
    onerror: (error: Error) => logger.debug({ err: error }, 'protocol error'),
  } as const;
  const handler = createMcpHandler(factory, options);
  const subscriptions = createMcpHandler(factory, options);
  const sessions = services.httpSessions
    ? createSessions(sessionFactory, services, services.httpSessions, http.sessionIdleMs)
    : undefined;
  const underWay = createRequestsUnderWay(http.maxCalls);
  let draining = false;
  const refusals = createRefusals(logger, auth.trustedProxy);
  const proxyIdentity = createProxyIdentity(auth.trustedProxy);
  const mcp = createMcpEndpoint({
    authenticate: createAuthenticator({
      configuration: auth,
      proxyIdentity: (headers, peer) => refusals.watch(proxyIdentity(headers, peer), peer),
      apiKeys: services.apiKeys,
      ...(oauth && { oauth }),
    }),
    challenge: {
      requiredScopes: ['db:read'],
      ...(oauth && { resourceMetadataUrl: oauth.metadataUrl }),
    },
    callerOf,
    limits,
    underWay,
    handler,
    factory,
    subscriptions,
    ...(sessions && { sessions }),
    onOverLimit: (refused) => recordTurnedAway(services, TOOL_NAMES, refused),
    onRefused: refusals.refused,
  });
  const app = createHttpApp({
    mcp,
    wellKnown: (request) => oauth?.wellKnown(request),
    health: services.health,
    showDatabases: !loggedIn,
    allowedHosts: http.allowedHosts,
    allowedOrigins: http.allowedOrigins,
    draining: () => draining,
    onFault: (error) => logger.error({ err: error }, 'a request could not be served'),
  });
  return {
    app,
    /** Where events for subscribers are published. */
    bus,
    underWay,
    loggedIn,
    draining: () => draining,
    /** From now on every answer tells the client to connect anew. */
    beginDrain: () => {
      draining = true;
    },
    /** Ends `subscriptions/listen` with its own answer. */
    endSubscriptions: () => subscriptions.close(),
    /** Ends what is open, calls included. */
    async close() {
      stopWatching();
      await Promise.all([subscriptions.close(), handler.close(), sessions?.close(), bus.close()]);
    },
  };
}

const misfit = (message: string) => new PgmcpError('VALIDATION_ERROR', message);
