import type { CatalogTable } from '../ports.ts';
import type { CatalogIndex, JoinStep } from './catalog-index.ts';
import { quoteName } from './quote-name.ts';
import { endOfTableReference } from './read-clause.ts';
import { type Relation, type Scope, scopesOf } from './scope.ts';
import type { Edit } from './source-text.ts';
import { qualifierOf, writeTable } from './write-name.ts';

/** A way along foreign keys from a relation to the one row of another table. */
export interface Reached {
  readonly relation: Relation;
  readonly steps: readonly JoinStep[];
}

const longestPath = 2;

/** The only shortest way to a table that is wanted, from `first` if it has one, else from any relation of the scope. */
export function reach(
  index: CatalogIndex,
  scope: Scope,
  wanted: (table: CatalogTable) => boolean,
  first?: Relation,
): Reached | undefined {
  const starts = scope.relations.filter(({ table, location }) => table !== undefined && location !== undefined);
  for (const from of first === undefined ? [starts] : [starts.filter((relation) => relation === first), starts]) {
    let ways: Reached[] = from.map((relation) => ({ relation, steps: [] }));
    for (let length = 1; length <= longestPath; length++) {
      ways = ways.flatMap(({ relation, steps }) => {
        const table = steps.at(-1)?.table ?? relation.table;
        return table === undefined ? [] : index.steps(table).map((step) => ({ relation, steps: [...steps, step] }));
      });
      const [only, ...others] = ways.filter(({ steps }) => {
        const table = steps.at(-1)?.table;
        return table !== undefined && wanted(table);
      });
      if (only !== undefined) {
        if (others.length === 0) return only;
        break;
      }
    }
  }
  return undefined;
}

/** Writes joins into one statement; the same way is joined once. */
export interface JoinWriter {
  /** Gives the alias under which the last table of a way can be named; `undefined` when there is no place for the join. */
  write(reached: Reached, scope: Scope): string | undefined;
}

/** Creates a writer for a statement; `onJoin` receives each join as text and the edit that adds it. */
export function createJoinWriter(
  sql: string,
  offset: (byteOffset: number) => number,
  onJoin: (text: string, edit: Edit) => void,
): JoinWriter {
  const written = new Map<string, string>();
  return {
    write: (reached, scope) => {
      const { relation, steps } = reached;
      const key = `${relation.location}>${steps.map(({ table, columns }) => `${columns.join()}>${table.schema}.${table.name}`).join('>')}`;
      const known = written.get(key);
      if (known !== undefined || relation.location === undefined) return known;
      const end = endOfTableReference(sql, offset(relation.location));
      if (end === undefined) return undefined;
      const taken = new Set(written.values());
      for (const { relations } of scopesOf(scope))
        for (const { alias } of relations) if (alias !== undefined) taken.add(alias);
      const { text, alias } = writeJoins(reached, taken);
      written.set(key, alias);
      onJoin(text.trim(), { start: end, end, text });
      return alias;
    },
  };
}

function writeJoins({ relation, steps }: Reached, taken: Set<string>): { text: string; alias: string } {
  let left = qualifierOf(relation);
  let text = '';
  let alias = '';
  for (const { columns, table, referencedColumns } of steps) {
    alias = table.name;
    for (let suffix = 2; taken.has(alias); suffix++) alias = `${table.name}_${suffix}`;
    taken.add(alias);
    const right = `${quoteName(alias)}.`;
    const on = columns.map(
      (column, at) => `${left}${quoteName(column)} = ${right}${quoteName(referencedColumns[at] ?? '')}`,
    );
    const as = alias === table.name ? '' : ` AS ${quoteName(alias)}`;
    text += ` LEFT JOIN ${writeTable(table)}${as} ON ${on.join(' AND ')}`;
    left = right;
  }
  return { text, alias };
}
