import { indexValues } from '../link/value-index.ts';
import type { CatalogSnapshot, ParseTree } from '../ports.ts';
import { indexCatalog } from '../repair/catalog-index.ts';
import { resolveNames } from '../repair/resolve.ts';
import type { Finding } from './finding.ts';
import { inspectJoins } from './inspect-joins.ts';
import { inspectLiterals } from './inspect-literals.ts';

/**
 * What looks wrong about a statement by its text and the structure alone: texts that its conditions spell otherwise than
 * they are stored, joins off the keys, aggregates over rows that a join repeats. It needs no database.
 */
export function inspectStatement(
  tree: ParseTree,
  {
    snapshot,
    approvedJoins = new Set(),
    tellsValues = true,
  }: {
    readonly snapshot: CatalogSnapshot;
    /** Joins that are right without a foreign key, as `table.column=table.column`. */
    readonly approvedJoins?: ReadonlySet<string> | undefined;
    /** `false` keeps stored values out of the messages. Default `true`. */
    readonly tellsValues?: boolean | undefined;
  },
): Finding[] {
  const index = indexCatalog(snapshot);
  const { selects } = resolveNames(tree, index, () => undefined);
  const values = indexValues(snapshot);
  return [
    ...selects.flatMap((select) => inspectLiterals(select, { values, tellsValues })),
    ...selects.flatMap((select) => inspectJoins(select, { index, approvedJoins })),
  ];
}
