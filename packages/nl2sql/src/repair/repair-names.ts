import type { CatalogTable, ParseTree } from '../ports.ts';
import { type CatalogIndex, squash } from './catalog-index.ts';
import { columnsCalled, createTableChooser, findInScopes, nearColumn, onlyOne } from './find-names.ts';
import { createJoinWriter, type JoinWriter, reach } from './join-path.ts';
import type { NameProblem } from './name-problem.ts';
import { quoteName } from './quote-name.ts';
import { endOfOutput, endOfTableReference, readUsing } from './read-clause.ts';
import type { RepairStep } from './repair-step.ts';
import { resolveNames } from './resolve.ts';
import { type Relation, type Scope, scopesOf } from './scope.ts';
import { byteOffsets, type NamePart, readNameChain } from './source-text.ts';
import { qualifierOf, writeTable } from './write-name.ts';

type Problem<Kind extends NameProblem['kind']> = NameProblem & { readonly kind: Kind };

interface Repairing {
  readonly sql: string;
  readonly index: CatalogIndex;
  readonly offset: (byteOffset: number) => number;
  readonly joins: JoinWriter;
  readonly steps: RepairStep[];
}

/** Each name is compared with every column in scope; a statement with more unknown ones is beyond rules. */
const mostProblems = 40;

/**
 * Repairs names that do not resolve, by rule: another case, blanks or punctuation; a name that only one relation in
 * scope has; an ambiguity between columns that an equation makes equal; a column one foreign key away, reached by a
 * LEFT JOIN to the one row it points to, which neither adds nor loses rows; an output name where only its expression
 * may stand; a string in double quotes; a very similar name. What is not certain by these rules is left as it is.
 */
export function repairNames(sql: string, tree: ParseTree, index: CatalogIndex): readonly RepairStep[] {
  const { problems } = resolveNames(tree, index, createTableChooser(index));
  if (problems.length > mostProblems) return [];
  const steps: RepairStep[] = [];
  const offset = byteOffsets(sql);
  const joins = createJoinWriter(sql, offset, (to, edit) => steps.push({ rule: 'join', from: '', to, edits: [edit] }));
  const repairing: Repairing = { sql, index, offset, joins, steps };
  for (const problem of problems) repairProblem(repairing, problem);
  return steps;
}

function repairProblem(repairing: Repairing, problem: NameProblem): void {
  switch (problem.kind) {
    case 'unknown_table':
      repairTable(repairing, problem);
      break;
    case 'renamed_qualifier':
      replaceQualifier(repairing, problem.location, quoteName(problem.table.name), 'quoting');
      break;
    case 'unknown_column':
      repairColumn(repairing, problem);
      break;
    case 'unknown_qualifier':
      repairQualifier(repairing, problem);
      break;
    case 'ambiguous_column':
      repairAmbiguity(repairing, problem);
      break;
    case 'unknown_using':
      repairUsing(repairing, problem);
      break;
  }
}

const chainAt = (repairing: Repairing, location: number): NamePart[] =>
  readNameChain(repairing.sql, repairing.offset(location));

function replace(repairing: Repairing, start: number, end: number, text: string, rule: RepairStep['rule']): void {
  const from = repairing.sql.slice(start, end);
  if (from !== text) repairing.steps.push({ rule, from, to: text, edits: [{ start, end, text }] });
}

function repairTable(repairing: Repairing, { location, schema, meant }: Problem<'unknown_table'>): void {
  const chain = chainAt(repairing, location);
  const [first] = chain;
  const last = chain.at(-1);
  if (meant === undefined || first === undefined || last === undefined) return;
  const same = squash(last.name) === squash(meant.name);
  // SQL Server's own schema stands where others have none. Any other one that is not the table's was meant for something.
  const isElsewhere = schema !== undefined && schema !== 'dbo' && squash(schema) !== squash(meant.schema);
  const rule = isElsewhere ? 'qualifier' : same ? 'quoting' : 'near name';
  replace(repairing, first.start, last.end, writeTable(meant), rule);
}

