import { packNames } from '../extension-packs.ts';
import { refuse } from '../judgement.ts';
import { fieldsOf, listOf, textOf } from '../tree.ts';
import { isReservedSchema } from './created-name.ts';
import type { Inspector } from './inspector.ts';

/**
 * Extensions beyond those with a reviewed list of functions that bring types, operators, index methods and functions, none of which
 * reaches files, other servers, other sessions or runs SQL text. What they bring is judged by its own lists when it is used.
 */
const plainExtensions: ReadonlySet<string> = new Set([
  ...packNames,
  // The language that every database has, and views that are refused by their names.
  'plpgsql',
  'pg_stat_statements',
  ...`bloom btree_gin btree_gist dict_int dict_xsyn intagg lo moddatetime insert_username autoinc refint postgis
      tsm_system_rows tsm_system_time`.split(/\s+/),
]);

/** Judges CREATE EXTENSION, which only an option lets through. */
export const inspectExtension: Inspector = ({ fields }, judgement) => {
  const node = 'CreateExtensionStmt';
  const name = textOf(fields['extname']) ?? '';
  const option = (wanted: string) =>
    listOf(fields['options'])
      .map((item) => fieldsOf(item, 'DefElem'))
      .find((item) => item?.['defname'] === wanted);
  const schema = textOf(fieldsOf(option('schema')?.['arg'], 'String')?.['sval']);
  const problem = option('cascade')
    ? 'CASCADE would install extensions that the statement does not name'
    : plainExtensions.has(name)
      ? undefined
      : `The extension ${name} is not on the list of those that reach no files, other servers or other sessions and run no SQL text`;
  if (problem !== undefined) refuse(judgement, { code: 'statement', node, name, message: problem, location: 0 });
  if (schema !== undefined && isReservedSchema(schema) && name !== 'plpgsql') {
    refuse(judgement, {
      code: 'relation',
      node,
      name: schema,
      message: `${schema} is a schema of the server: what an extension puts there is taken for PostgreSQL's own`,
      location: 0,
      hint: 'Use a schema of the application.',
    });
  }
};
