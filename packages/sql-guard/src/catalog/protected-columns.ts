import type { CompiledPolicy } from '../compiled-policy.ts';
import type { CatalogRelation } from './snapshot.ts';
import type { CatalogView } from './view.ts';

/** A column that the policy denies or masks. */
export interface ProtectedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly rule: 'deny' | 'mask';
}

/** Protected columns by table, those of partitions, children and parents included. */
export interface ProtectedColumns {
  of(relation: CatalogRelation): ReadonlyMap<string, ProtectedColumn> | undefined;
}

const keyOf = (relation: { schema: string; name: string }): string => JSON.stringify([relation.schema, relation.name]);

/** Spreads the policy's columns over the families of their tables. A column is protected by its strictest rule. */
export function createProtectedColumns(policy: CompiledPolicy, view: CatalogView): ProtectedColumns {
  const tables = new Map<string, Map<string, ProtectedColumn>>();
  const add = (text: string, rule: ProtectedColumn['rule']): void => {
    const [schema = '', table = '', column = ''] = text.split('.');
    const relation = view.resolve(schema, table);
    for (const member of relation ? view.family(relation) : []) {
      const columns = tables.get(keyOf(member)) ?? new Map<string, ProtectedColumn>();
      if (columns.get(column)?.rule !== 'deny') columns.set(column, { schema, table, column, rule });
      tables.set(keyOf(member), columns);
    }
  };
  for (const text of policy.columns.mask) add(text, 'mask');
  for (const text of policy.columns.deny) add(text, 'deny');
  return { of: (relation) => tables.get(keyOf(relation)) };
}
