import type { DatabaseCatalog, Table } from '../schema.ts';

/** What can be rendered: a whole catalog or some of its tables. */
export type RenderSource = DatabaseCatalog | readonly Table[];

/** Whether a whole catalog is rendered, and not some tables of it. */
export function isCatalog(source: RenderSource): source is DatabaseCatalog {
  return !Array.isArray(source);
}

/** The tables of a source that the role may select. */
export function shownTables(source: RenderSource): readonly Table[] {
  return (isCatalog(source) ? source.tables : source).filter((table) => table.selectable);
}
