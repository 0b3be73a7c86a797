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
import { PgmcpError } from '../../errors.ts';
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
    const catalog = await visibleCatalog(services, services.databases.resolve(database), call.caller);
    const source = words.length === 0 ? catalog : find(catalog, words);
    const render = { compact: renderCompact, ddl: renderDdl, mermaid: renderMermaid, json: renderJson }[format];
    print(`${render(source)}\n`);
    return 0;
  },
});

/** @throws PgmcpError for a name that is none, with the nearest. */
function find(catalog: DatabaseCatalog, names: readonly string[]): readonly Table[] {
  const { found, missing } = findTables(catalog, names);
  const [unknown] = missing;
  if (!unknown) return found;
  const cure = unknown.nearest.length > 0 ? ` Did you mean ${unknown.nearest.join(' or ')}?` : '';
  throw new PgmcpError('VALIDATION_ERROR', `There is no table ${JSON.stringify(unknown.name)}.${cure}`);
}
