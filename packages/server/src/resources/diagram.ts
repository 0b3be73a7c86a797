import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { renderMermaid } from '@pgmcp/schema-introspect';
import { visibleCatalog } from '../policy/visible-catalog.ts';
import type { Services } from '../services.ts';
import { textCost } from '../values/index.ts';
import { readResource } from './read-resource.ts';
import { schemaUri } from './schema-uri.ts';

const MIME_TYPE = 'text/vnd.mermaid';

/** From rich to poor; the first that fits the budget is given. */
const DETAILS = ['all', 'keys', 'none'] as const;

/** `diagram://{database}`: tables and their keys as an entity-relationship diagram in Mermaid's text form. */
export function registerDiagramResource(server: McpServer, services: Services): void {
  const template = new ResourceTemplate(schemaUri.diagram('{database}'), {
    list: () => ({
      resources: services.databases.names.map((name) => ({
        uri: schemaUri.diagram(name),
        name: `diagram of ${name}`,
        mimeType: MIME_TYPE,
      })),
    }),
    complete: { database: (typed) => services.databases.names.filter((name) => name.startsWith(typed)) },
  });
  server.registerResource(
    'diagram',
    template,
    {
      title: 'Entity-relationship diagram',
      description: 'Tables and foreign keys of one database in Mermaid; with fewer columns when there are many tables.',
      mimeType: MIME_TYPE,
    },
    (uri, { database }, context) =>
      readResource({ name: 'diagram', uri, mimeType: MIME_TYPE }, services, context, async ({ caller }) => {
        const catalog = await visibleCatalog(services, services.databases.resolve(String(database)), caller);
        const { maxResultTokens } = services.configuration.server;
        const diagrams = DETAILS.map((columns) => () => renderMermaid(catalog, { columns }));
        for (const draw of diagrams) {
          const text = draw();
          if (textCost(text).tokens <= maxResultTokens) return text;
        }
        const names = catalog.tables.length;
        return `erDiagram\n%% ${names} tables do not fit in one diagram: read schema://${String(database)}, or raise PG_MCP_SERVER_MAX_RESULT_TOKENS.`;
      }),
  );
}
