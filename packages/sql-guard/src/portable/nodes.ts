/** What the portable walk does with a field of pgsql-ast-parser's tree. */
export type PortableField =
  | 'value'
  | 'node'
  | 'nodes'
  | 'lists'
  /** A name that is judged by the node's own rule, or that only names an output. */
  | 'name'
  | 'names'
  | 'type'
  | 'order'
  | 'items';

/** Nodes with a `type` that may stand in a query, with all their fields. Everything else is refused. */
export const portableNodes: Readonly<Record<string, Readonly<Record<string, PortableField>>>> = {
  select: {
    columns: 'items',
    from: 'nodes',
    where: 'node',
    groupBy: 'nodes',
    having: 'node',
    limit: 'items',
    orderBy: 'order',
    distinct: 'items',
  },
  union: { left: 'node', right: 'node' },
  'union all': { left: 'node', right: 'node' },
  values: { values: 'lists' },
  with: { bind: 'value', in: 'node' },
  'with recursive': { alias: 'name', columnNames: 'names', bind: 'node', in: 'node' },
  table: { name: 'name', lateral: 'value', join: 'items' },
  statement: { statement: 'node', alias: 'value', lateral: 'value', columnNames: 'names', join: 'items' },
  ref: { table: 'name', name: 'value' },
  integer: { value: 'value' },
  numeric: { value: 'value' },
  string: { value: 'value' },
  boolean: { value: 'value' },
  null: {},
  parameter: { name: 'value' },
  list: { expressions: 'nodes' },
  array: { expressions: 'nodes' },
  'array select': { select: 'node' },
  arrayIndex: { array: 'node', index: 'node' },
  binary: { left: 'node', right: 'node', op: 'value', opSchema: 'value' },
  unary: { operand: 'node', op: 'value', opSchema: 'value' },
  ternary: { value: 'node', lo: 'node', hi: 'node', op: 'value' },
  cast: { operand: 'node', to: 'type' },
  case: { value: 'node', whens: 'items', else: 'node' },
  member: { operand: 'node', op: 'value', member: 'value' },
  keyword: { keyword: 'value' },
  extract: { field: 'name', from: 'node' },
  call: {
    function: 'name',
    args: 'nodes',
    distinct: 'value',
    orderBy: 'order',
    filter: 'node',
    withinGroup: 'items',
    over: 'items',
    alias: 'name',
    lateral: 'value',
    join: 'items',
    withOrdinality: 'value',
  },
};

/** Fields of the parts without a `type`: result columns, joins, WHEN branches, windows, limits. */
export const portableParts: Readonly<Record<string, PortableField>> = {
  expr: 'node',
  alias: 'name',
  on: 'node',
  using: 'names',
  when: 'node',
  value: 'node',
  by: 'node',
  order: 'value',
  nulls: 'value',
  orderBy: 'order',
  partitionBy: 'nodes',
  limit: 'node',
  offset: 'node',
  type: 'value',
};

export const joinTypes: ReadonlySet<string> = new Set([
  'INNER JOIN',
  'LEFT JOIN',
  'RIGHT JOIN',
  'FULL JOIN',
  'CROSS JOIN',
]);

/** Operators that are words, or that this parser spells in its own way. */
export const wordOperators: ReadonlySet<string> = new Set([
  'OR',
  'AND',
  'IN',
  'NOT IN',
  'LIKE',
  'NOT LIKE',
  'ILIKE',
  'NOT ILIKE',
  '!=',
  'AT TIME ZONE',
  'NOT',
  'IS NULL',
  'IS NOT NULL',
  'IS TRUE',
  'IS FALSE',
  'IS NOT TRUE',
  'IS NOT FALSE',
  'BETWEEN',
  'NOT BETWEEN',
]);

/** Words of the standard for built-in types. */
export const typeWords: ReadonlySet<string> = new Set([
  'int',
  'integer',
  'bigint',
  'smallint',
  'real',
  'double precision',
  'decimal',
  'boolean',
  'character varying',
  'character',
  'timestamp with time zone',
  'timestamp without time zone',
  'time with time zone',
  'time without time zone',
]);

export const valueKeywords: ReadonlySet<string> = new Set([
  'current_catalog',
  'current_date',
  'current_role',
  'current_schema',
  'current_timestamp',
  'current_time',
  'localtimestamp',
  'localtime',
  'session_user',
  'user',
  'current_user',
]);
