import type { McpServer } from '@modelcontextprotocol/server';
import type { Services } from '../services.ts';
import { readResource } from './read-resource.ts';
import { schemaUri } from './schema-uri.ts';

const URI = 'databases://list';
const MIME_TYPE = 'application/json';

/** `databases://list`: the configured databases, whether they answer, and what they warn of. */
export function registerDatabasesResource(server: McpServer, services: Services): void {
  server.registerResource(
    'databases',
    URI,
    { title: 'Databases', description: 'The configured databases and their state.', mimeType: MIME_TYPE },
    (uri, context) =>
      readResource({ name: 'databases', uri, mimeType: MIME_TYPE }, services, context, async () => {
        const { databases } = await services.health();
        return JSON.stringify({
          databases: databases.map((state) => ({ ...state, schema_uri: schemaUri.database(state.name) })),
        });
      }),
  );
}
