import type { CatalogTable } from '../ports.ts';
import type { CatalogIndex } from '../repair/catalog-index.ts';
import { columnIn, type ResolvedSelect } from '../repair/resolve.ts';
import type { Relation, Scope, ScopeColumn } from '../repair/scope.ts';
import { body, listOf, stringsOf, walk } from '../repair/tree.ts';
import type { Finding } from './finding.ts';

/** Findings about the joins of one SELECT. */
export function inspectJoins(
  select: ResolvedSelect,
  { index, approvedJoins }: { readonly index: CatalogIndex; readonly approvedJoins: ReadonlySet<string> },
): Finding[] {
  return [...offKeyJoins(select.scope, index, approvedJoins), ...fanOut(select, index)];
}

const nameOf = ({ relation, column }: ScopeColumn): string =>
  `${relation.table?.name ?? relation.alias ?? '?'}.${column}`;

/** The tables and columns that a column refers to by a foreign key of one column, itself included. */
function keyTargets({ relation, column }: ScopeColumn): string[] {
  const { table } = relation;
  if (table === undefined) return [];
  const targets = table.foreignKeys
    .filter(({ columns }) => columns.length === 1 && columns[0] === column)
    .map(({ references }) => `${references.schema}.${references.table}.${references.columns[0] ?? ''}`);
  return [`${table.schema}.${table.name}.${column}`, ...targets];
}

/** Whether an equation follows a foreign key, or both sides refer to the same key. */
function followsKey([left, right]: Scope['equations'][number]): boolean {
  const targets = new Set(keyTargets(left));
  return (
    keyTargets(right).some((target) => targets.has(target)) || isPartOfKey(left, right) || isPartOfKey(right, left)
  );
}

function isPartOfKey(from: ScopeColumn, to: ScopeColumn): boolean {
  return (from.relation.table?.foreignKeys ?? []).some(
    ({ columns, references }) =>
      references.table === to.relation.table?.name &&
      columns.some((column, at) => column === from.column && references.columns[at] === to.column),
  );
}

/** A database that declares few keys says nothing by not declaring one: both tables must have some. */
const hasKeys = (table: CatalogTable | undefined, index: CatalogIndex): boolean =>
  table !== undefined && (table.foreignKeys.length > 0 || index.referencing(table).length > 0);

function offKeyJoins({ equations }: Scope, index: CatalogIndex, approved: ReadonlySet<string>): Finding[] {
  const isOnKey = (equation: Scope['equations'][number]): boolean =>
    followsKey(equation) || approved.has(`${nameOf(equation[0])}=${nameOf(equation[1])}`);
  const linked = new Set(equations.filter(isOnKey).map(([left, right]) => pairOf(left.relation, right.relation)));
  return equations
    .filter(([left, right]) => hasKeys(left.relation.table, index) && hasKeys(right.relation.table, index))
    .filter((equation) => !isOnKey(equation) && !linked.has(pairOf(equation[0].relation, equation[1].relation)))
    .map(([left, right]) => ({
      kind: 'off_key_join',
      message: `${nameOf(left)} and ${nameOf(right)} are joined, but no foreign key links them.`,
      isStrong: true,
    }));
}

const pairOf = (left: Relation, right: Relation): string => [left.alias, right.alias].sort().join('\u0000');

// Counting is left out: a condition on the repeating side often picks one row of it, and then the count is right.
const aggregates = new Set(['sum', 'avg']);

/** An aggregate over a column of a table of which a join repeats the rows: the table is the one side, and no other aggregate side. */
function fanOut({ select, scope }: ResolvedSelect, index: CatalogIndex): Finding[] {
  const repeated = repeatedRelations(scope);
  if (repeated.size === 0) return [];
  const findings = new Map<string, Finding>();
  walk([select['targetList'], select['havingClause'], select['sortClause']], (tag, inner) => {
    if (tag === 'SelectStmt') return false;
    const name = tag === 'FuncCall' ? stringsOf(inner['funcname']).at(-1) : undefined;
    if (name === undefined || !aggregates.has(name) || inner['agg_distinct'] === true) return true;
    const [argument] = listOf(inner['args']);
    const column = columnIn(scope, argument);
    const many = column === undefined ? undefined : repeated.get(column.relation);
    if (
      column === undefined ||
      many === undefined ||
      !index.hasColumn(column.relation.table as CatalogTable, column.column)
    )
      return true;
    const message = `${name}(${nameOf(column)}) counts rows of ${column.relation.table?.name} once for each row of ${many.table?.name}.`;
    findings.set(message, { kind: 'fan_out', message, isStrong: false });
    return true;
  });
  return [...findings.values()];
}

/**
 * Whether repeated rows are what a SELECT says: every table that it shows is repeated by a join with one that it does
 * not show. Elsewhere repetition is a surprise: of 33 recorded answers with it 30 were wrong.
 */
export function saysRepetition({ select, scope }: ResolvedSelect): boolean {
  const repeated = repeatedRelations(scope);
  if (select['groupClause'] !== undefined) return false;
  const shown = listOf(select['targetList']).map(
    (target) => columnIn(scope, body(target, 'ResTarget')?.['val'])?.relation,
  );
  return shown.every((relation) => {
    const many = relation === undefined ? undefined : repeated.get(relation);
    return many !== undefined && !shown.includes(many);
  });
}

/** Relations that are the one side of a join, with the relation that repeats them. */
function repeatedRelations({ equations }: Scope): Map<Relation, Relation> {
  const repeated = new Map<Relation, Relation>();
  for (const [left, right] of equations) {
    if (pointsTo(left, right)) repeated.set(right.relation, left.relation);
    if (pointsTo(right, left)) repeated.set(left.relation, right.relation);
  }
  return repeated;
}

const pointsTo = (from: ScopeColumn, to: ScopeColumn): boolean =>
  (from.relation.table?.foreignKeys ?? []).some(
    ({ columns, references }) =>
      columns.length === 1 &&
      columns[0] === from.column &&
      references.table === to.relation.table?.name &&
      references.columns[0] === to.column,
  );
