import type { NameProblem } from './name-problem.ts';
import { type Relation, relationsWith, type Scope, scopesOf, systemColumns } from './scope.ts';
import { listOf, locationOf, stringsOf, type Tree } from './tree.ts';

/** Where problems of references go, and the references that are the right side of a comparison with a column or a call. */
export interface ReferenceResolution {
  readonly problems: NameProblem[];
  readonly compared: WeakSet<Tree>;
}

/** Resolves one column reference in its scope and those around it. */
export function resolveReference(resolution: ReferenceResolution, reference: Tree, scope: Scope): void {
  const fields = listOf(reference['fields']);
  const names = stringsOf(fields);
  const location = locationOf(reference);
  const isStar = names.length < fields.length;
  const comparedWithColumn = resolution.compared.has(reference);
  const column = isStar ? undefined : names.at(-1);
  const qualifier = (isStar ? names : names.slice(0, -1)).at(-1);
  if (qualifier === undefined) {
    if (column !== undefined) resolveBare(resolution, { column, location, scope, comparedWithColumn });
    return;
  }
  if (names.length > (isStar ? 2 : 3)) return;
  const relation = findRelation(scope, qualifier);
  if (relation === undefined) {
    resolution.problems.push({ kind: 'unknown_qualifier', location, qualifier, column, scope });
    return;
  }
  if (relation.writtenName !== undefined && relation.table !== undefined) {
    resolution.problems.push({ kind: 'renamed_qualifier', location, table: relation.table });
  }
  if (column === undefined || relation.columns === undefined || relation.columns.has(column)) return;
  if (systemColumns.has(column) && relation.table !== undefined) return;
  resolution.problems.push({ kind: 'unknown_column', location, column, scope, relation, comparedWithColumn });
}

/** The relation that a qualifier names, from the innermost scope outwards. */
function findRelation(scope: Scope, qualifier: string): Relation | undefined {
  for (const { relations } of scopesOf(scope)) {
    const found = relations.find(({ alias }) => alias === qualifier);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface BareReference {
  readonly column: string;
  readonly location: number;
  readonly scope: Scope;
  readonly comparedWithColumn: boolean;
}

function resolveBare(
  resolution: ReferenceResolution,
  { column, location, scope, comparedWithColumn }: BareReference,
): void {
  for (const current of scopesOf(scope)) {
    const candidates = relationsWith(current, column);
    if (candidates === 'unknowable') return;
    if (candidates.length === 1 || (candidates.length > 1 && current.merged.has(column))) return;
    if (candidates.length > 1) {
      resolution.problems.push({ kind: 'ambiguous_column', location, column, scope: current, candidates });
      return;
    }
    // The whole row of a relation.
    if (current.relations.some(({ alias }) => alias === column)) return;
  }
  if (systemColumns.has(column)) return;
  resolution.problems.push({
    kind: 'unknown_column',
    location,
    column,
    scope,
    relation: undefined,
    comparedWithColumn,
  });
}
