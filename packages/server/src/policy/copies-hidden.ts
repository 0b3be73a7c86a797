import type { Column, Table } from '@pgmcp/schema-introspect';
import type { Hiding } from './hiding.ts';

/** Whether a column is generated from one that is hidden, so that it shows what that one holds. */
export function copiesHidden(hiding: Hiding, { schema, name, columns }: Table, { generated }: Column): boolean {
  if (generated === undefined || !hiding.hidesColumns) return false;
  return columns.some(
    (source) => hiding.hides(schema, name, source.name) && mentions(generated.expression, source.name),
  );
}

/** Whether an expression as PostgreSQL prints it names a column; the same word in a literal counts too. */
export function mentions(text: string, column: string): boolean {
  const word = /^[\p{L}\p{N}_$]+$/u.test(column);
  return word ? text.split(/[^\p{L}\p{N}_$]+/u).includes(column) : text.includes(column.replaceAll('"', '""'));
}
