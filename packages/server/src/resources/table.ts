import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { findTables, qualifiedName } from '@pgmcp/schema-introspect';
import type { Caller } from '../call.ts';
import { noSuchTable } from '../no-such-table.ts';
import { visibleCatalog } from '../policy/visible-catalog.ts';
import type { Services } from '../services.ts';
import { describeTable } from '../tools/schema/describe-table.ts';
import { fitTables } from '../tools/schema/fit-tables.ts';
import { UNTRUSTED_TEXT_NOTICE } from '../values/index.ts';
import { readResource } from './read-resource.ts';
import { decodeName } from './schema-uri.ts';

const MIME_TYPE = 'application/json';

/** The protocol takes no more values than this in one completion. */
const MAX_COMPLETIONS = 100;

/** `schema://{database}/{schema}/{table}`: everything about one table, as `get_table_schema` says it. */
export function registerTableResource(server: McpServer, services: Services, caller: Caller): void {
  const tables = async (database: string | undefined) => {
    if (database === undefined || !services.databases.names.includes(database)) return [];
    // A completion is a help for typing: why there is none, the call itself will say, in words that are fit to be shown.
    const catalog = await visibleCatalog(services, services.databases.resolve(database), caller).catch(() => undefined);
    return catalog?.tables ?? [];
  };
  const matching = (names: readonly string[], typed: string): string[] =>
    [...new Set(names.map(encodeURIComponent))].filter((name) => name.startsWith(typed)).slice(0, MAX_COMPLETIONS);
  const template = new ResourceTemplate('schema://{database}/{schema}/{table}', {
    // A list of ten thousand tables helps nobody: list_tables reads page by page.
    list: undefined,
    complete: {
      database: (typed) => services.databases.names.filter((name) => name.startsWith(typed)),
      schema: async (typed, context) =>
        matching(
          (await tables(context?.arguments?.['database'])).map(({ schema }) => schema),
          typed,
        ),
      table: async (typed, context) => {
        const schema = decodeName(context?.arguments?.['schema'] ?? '');
        const found = await tables(context?.arguments?.['database']);
        return matching(
          found.filter((table) => table.schema === schema).map(({ name }) => name),
          typed,
        );
      },
    },
  });
  server.registerResource(
    'table',
    template,
    {
      title: 'Table',
      description: 'Columns, keys, checks, indexes and comments of one table or view.',
      mimeType: MIME_TYPE,
    },
    (uri, variables, context) =>
      readResource({ name: 'table', uri, mimeType: MIME_TYPE }, services, context, async (call) => {
        const [database, schema, table] = [variables['database'], variables['schema'], variables['table']].map(
          decodeName,
        );
        const connected = services.databases.resolve(database);
        const catalog = await visibleCatalog(services, connected, call.caller);
        const name = qualifiedName(schema ?? '', table ?? '');
        const { found, missing } = findTables(catalog, [name]);
        const [first] = found;
        if (!first) throw noSuchTable(connected.name, missing);
        const { maxResultTokens } = services.configuration.server;
        const { tables: shown, remarks } = fitTables([describeTable(first, catalog.tables)], maxResultTokens);
        return JSON.stringify({ ...shown[0], notice: [...remarks, UNTRUSTED_TEXT_NOTICE].join(' ') });
      }),
  );
}
