import type { CompiledPolicy } from '../compiled-policy.ts';
import { isParserError, type Parser } from '../parser.ts';
import { fieldsOf, namesOf } from '../tree.ts';
import type { CatalogRelation, CatalogType } from './snapshot.ts';
import type { CatalogView } from './view.ts';

/** A column that the policy denies or masks. */
export interface ProtectedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly rule: 'deny' | 'mask';
  /** Its values are of a type that PostgreSQL converts unasked into types that cannot hold each of them. */
  readonly narrows?: true;
}

/** Types with such a conversion: `int8` to `oid`, `numeric` to `float4`. */
const narrowingTypes: ReadonlySet<string> = new Set(['int8', 'numeric']);

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
    const type = relation?.columns.find(({ name }) => name === column);
    const narrows = type?.typeSchema === 'pg_catalog' && narrowingTypes.has(type.typeName);
    for (const member of relation ? view.family(relation) : []) {
      const columns = tables.get(keyOf(member)) ?? new Map<string, ProtectedColumn>();
      if (columns.get(column)?.rule !== 'deny')
        columns.set(column, { schema, table, column, rule, ...(narrows && { narrows }) });
      tables.set(keyOf(member), columns);
    }
  };
  const addListed = (text: string, rule: ProtectedColumn['rule']): void => {
    const [schema = '', name = '', column = ''] = text.split('.');
    add({ schema, name }, column, rule);
  };
  for (const text of policy.columns.mask) addListed(text, 'mask');
  for (const text of policy.columns.deny) addListed(text, 'deny');
  addHolders(view, tables, add);
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

/** A column that holds whole rows of such a table holds copies of its columns; another table may hold such rows in turn. */
function addHolders(
  { snapshot }: CatalogView,
  tables: ReadonlyMap<string, ReadonlyMap<string, ProtectedColumn>>,
  add: (table: TableName, column: string, rule: ProtectedColumn['rule']) => void,
): void {
  for (let size = -1; size < sizeOf(tables); ) {
    size = sizeOf(tables);
    const held = createHeldRules(snapshot.types, (type) => [...(tables.get(keyOf(type))?.values() ?? [])]);
    for (const relation of snapshot.relations) {
      for (const { name, typeSchema, typeName } of relation.columns) {
        const rules = held({ schema: typeSchema, name: typeName });
        if (rules.length > 0) add(relation, name, rules.includes('deny') ? 'deny' : 'mask');
      }
    }
  }
}

/** How many columns are protected, the denied ones twice: it grows with each column and with each stricter rule. */
const sizeOf = (tables: ReadonlyMap<string, ReadonlyMap<string, ProtectedColumn>>): number =>
  [...tables.values()]
    .flatMap((columns) => [...columns.values()])
    .reduce((sum, { rule }) => sum + (rule === 'deny' ? 2 : 1), 0);

/** Rules of the tables whose rows a value of a type holds: the row type itself, arrays of it, composites and domains made of it. */
function createHeldRules(
  types: readonly CatalogType[],
  rulesOf: (table: TableName) => readonly ProtectedColumn[],
): (type: TableName) => readonly ProtectedColumn['rule'][] {
  const byName = new Map(types.map((type) => [keyOf(type), type]));
  const known = new Map<string, readonly ProtectedColumn['rule'][]>();

  return function held({ schema, name }): readonly ProtectedColumn['rule'][] {
    const key = keyOf({ schema, name });
    const before = known.get(key);
    if (before) return before;
    known.set(key, []);
    const { attributes = [], baseSchema = '', baseName } = byName.get(key) ?? {};
    const parts = attributes.map(({ typeSchema, typeName }) => ({ schema: typeSchema, name: typeName }));
    if (baseName !== undefined) parts.push({ schema: baseSchema, name: baseName });
    if (name.startsWith('_')) parts.push({ schema, name: name.slice(1) });
    const rules = [...rulesOf({ schema, name }).map(({ rule }) => rule), ...parts.flatMap(held)];
    known.set(key, rules);
    return rules;
  };
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
