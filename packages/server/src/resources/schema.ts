import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { renderCompact } from '@pgmcp/schema-introspect';
import type { Services } from '../services.ts';

/** Token budget of the schema text of one database; `get_table_schema` has the details of what is left out. */
const MAX_SCHEMA_TOKENS = 15_000;

/** `schema://{database}`: the structure of a database in the compact form that models read best. */
export function registerSchemaResource(server: McpServer, services: Services): void {
  const template = new ResourceTemplate('schema://{database}', {
    list: () => ({
      resources: services.databases.names.map((name) => ({
        uri: `schema://${encodeURIComponent(name)}`,
        name: `schema of ${name}`,
        mimeType: 'text/plain',
      })),
    }),
    complete: { database: (typed) => services.databases.names.filter((name) => name.startsWith(typed)) },
  });
  server.registerResource(
    'schema',
    template,
    {
      title: 'Database schema',
      description: 'Tables, columns, types, keys, enums and comments of one database as compact text.',
      mimeType: 'text/plain',
    },
    async (uri, variables) => {
      const name = Array.isArray(variables['database']) ? variables['database'][0] : variables['database'];
      const database = services.databases.resolve(decodeURIComponent(name ?? ''));
      const catalog = await database.catalogs.get();
      const text = renderCompact(catalog, { maxTokens: MAX_SCHEMA_TOKENS });
      return { contents: [{ uri: uri.href, mimeType: 'text/plain', text }] };
    },
  );
}
