import type { CatalogTable } from '../ports.ts';
import { quoteName } from './quote-name.ts';
import type { Relation } from './scope.ts';

/** A table as it must be written in a FROM clause. */
export const writeTable = (table: CatalogTable): string =>
  table.inSearchPath === false ? `${quoteName(table.schema)}.${quoteName(table.name)}` : quoteName(table.name);

/** How columns of a relation are qualified, with the point; nothing when it has no name. */
export function qualifierOf({ alias, table, writtenName }: Relation): string {
  if (alias === undefined) return '';
  return `${quoteName(writtenName === undefined || table === undefined ? alias : table.name)}.`;
}
