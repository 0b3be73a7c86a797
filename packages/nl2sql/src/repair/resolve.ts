import type { CatalogTable, ParseTree } from '../ports.ts';
import type { CatalogIndex } from './catalog-index.ts';
import type { NameProblem } from './name-problem.ts';
import { type Outputs, outputsOf } from './output-names.ts';
import { type ReferenceResolution, resolveReference } from './resolve-reference.ts';
import { createScope, type Relation, relationsWith, type Scope, type ScopeColumn } from './scope.ts';
import { body, isTree, listOf, locationOf, stringsOf, type Tree, textOf, walk } from './tree.ts';

type CommonTables = ReadonlyMap<string, Outputs>;

/** One SELECT of a statement with what it can name. Set operations are their arms. */
export interface ResolvedSelect {
  readonly select: Tree;
  readonly scope: Scope;
}

/** What became of the names of a statement. */
export interface ResolvedNames {
  readonly problems: readonly NameProblem[];
  /** Every SELECT with a FROM clause of its own, subqueries before those around them. */
  readonly selects: readonly ResolvedSelect[];
}

interface Resolution extends ReferenceResolution {
  readonly selects: ResolvedSelect[];
  readonly index: CatalogIndex;
  readonly chooseTable: (schema: string | undefined, name: string) => CatalogTable | undefined;
}

/**
 * Resolves every name of a SELECT by scope, as PostgreSQL does: common table expressions, aliases, subqueries, LATERAL,
 * USING, output names in GROUP BY and ORDER BY. Where something cannot be known (a function's columns, a system view)
 * it reports nothing.
 *
 * `chooseTable` is asked for the table behind an unknown name, so that the columns of its reference are judged at once.
 */
export function resolveNames(
  tree: ParseTree,
  index: CatalogIndex,
  chooseTable: Resolution['chooseTable'],
): ResolvedNames {
  const resolution: Resolution = { index, chooseTable, problems: [], selects: [], compared: new WeakSet() };
  for (const { stmt } of tree.stmts) {
    const select = body(stmt, 'SelectStmt');
    if (select === undefined) continue;
    walk(select, (tag, inner) => {
      const left = body(inner['lexpr'], 'ColumnRef') ?? body(inner['lexpr'], 'FuncCall');
      const right = tag === 'A_Expr' && left !== undefined ? inner['rexpr'] : undefined;
      for (const side of [right, ...listOf(body(right, 'List')?.['items'])]) {
        const reference = body(side, 'ColumnRef');
        if (reference !== undefined) resolution.compared.add(reference);
      }
      return true;
    });
    resolveSelect(resolution, select, undefined, new Map());
  }
  const { problems, selects } = resolution;
  return { problems, selects };
}

function resolveSelect(resolution: Resolution, select: Tree, parent: Scope | undefined, outer: CommonTables): Outputs {
  const tables = resolveWith(resolution, select['withClause'], parent, outer);
  const scope = createScope(parent);
  const { larg, rarg } = select;
  if (isTree(larg) && isTree(rarg)) {
    const outputs = resolveSelect(resolution, larg, parent, tables);
    resolveSelect(resolution, rarg, parent, tables);
    // ORDER BY of a set operation sees output names only; other expressions are errors that the server words best.
    for (const key of ['limitCount', 'limitOffset']) resolveExpression(resolution, select[key], scope, tables);
    return outputs;
  }
  const rows = listOf(select['valuesLists']);
  if (rows.length > 0) {
    resolveExpression(resolution, rows, scope, tables);
    const width = listOf(body(rows[0], 'List')?.['items']).length;
    return Array.from({ length: width }, (_, position) => `column${position + 1}`);
  }
  for (const item of listOf(select['fromClause'])) addFromItem(resolution, item, scope, tables);
  collectEquations(scope, select['whereClause']);
  const targets = listOf(select['targetList']).map((target) => body(target, 'ResTarget') ?? {});
  for (const target of targets) {
    const name = textOf(target['name']);
    if (name !== undefined) scope.outputs.set(name, locationOf(target));
  }
  for (const target of targets) resolveExpression(resolution, target['val'], scope, tables);
  for (const key of ['whereClause', 'havingClause', 'windowClause', 'limitCount', 'limitOffset']) {
    resolveExpression(resolution, select[key], scope, tables);
  }
  for (const item of [
    ...listOf(select['groupClause']),
    ...listOf(select['sortClause']),
    ...listOf(select['distinctClause']),
  ]) {
    const expression = body(item, 'SortBy')?.['node'] ?? item;
    if (!isOutputName(expression, scope)) resolveExpression(resolution, expression, scope, tables);
  }
  resolution.selects.push({ select, scope });
  return outputsOf(targets, scope);
}