/** Replaces everything before the last part of a reference. */
function replaceQualifier(repairing: Repairing, location: number, qualifier: string, rule: RepairStep['rule']): void {
  const chain = chainAt(repairing, location);
  const [first] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return;
  // `t.*` ends in the star, which is no name: then the chain is the qualifier alone.
  const ends = /^\s*\.\s*\*/.test(repairing.sql.slice(last.end)) ? last.end : (chain.at(-2)?.end ?? first.start);
  if (ends > first.start) replace(repairing, first.start, ends, qualifier, rule);
}

/** Replaces a whole reference by `relation.column`. */
function replaceReference(
  repairing: Repairing,
  location: number,
  { relation, column }: { readonly relation: Relation | undefined; readonly column: string },
  rule: RepairStep['rule'],
): void {
  const chain = chainAt(repairing, location);
  const [first] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return;
  const qualifier = relation === undefined ? '' : qualifierOf(relation);
  replace(repairing, first.start, last.end, `${qualifier}${quoteName(column)}`, rule);
}

function repairColumn(repairing: Repairing, problem: Problem<'unknown_column'>): void {
  const { location, column, scope, relation } = problem;
  const own = relation === undefined ? undefined : onlyOne(columnsCalled([relation], column), scope);
  const inScope = own === undefined ? findInScopes(scope, column, relation) : undefined;
  if (own !== undefined) {
    replaceLast(repairing, location, own.column, 'quoting');
  } else if (inScope !== undefined) {
    const isBare = relation === undefined && inScope.isOnly;
    if (isBare) replaceLast(repairing, location, inScope.column, 'quoting');
    else replaceReference(repairing, location, inScope, 'qualifier');
  } else if (
    !inlineOutput(repairing, problem) &&
    !quoteString(repairing, problem, true) &&
    !addJoin(repairing, problem)
  ) {
    const near = nearColumn(relation === undefined ? scope.relations : [relation], column);
    if (near === undefined) quoteString(repairing, problem);
    else replaceReference(repairing, location, near, 'near name');
  }
}

function replaceLast(repairing: Repairing, location: number, column: string, rule: RepairStep['rule']): void {
  const last = chainAt(repairing, location).at(-1);
  if (last !== undefined) replace(repairing, last.start, last.end, quoteName(column), rule);
}

/** WHERE, HAVING and expressions see no output names (other databases let them): the expression takes the name's place. */
function inlineOutput(repairing: Repairing, { location, column, scope, relation }: Problem<'unknown_column'>): boolean {
  if (relation !== undefined) return false;
  const target = scope.outputs.get(column);
  const [part] = chainAt(repairing, location);
  if (target === undefined || part === undefined) return false;
  const start = repairing.offset(target);
  const end = endOfOutput(repairing.sql, start);
  // A name inside its own expression is another column's.
  if (end === undefined || (part.start >= start && part.start < end)) return false;
  replace(repairing, part.start, part.end, `(${repairing.sql.slice(start, end).trim()})`, 'output name');
  return true;
}

/**
 * `name = "value"` is how other databases write strings, and ‘value’ how word processors do. `isQuoted`: only what stands in straight
 * quotes, which is more often a string than a slip in a name.
 */
function quoteString(
  repairing: Repairing,
  { location, comparedWithColumn, relation }: Problem<'unknown_column'>,
  isQuoted = false,
): boolean {
  const [part, ...more] = chainAt(repairing, location);
  if (relation !== undefined || part === undefined || more.length > 0) return false;
  const { start, end, quoted, name } = part;
  // Separators and formats, such as `, ` and `%Y-%m`.
  const isNoName = quoted && /^(?:%[A-Za-z]|[^\p{L}\p{N}])*$/u.test(name);
  if (!comparedWithColumn && !isNoName) return false;
  const typographic = isQuoted ? undefined : /^[‘’“”](.*)[‘’“”]$/u.exec(repairing.sql.slice(start, end))?.[1];
  const value = quoted ? name : typographic;
  if (value === undefined) return false;
  replace(repairing, start, end, `'${value.replaceAll("'", "''")}'`, 'string');
  return true;
}

