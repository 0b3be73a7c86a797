import { type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Services } from '../services.ts';

/** Addresses that one connection may subscribe to, and their longest: they lie in memory for as long as it lasts. */
const MAX_SUBSCRIPTIONS = 1_000;
const MAX_URI_CHARACTERS = 2_000;

/**
 * Tells the one client of a lasting connection which of its resources have changed. The entry of the current revision sends only what
 * the client listens to; a client of 2025 subscribes to addresses one by one, which is kept here.
 *
 * @returns ends it
 */
export function registerSubscriptions(server: McpServer, services: Services, era: 'legacy' | 'modern'): () => void {
  const subscribed = new Set<string>();
  if (era === 'legacy') {
    server.server.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
      if (uri.length > MAX_URI_CHARACTERS || (subscribed.size >= MAX_SUBSCRIPTIONS && !subscribed.has(uri)))
        throw new ProtocolError(
          ProtocolErrorCode.InvalidParams,
          `A connection may subscribe to ${MAX_SUBSCRIPTIONS} addresses of up to ${MAX_URI_CHARACTERS} characters. Subscribe to schema://DATABASE: it hears of every change.`,
        );
      subscribed.add(uri);
      return {};
    });
    server.server.setRequestHandler('resources/unsubscribe', ({ params }) => {
      subscribed.delete(params.uri);
      return {};
    });
  }
  return services.onCatalogChange(({ name, owner }, uris) => {
    // Whoever may not use a database must not hear that it is there.
    if (!services.databases.all.some((seen) => seen.name === name && seen.owner === owner)) return;
    for (const uri of uris) {
      if (era === 'legacy' && !subscribed.has(uri)) continue;
      // The client may have gone this moment.
      server.server.sendResourceUpdated({ uri }).catch(() => undefined);
    }
  });
}
