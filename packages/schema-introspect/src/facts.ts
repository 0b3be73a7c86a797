import type { CatalogAnswer, ColumnRow } from './catalog-row.ts';
import { rowsBy, rowsOf } from './columnar.ts';

/** Catalogs whose objects carry comments or belong to extensions. */
export type CatalogName =
  | 'pg_class'
  | 'pg_type'
  | 'pg_proc'
  | 'pg_operator'
  | 'pg_cast'
  | 'pg_constraint'
  | 'pg_trigger'
  | 'pg_policy'
  | 'pg_namespace'
  | 'pg_extension';

/** Lookups that many parsers need, over one answer of the catalog query. */
export interface Facts {
  readonly answer: CatalogAnswer;
  comment(catalog: CatalogName, object: number, column?: number): string | undefined;
  extension(catalog: CatalogName, object: number): string | undefined;
  columnRows(relation: number): readonly ColumnRow[];
  /** Names of columns by `attnum`; those of relations outside the chosen schemas too, when a key points there. */
  columnName(relation: number, position: number): string;
  /** Schema and name of a relation that a key may point to. */
  relationName(relation: number): { readonly schema: string; readonly name: string };
}

export function createFacts(answer: CatalogAnswer): Facts {
  const comments = new Map<string, string>();
  for (const row of rowsOf(answer.comments)) comments.set(`${row.catalog} ${row.object} ${row.column}`, row.comment);
  const members = new Map<string, string>();
  for (const row of rowsOf(answer.extensionMembers)) members.set(`${row.catalog} ${row.object}`, row.extension);

  const columns = rowsBy(answer.columns, 'relation');
  const outside = rowsBy(answer.outsideColumns, 'relation');
  const names = new Map<number, { schema: string; name: string }>();
  for (const row of rowsOf(answer.relations)) names.set(row.oid, { schema: row.schema, name: row.name });
  for (const [oid, [row]] of outside) if (row) names.set(oid, { schema: row.schema, name: row.table });

  return {
    answer,
    comment: (catalog, object, column = 0) => comments.get(`${catalog} ${object} ${column}`),
    extension: (catalog, object) => members.get(`${catalog} ${object}`),
    columnRows: (relation) => columns.get(relation) ?? [],
    columnName: (relation, position) => {
      const rows = columns.get(relation) ?? outside.get(relation) ?? [];
      // Without dropped columns the place is the number.
      const guess = rows[position - 1];
      const row = guess?.position === position ? guess : rows.find((candidate) => candidate.position === position);
      return row?.name ?? `column ${position}`;
    },
    relationName: (relation) => names.get(relation) ?? { schema: '', name: `relation ${relation}` },
  };
}
