import type { CatalogSnapshot, ParseTree } from '../../ports.ts';
import { indexCatalog } from '../../repair/catalog-index.ts';
import { columnIn, resolveNames } from '../../repair/resolve.ts';
import { walk } from '../../repair/tree.ts';

/** The columns of the snapshot that a statement names, as `table.column` in lower case, aliases applied. */
export function usedColumns(tree: ParseTree, snapshot: CatalogSnapshot): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { select, scope } of resolveNames(tree, indexCatalog(snapshot), () => undefined).selects) {
    walk(select, (tag, inner) => {
      if (tag !== 'ColumnRef') return true;
      const found = columnIn(scope, { ColumnRef: inner });
      const table = found?.relation.table;
      if (found !== undefined && table !== undefined && found.relation.columns?.has(found.column) === true) {
        used.add(`${table.name}.${found.column}`.toLowerCase());
      }
      return true;
    });
  }
  return used;
}