/** A bare name in GROUP BY or ORDER BY may be that of an output. */
function isOutputName(expression: unknown, scope: Scope): boolean {
  const reference = body(expression, 'ColumnRef');
  const [name, ...more] = stringsOf(reference?.['fields']);
  return name !== undefined && more.length === 0 && scope.outputs.has(name);
}

function resolveWith(
  resolution: Resolution,
  clause: unknown,
  parent: Scope | undefined,
  outer: CommonTables,
): CommonTables {
  if (!isTree(clause)) return outer;
  const tables = new Map(outer);
  for (const item of listOf(clause['ctes'])) {
    const table = body(item, 'CommonTableExpr');
    const name = textOf(table?.['ctename']);
    const query = body(table?.['ctequery'], 'SelectStmt');
    if (table === undefined || name === undefined) continue;
    const columns = stringsOf(table['aliascolnames']);
    // A recursive query sees itself; its columns are those of its first arm, which are not known before it is read.
    const inner =
      clause['recursive'] === true ? new Map(tables).set(name, columns.length > 0 ? columns : undefined) : tables;
    const outputs = query === undefined ? undefined : resolveSelect(resolution, query, parent, inner);
    tables.set(name, renamed(outputs, columns));
  }
  return tables;
}

/** Column names after an alias list, which may be shorter than the columns. */
const renamed = (outputs: Outputs, names: readonly string[]): Outputs =>
  outputs === undefined ? undefined : outputs.map((output, position) => names[position] ?? output);

function addFromItem(resolution: Resolution, item: unknown, scope: Scope, tables: CommonTables): void {
  const table = body(item, 'RangeVar');
  if (table !== undefined) {
    scope.relations.push(tableRelation(resolution, table, tables));
    return;
  }
  const subquery = body(item, 'RangeSubselect');
  if (subquery !== undefined) {
    const select = body(subquery['subquery'], 'SelectStmt');
    const parent = subquery['lateral'] === true ? scope : scope.parent;
    const outputs = select === undefined ? undefined : resolveSelect(resolution, select, parent, tables);
    const { name, columns } = readAlias(subquery['alias']);
    scope.relations.push(derivedRelation(name, renamed(outputs, columns)));
    return;
  }
  const join = body(item, 'JoinExpr');
  if (join !== undefined) {
    addJoin(resolution, join, scope, tables);
    return;
  }
  const sample = body(item, 'RangeTableSample');
  if (sample !== undefined) {
    addFromItem(resolution, sample['relation'], scope, tables);
    return;
  }
  // Functions, XMLTABLE, JSON_TABLE: their columns are not read, so every name is taken to exist.
  if (!isTree(item)) return;
  const [inner] = Object.values(item);
  resolveExpression(resolution, inner, scope, tables);
  scope.relations.push(derivedRelation(isTree(inner) ? readAlias(inner['alias']).name : undefined, undefined));
}

function addJoin(resolution: Resolution, join: Tree, scope: Scope, tables: CommonTables): void {
  const first = scope.relations.length;
  addFromItem(resolution, join['larg'], scope, tables);
  const middle = scope.relations.length;
  addFromItem(resolution, join['rarg'], scope, tables);
  const left = scope.relations.slice(first, middle);
  const right = scope.relations.slice(middle);
  const type = textOf(join['jointype']);
  if (type === 'JOIN_LEFT' || type === 'JOIN_FULL') for (const relation of right) scope.filled.add(relation);
  if (type === 'JOIN_RIGHT' || type === 'JOIN_FULL') for (const relation of left) scope.filled.add(relation);
  const using = stringsOf(join['usingClause']);
  const missing = using.filter(
    (column) =>
      ![left, right].every((side) => side.some(({ columns }) => columns === undefined || columns.has(column))),
  );
  const after = right.length === 1 ? right[0]?.location : undefined;
  if (missing.length > 0 && after !== undefined) {
    resolution.problems.push({ kind: 'unknown_using', after, columns: missing, scope });
  }
  for (const column of using) scope.merged.add(column);
  if (join['isNatural'] === true) {
    const onTheLeft = new Set(left.flatMap(({ columns }) => [...(columns ?? [])]));
    for (const { columns } of right) for (const name of columns ?? []) if (onTheLeft.has(name)) scope.merged.add(name);
  }
  collectEquations(scope, join['quals']);
  resolveExpression(resolution, join['quals'], scope, tables);
  const { name } = readAlias(join['alias']);
  if (name !== undefined)
    scope.relations.splice(first, scope.relations.length - first, derivedRelation(name, undefined));
}

