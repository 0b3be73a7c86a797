import { McpServer, type McpServerFactory } from '@modelcontextprotocol/server';
import { hasScope } from './call.ts';
import { callerOf, FIXED_SCOPES_KEY } from './caller-of.ts';
import { instructionsFor } from './instructions.ts';
import { registerExploreDatabasePrompt } from './prompts/explore-database.ts';
import { registerTuneQueryPrompt } from './prompts/tune-query.ts';
import { registerWriteQueryPrompt } from './prompts/write-query.ts';
import { registerDatabasesResource } from './resources/databases.ts';
import { registerDiagramResource } from './resources/diagram.ts';
import { registerResultResource } from './resources/result.ts';
import { registerSchemaResource } from './resources/schema.ts';
import { registerSubscriptions } from './resources/subscriptions.ts';
import { registerTableResource } from './resources/table.ts';
import type { Services } from './services.ts';
import { servicesOf } from './services-of.ts';
import { toolCalledBy } from './tool-called.ts';
import { bindTool } from './tools/bind-tool.ts';
import { toolsFor } from './tools/tools-for.ts';
import { VERSION } from './version.ts';

/** Lists change only when the server starts again; a client may keep them this long, in milliseconds. */
const LIST_TTL_MS = 300_000;

/** What a transport says about itself. */
export interface FactoryOptions {
  /**
   * Whether one server serves one client for a whole connection (stdio) or session, and can tell it of changes by itself. Where
   * each request has a server of its own, the transport publishes `services.onCatalogChange`. Default: false.
   */
  readonly lasts?: boolean;
}

/**
 * Makes the factory that every transport is given: one call per HTTP request, one or two per stdio connection. It opens and
 * closes nothing: pools and caches belong to `services`.
 */
export function createServerFactory(
  services: Services,
  { lasts = false }: FactoryOptions = {},
): (...context: Parameters<McpServerFactory>) => McpServer {
  return ({ era, authInfo, requestInfo }) => {
    const caller = callerOf(authInfo);
    const own = servicesOf(caller, services);
    const fixedScopes = authInfo?.extra?.[FIXED_SCOPES_KEY] === true;
    const toolsNamed = (name?: string) =>
      toolsFor(own, name).filter(({ scope }) => !fixedScopes || hasScope(caller, scope));
    // A server that lasts serves other requests than the one that it was built for.
    const nameCalled = lasts ? undefined : toolCalledBy(requestInfo);
    const [toolCalled] = nameCalled === undefined ? [] : toolsNamed(nameCalled);
    // Lists depend on who asks where anybody is known.
    const cacheScope = authInfo === undefined ? 'public' : 'private';
    const server = new McpServer(
      { name: 'pgmcp', title: 'PostgreSQL', version: VERSION },
      {
        instructions: instructionsFor(own.databases.names),
        // Clients of 2025 may set a log level; the current revision has no such request. Nothing is ever sent: logs go to stderr.
        capabilities: {
          tools: {},
          // A client of 2025 over HTTP without a session has no connection on which it could be told.
          resources: { ...((lasts || era === 'modern') && { subscribe: true, listChanged: true }) },
          prompts: {},
          completions: {},
          ...(era === 'legacy' && { logging: {} }),
        },
        cacheHints: {
          'tools/list': { ttlMs: LIST_TTL_MS, cacheScope },
          'prompts/list': { ttlMs: LIST_TTL_MS, cacheScope },
          'resources/list': { ttlMs: LIST_TTL_MS, cacheScope },
          'resources/templates/list': { ttlMs: LIST_TTL_MS, cacheScope },
        },
      },
    );
    if (toolCalled) {
      bindTool(server, toolCalled, own);
      return server;
    }
    for (const tool of toolsNamed()) bindTool(server, tool, own);
    registerExploreDatabasePrompt(server, own);
    registerWriteQueryPrompt(server, own);
    registerTuneQueryPrompt(server, own);
    registerDatabasesResource(server, own);
    registerSchemaResource(server, own);
    registerTableResource(server, own, caller);
    registerDiagramResource(server, own);
    registerResultResource(server, own, caller);
    if (lasts) watchConnection(server, own, { era, transport: requestInfo === undefined ? 'pipe' : 'tcp' });
    return server;
  };
}

/** What goes on as long as a connection: subscriptions, and how long the session of a client of 2025 took. */
function watchConnection(
  server: McpServer,
  services: Services,
  { era, transport }: { readonly era: 'legacy' | 'modern'; readonly transport: 'tcp' | 'pipe' },
): void {
  const endSubscriptions = registerSubscriptions(server, services, era);
  let startedAt: number | undefined;
  // Only clients of 2025 begin a session; a server that was built to be asked for its revision has none.
  server.server.oninitialized = () => {
    startedAt = performance.now();
  };
  // The SDK has handlers of its own on the transport; this one is the server's and free.
  server.server.onclose = () => {
    endSubscriptions();
    if (startedAt !== undefined) services.recordSession(performance.now() - startedAt, transport);
    startedAt = undefined;
  };
}
