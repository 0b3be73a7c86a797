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

/** Protected columns by table, those of partitions, children and parents included, and columns elsewhere that hold rows of such a table. */
export interface ProtectedColumns {
  of(relation: CatalogRelation): ReadonlyMap<string, ProtectedColumn> | undefined;
}

interface TableName {
  readonly schema: string;
  readonly name: string;
}

const keyOf = (relation: TableName): string => JSON.stringify([relation.schema, relation.name]);

/** Spreads the policy's columns over the families of their tables. A column is protected by its strictest rule. */
export function createProtectedColumns(policy: CompiledPolicy, view: CatalogView): ProtectedColumns {
  const tables = new Map<string, Map<string, ProtectedColumn>>();
  const add = ({ schema, name: table }: TableName, column: string, rule: ProtectedColumn['rule']): void => {
    const relation = view.resolve(schema, table);
    for (const member of relation ? view.family(relation) : []) {
      const columns = tables.get(keyOf(member)) ?? new Map<string, ProtectedColumn>();
      if (columns.get(column)?.rule !== 'deny') columns.set(column, { schema, table, column, rule });
      tables.set(keyOf(member), columns);
    }
  };
  const addListed = (text: string, rule: ProtectedColumn['rule']): void => {
    const [schema = '', name = '', column = ''] = text.split('.');
    add({ schema, name }, column, rule);
  };
  for (const text of policy.columns.mask) addListed(text, 'mask');
  for (const text of policy.columns.deny) addListed(text, 'deny');
  // A column that holds whole rows of such a table holds copies of its columns.
  for (const relation of view.snapshot.relations) {
    for (const { name, typeSchema, typeName } of relation.columns) {
      const rows = [typeName, typeName.replace(/^_/, '')].map((type) => keyOf({ schema: typeSchema, name: type }));
      const rules = rows.flatMap((key) => [...(tables.get(key)?.values() ?? [])]).map(({ rule }) => rule);
      if (rules.length > 0) add(relation, name, rules.includes('deny') ? 'deny' : 'mask');
    }
  }
  return { of: (relation) => tables.get(keyOf(relation)) };
}
