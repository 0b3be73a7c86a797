import type { McpServer } from '@modelcontextprotocol/server';
import type { Services } from '../services.ts';

/**
 * Tells the one client of a lasting connection which of its resources have changed. The entry of the current revision sends only what
 * the client listens to; a client of 2025 subscribes to addresses one by one, which is kept here.
 *
 * @returns ends it
 */
export function registerSubscriptions(server: McpServer, services: Services, era: 'legacy' | 'modern'): () => void {
  const subscribed = new Set<string>();
  if (era === 'legacy') {
    server.server.setRequestHandler('resources/subscribe', ({ params }) => {
      subscribed.add(params.uri);
      return {};
    });
    server.server.setRequestHandler('resources/unsubscribe', ({ params }) => {
      subscribed.delete(params.uri);
      return {};
    });
  }
  return services.onCatalogChange((_database, uris) => {
    for (const uri of uris) {
      if (era === 'legacy' && !subscribed.has(uri)) continue;
      // The client may have gone this moment.
      server.server.sendResourceUpdated({ uri }).catch(() => undefined);
    }
  });
}
