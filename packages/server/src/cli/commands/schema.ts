import {
  type DatabaseCatalog,
  findTables,
  renderCompact,
  renderDdl,
  renderJson,
  renderMermaid,
  type Table,
} from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { noSuchTable } from '../../no-such-table.ts';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { defineCommand } from '../command.ts';

const FORMATS = ['compact', 'ddl', 'mermaid', 'json'] as const;

/** `schema [TABLE ...]`: prints the structure as models read it. */
export const schemaCommand = defineCommand({
  name: 'schema',
  argument: '[TABLE ...]',
  words: { least: 0, most: Number.POSITIVE_INFINITY },
  summary: 'Print the structure of the database, or of some tables, as models read it.',
  needs: 'services',
  flags: {
    format: {
      value: 'FORMAT',
      description: 'compact (default), ddl, mermaid (a diagram), json.',
      schema: z.enum(FORMATS, `must be one of ${FORMATS.join(', ')}`).default('compact'),
    },
  },
  async run({ services, call, words, flags: { format }, database, print }) {
    const connected = services.databases.resolve(database);
    const catalog = await visibleCatalog(services, connected, call.caller);
    const source = words.length === 0 ? catalog : find(connected.name, catalog, words);
    const render = { compact: renderCompact, ddl: renderDdl, mermaid: renderMermaid, json: renderJson }[format];
    print(`${render(source)}\n`);
    return 0;
  },
});

/** @throws PgmcpError for names that are none, with the nearest. */
function find(databaseName: string, catalog: DatabaseCatalog, names: readonly string[]): readonly Table[] {
  const { found, missing } = findTables(catalog, names);
  if (missing.length > 0) throw noSuchTable(databaseName, missing, 'The command schema without a name prints all.');
  return found;
}
