import { findTables, renderCompact } from '@pgmcp/schema-introspect';
import { PgmcpError } from '../../errors.ts';
import type { Command } from '../command.ts';

/** `schema [TABLE ...]`: prints the structure as models read it. */
export const schemaCommand: Command = {
  name: 'schema',
  argument: '[TABLE ...]',
  summary: 'Print the structure of the database, or of some tables, as models read it.',
  async run({ services, words, database }) {
    const catalog = await services.databases.resolve(database).catalog();
    if (words.length === 0) return `${renderCompact(catalog)}\n`;
    const { found, missing } = findTables(catalog, words);
    const [unknown] = missing;
    if (unknown) {
      const cure = unknown.nearest.length > 0 ? ` Did you mean ${unknown.nearest.join(' or ')}?` : '';
      throw new PgmcpError('VALIDATION_ERROR', `There is no table ${JSON.stringify(unknown.name)}.${cure}`);
    }
    return `${renderCompact(found)}\n`;
  },
};