const readAlias = (alias: unknown): { name: string | undefined; columns: readonly string[] } => ({
  name: isTree(alias) ? textOf(alias['aliasname']) : undefined,
  columns: isTree(alias) ? stringsOf(alias['colnames']) : [],
});

const derivedRelation = (alias: string | undefined, outputs: Outputs): Relation => ({
  alias,
  aliasIsTableName: false,
  table: undefined,
  columns: outputs === undefined ? undefined : new Set(outputs),
  location: undefined,
});

function tableRelation(resolution: Resolution, node: Tree, tables: CommonTables): Relation {
  const name = textOf(node['relname']) ?? '';
  const schema = textOf(node['schemaname']);
  const location = locationOf(node);
  const alias = readAlias(node['alias']);
  if (schema === undefined && tables.has(name)) {
    return derivedRelation(alias.name ?? name, renamed(tables.get(name), alias.columns));
  }
  const isSystem = schema === undefined ? name.startsWith('pg_') : /^(?:pg_catalog|information_schema)$/.test(schema);
  if (isSystem || textOf(node['catalogname']) !== undefined) return derivedRelation(alias.name ?? name, undefined);
  const found = resolution.index
    .find(schema, name)
    .filter((table) => schema !== undefined || table.inSearchPath !== false);
  let [table] = found;
  if (table === undefined) {
    table = resolution.chooseTable(schema, name);
    resolution.problems.push({ kind: 'unknown_table', location, schema, name, meant: table });
  }
  const columns = table?.columns.map((column) => column.name);
  return {
    alias: alias.name ?? name,
    aliasIsTableName: alias.name === undefined,
    table,
    columns: columns === undefined ? undefined : new Set(renamed(columns, alias.columns)),
    location,
    ...(found.length === 0 && table !== undefined && alias.name === undefined && table.name !== name
      ? { writtenName: name }
      : {}),
  };
}

/** Remembers equations between columns of a condition that holds for every row of the result. */
function collectEquations(scope: Scope, condition: unknown): void {
  const and = body(condition, 'BoolExpr');
  if (and?.['boolop'] === 'AND_EXPR') {
    for (const part of listOf(and['args'])) collectEquations(scope, part);
    return;
  }
  const comparison = body(condition, 'A_Expr');
  if (comparison?.['kind'] !== 'AEXPR_OP' || stringsOf(comparison['name']).join() !== '=') return;
  const left = columnIn(scope, comparison['lexpr']);
  const right = columnIn(scope, comparison['rexpr']);
  if (left !== undefined && right !== undefined && left.relation !== right.relation)
    scope.equations.push([left, right]);
}

/** The column of this scope that an expression is, if it is nothing more. */
export function columnIn(scope: Scope, expression: unknown): ScopeColumn | undefined {
  const names = stringsOf(body(expression, 'ColumnRef')?.['fields']);
  const column = names.at(-1);
  const qualifier = names.at(-2);
  if (column === undefined) return undefined;
  const found =
    qualifier === undefined ? relationsWith(scope, column) : scope.relations.filter(({ alias }) => alias === qualifier);
  const [only, ...others] = found === 'unknowable' ? [] : found;
  return only !== undefined && others.length === 0 ? { relation: only, column } : undefined;
}

function resolveExpression(resolution: Resolution, expression: unknown, scope: Scope, tables: CommonTables): void {
  walk(expression, (tag, inner) => {
    if (tag === 'ColumnRef') {
      resolveReference(resolution, inner, scope);
      return false;
    }
    if (tag === 'SelectStmt') {
      resolveSelect(resolution, inner, scope, tables);
      return false;
    }
    return true;
  });
}
