import { isCatalog, type RenderSource, shownTables } from './render-source.ts';

/**
 * The value as compact JSON for programs: everything but the tables the role may not select. A model pays about eight
 * times the tokens of the compact form for it.
 */
export function renderJson(source: RenderSource): string {
  return JSON.stringify(isCatalog(source) ? { ...source, tables: shownTables(source) } : shownTables(source));
}
