import { qualifiedName, quoteIdentifier } from './names.ts';
import type { Index, IndexKey } from './schema-constraints.ts';

/**
 * Prints a plain index (B-tree over columns, default operator classes and collations, no predicate) as
 * `pg_get_indexdef` does.
 */
export function plainIndexDefinition(index: Omit<Index, 'definition'>, schema: string, table: string): string {
  const unique = index.unique ? 'UNIQUE ' : '';
  const keys = index.keys.map(printKey).join(', ');
  const include = index.include.length > 0 ? ` INCLUDE (${index.include.map(quoteIdentifier).join(', ')})` : '';
  return `CREATE ${unique}INDEX ${quoteIdentifier(index.name)} ON ${qualifiedName(schema, table)} USING ${index.method} (${keys})${include}`;
}

function printKey({ column = '', descending, nulls }: IndexKey): string {
  return `${quoteIdentifier(column)}${descending ? ' DESC' : ''}${nulls ? ` NULLS ${nulls.toUpperCase()}` : ''}`;
}
