import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { renderCompact } from '@pgmcp/schema-introspect';
import { visibleCatalog } from '../policy/visible-catalog.ts';
import type { Services } from '../services.ts';
import { UNTRUSTED_TEXT_NOTICE } from '../values/index.ts';
import { readResource } from './read-resource.ts';
import { schemaUri } from './schema-uri.ts';

/** Token budget of the schema text of one database; `get_table_schema` has the details of what is left out. */
const MAX_SCHEMA_TOKENS = 15_000;

const MIME_TYPE = 'text/plain';

/** `schema://{database}`: the structure of a database in the compact form that models read best. */
export function registerSchemaResource(server: McpServer, services: Services): void {
  const template = new ResourceTemplate(schemaUri.database('{database}'), {
    list: () => ({
      resources: services.databases.names.map((name) => ({
        uri: schemaUri.database(name),
        name: `schema of ${name}`,
        mimeType: MIME_TYPE,
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
      mimeType: MIME_TYPE,
    },
    (uri, { database }, context) =>
      readResource({ name: 'schema', uri, mimeType: MIME_TYPE }, services, context, async ({ caller }) => {
        const catalog = await visibleCatalog(services, services.databases.resolve(String(database)), caller);
        return `-- ${UNTRUSTED_TEXT_NOTICE}\n${renderCompact(catalog, { maxTokens: MAX_SCHEMA_TOKENS })}`;
      }),
  );
}