function repairQualifier(repairing: Repairing, problem: Problem<'unknown_qualifier'>): void {
  const { location, qualifier, column, scope } = problem;
  const relations = [...scopesOf(scope)].flatMap((current) => current.relations);
  const meant = relations.filter(
    ({ alias, table }) => squash(alias ?? '') === squash(qualifier) || squash(table?.name ?? '') === squash(qualifier),
  );
  const [only, ...others] =
    column === undefined ? meant : meant.filter(({ columns }) => columns?.has(column) !== false);
  if (only !== undefined && others.length === 0) {
    replaceQualifier(repairing, location, qualifierOf(only).slice(0, -1), 'qualifier');
  } else if (column !== undefined && !joinNamed(repairing, { location, qualifier, column, scope })) {
    const found = findInScopes(scope, column, undefined);
    if (found !== undefined) replaceReference(repairing, location, found, 'qualifier');
    else joinAbbreviated(repairing, { location, qualifier, column, scope });
  }
}

interface QualifiedName {
  readonly location: number;
  readonly qualifier: string;
  readonly column: string;
  readonly scope: Scope;
}

/** The column of a table that is not in FROM yet. */
function columnMeant(index: CatalogIndex, table: CatalogTable, column: string): string | undefined {
  const [alike] = index.columnsAlike(table, column);
  if (alike !== undefined) return alike;
  const columns = new Set(table.columns.map(({ name }) => name));
  return nearColumn([{ alias: table.name, aliasIsTableName: true, table, columns, location: undefined }], column)
    ?.column;
}

/** Joins the table that a reference names though FROM does not, when one foreign key leads there. */
function joinNamed(repairing: Repairing, { location, qualifier, column, scope }: QualifiedName): boolean {
  const [named] = repairing.index.find(undefined, qualifier);
  const name = named === undefined ? undefined : columnMeant(repairing.index, named, column);
  const reached = name === undefined ? undefined : reach(repairing.index, scope, (table) => table === named);
  const alias = reached === undefined ? undefined : repairing.joins.write(reached, scope);
  if (alias === undefined || name === undefined) return false;
  replaceWhole(repairing, location, `${quoteName(alias)}.${quoteName(name)}`);
  return true;
}

/** `c.email` without a `c`: the one table a foreign key away that has the column and begins with this letter. */
function joinAbbreviated(repairing: Repairing, { location, qualifier, column, scope }: QualifiedName): void {
  const { index } = repairing;
  const reached = reach(
    index,
    scope,
    (table) => index.hasColumn(table, column) && table.name.toLowerCase().startsWith(qualifier.charAt(0).toLowerCase()),
  );
  const alias = reached === undefined ? undefined : repairing.joins.write(reached, scope);
  if (alias !== undefined) replaceWhole(repairing, location, `${quoteName(alias)}.${quoteName(column)}`);
}

function replaceWhole(repairing: Repairing, location: number, text: string): void {
  const chain = chainAt(repairing, location);
  const [first] = chain;
  const last = chain.at(-1);
  if (first !== undefined && last !== undefined) replace(repairing, first.start, last.end, text, 'join');
}

function repairAmbiguity(
  repairing: Repairing,
  { location, column, scope, candidates }: Problem<'ambiguous_column'>,
): void {
  const only = onlyOne(
    candidates.map((relation) => ({ relation, column })),
    scope,
  );
  if (only !== undefined) replaceReference(repairing, location, only, 'ambiguity');
}

function repairUsing(repairing: Repairing, { after, columns, scope }: Problem<'unknown_using'>): void {
  const end = endOfTableReference(repairing.sql, repairing.offset(after));
  const parts = end === undefined ? [] : readUsing(repairing.sql, end);
  for (const part of parts.filter(({ name }) => columns.includes(name))) {
    const names = new Set(columnsCalled(scope.relations, part.name).map((found) => found.column));
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) replace(repairing, part.start, part.end, quoteName(only), 'quoting');
  }
}

function addJoin(repairing: Repairing, { location, column, scope, relation }: Problem<'unknown_column'>): boolean {
  const { index } = repairing;
  const reached = reach(index, scope, (table) => index.hasColumn(table, column), relation);
  if (reached === undefined) return false;
  const alias = repairing.joins.write(reached, scope);
  if (alias === undefined) return false;
  replaceWhole(repairing, location, `${quoteName(alias)}.${quoteName(column)}`);
  return true;
}
