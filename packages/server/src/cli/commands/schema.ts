import { findTables, renderCompact } from '@pgmcp/schema-introspect';
import { PgmcpError } from '../../errors.ts';
import { defineCommand } from '../command.ts';

/** `schema [TABLE ...]`: prints the structure as models read it. */
export const schemaCommand = defineCommand({
  name: 'schema',
  argument: '[TABLE ...]',
  words: { least: 0, most: Number.POSITIVE_INFINITY },
  summary: 'Print the structure of the database, or of some tables, as models read it.',
  needs: 'services',
  flags: {},
  async run({ services, words, database, print }) {
    const catalog = await services.databases.resolve(database).catalog();
    if (words.length === 0) {
      print(`${renderCompact(catalog)}\n`);
      return 0;
    }
    const { found, missing } = findTables(catalog, words);
    const [unknown] = missing;
    if (unknown) {
      const cure = unknown.nearest.length > 0 ? ` Did you mean ${unknown.nearest.join(' or ')}?` : '';
      throw new PgmcpError('VALIDATION_ERROR', `There is no table ${JSON.stringify(unknown.name)}.${cure}`);
    }
    print(`${renderCompact(found)}\n`);
    return 0;
  },
});
