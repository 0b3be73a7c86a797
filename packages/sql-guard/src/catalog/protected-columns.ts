import type { CompiledPolicy } from '../compiled-policy.ts';
import { isParserError, type Parser } from '../parser.ts';
import { fieldsOf, namesOf } from '../tree.ts';
import type { CatalogRelation } from './snapshot.ts';
import type { CatalogView } from './view.ts';

/** A column that the policy denies or masks. */
export interface ProtectedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly rule: 'deny' | 'mask';
}

/**
 * Protected columns by table, those of partitions, children and parents included, columns elsewhere that hold rows of such a table, and
 * columns that are generated from protected ones.
 */
export interface ProtectedColumns {
  of(relation: CatalogRelation): ReadonlyMap<string, ProtectedColumn> | undefined;
}

interface TableName {
  readonly schema: string;
  readonly name: string;
}

const keyOf = (relation: TableName): string => JSON.stringify([relation.schema, relation.name]);

/** Spreads the policy's columns over the families of their tables. A column is protected by its strictest rule. */
export function createProtectedColumns(policy: CompiledPolicy, view: CatalogView, parser: Parser): ProtectedColumns {
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
  for (const relation of view.snapshot.relations) {
    const rules = tables.get(keyOf(relation));
    if (rules === undefined) continue;
    for (const { name, generated } of relation.columns) {
      if (generated === undefined) continue;
      const sources = columnsIn(generated, parser);
      // What cannot be read may hold any of them.
      const copied = [...rules].filter(([column]) => sources === undefined || sources.has(column));
      if (copied.length > 0) add(relation, name, copied.some(([, { rule }]) => rule === 'deny') ? 'deny' : 'mask');
    }
  }
  return { of: (relation) => tables.get(keyOf(relation)) };
}

/** Names of the columns that the expression of a generated column reads; undefined when it cannot be read. */
function columnsIn(expression: string, parser: Parser): ReadonlySet<string> | undefined {
  const tree = parser.parse(`SELECT ${expression}`);
  if (isParserError(tree)) return undefined;
  const names = new Set<string>();
  const stack: unknown[] = [tree];
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const column = fieldsOf(value, 'ColumnRef');
    if (column) for (const name of namesOf(column['fields']) ?? []) names.add(name);
    stack.push(...(Object.values(value) as unknown[]));
  }
  return names;
}
