import type { McpServer } from '@modelcontextprotocol/server';
import type { Services } from '../services.ts';

/** URI of the list of databases. */
export const DATABASES_URI = 'databases://list';

/** `databases://list`: the configured databases, whether they answer, and what they warn of. */
export function registerDatabasesResource(server: McpServer, services: Services): void {
  server.registerResource(
    'databases',
    DATABASES_URI,
    { title: 'Databases', description: 'The configured databases and their state.', mimeType: 'application/json' },
    async (uri) => {
      const { databases } = await services.health();
      const listed = databases.map((state) => ({ ...state, schema_uri: `schema://${state.name}` }));
      return {
        contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify({ databases: listed }) }],
      };
    },
  );
}
