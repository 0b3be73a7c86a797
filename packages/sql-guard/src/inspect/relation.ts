import { builtins } from '../builtins.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { isCteName } from '../scope.ts';
import { isSecretCatalog, isSecretExtensionView } from '../secret-catalogs.ts';
import { isFields, locationOf, textOf } from '../tree.ts';
import type { Inspector } from './inspector.ts';

/** Places where a RangeVar is read, and where its name may be that of a common table expression. Everywhere else it is written. */
const readingFields: ReadonlySet<string> = new Set([
  'SelectStmt.fromClause',
  'JoinExpr.larg',
  'JoinExpr.rarg',
  'RangeTableSample.relation',
  'UpdateStmt.fromClause',
  'DeleteStmt.usingClause',
  'MergeStmt.sourceRelation',
]);

/** Places that read a relation but cannot see common table expressions. */
const definingFields: ReadonlySet<string> = new Set([
  'TableLikeClause.relation',
  'CreateStatsStmt.relations',
  'Constraint.pktable',
]);

/** Of these, the ones that leave something behind at the relation: triggers of a foreign key, statistics. */
const attachingFields: ReadonlySet<string> = new Set(['CreateStatsStmt.relations', 'Constraint.pktable']);

/**
 * Places whose relation is written row by row: through a view or a partition the rows of others are changed, and RETURNING reads them.
 * An index computes with the rows, and says which of them fail or are alike; a right to a view is one to what it shows.
 */
const changingFields: ReadonlySet<string> = new Set([
  'GrantStmt.objects',
  'IndexStmt.relation',
  'InsertStmt.relation',
  'UpdateStmt.relation',
  'DeleteStmt.relation',
  'MergeStmt.relation',
  'TruncateStmt.relations',
]);

const systemSchemas: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema']);
const monitoringHint = 'Use the monitoring tools, which read the server state with queries of their own.';

/** Judges RangeVar: which relation, read or written, and whether the policy lets it be. */
export const inspectRelation: Inspector = ({ fields, place, scope }, judgement) => {
  // FOR UPDATE OF names aliases of the FROM list.
  if (place === 'LockingClause.lockedRels') return;
  const schema = textOf(fields['schemaname']);
  const name = textOf(fields['relname']) ?? '';
  const reading = readingFields.has(place);
  if (reading && schema === undefined && isCteName(scope, name)) return;
  const access = reading || definingFields.has(place) ? 'read' : 'write';
  const location = locationOf(fields);
  judgement.relations.push({ schema, name, access, location });
  const alias = isFields(fields['alias']) ? textOf(fields['alias']['aliasname']) : undefined;
  judgement.rangeNames.push({ alias: alias ?? name, schema, name });
  if (fields['relpersistence'] === 't') {
    refuse(judgement, {
      code: 'relation',
      node: 'RangeVar',
      name,
      message: 'A temporary relation would live on in the session, which is shared by later statements',
      location,
    });
  }
  // A new materialized view would be judged by the SELECT that it is; this one has been made by somebody, and runs again.
  const problem =
    place === 'RefreshMatViewStmt.relation' ? judgement.catalog?.refreshProblem(schema, name, judgement) : undefined;
  if (problem !== undefined) refuse(judgement, { ...findingOn(schema, name, location), ...problem });
  const judgedAccess = attachingFields.has(place) ? 'write' : access;
  checkRelation(judgement, schema, name, judgedAccess, location, access === 'read' || changingFields.has(place));
};

/**
 * Judges one relation by name; also used for the name lists of DROP, COMMENT and RENAME.
 *
 * @param reachesRows whether rows behind the relation are read or changed, so that what a view contains counts too
 */
export function checkRelation(
  judgement: Judgement,
  schema: string | undefined,
  name: string,
  access: 'read' | 'write',
  location: number,
  reachesRows = access === 'read',
): void {
  if (schema?.startsWith('pg_temp') || schema?.startsWith('pg_toast')) {
    const finding = findingOn(schema, name, location);
    refuse(judgement, {
      ...finding,
      message: `${finding.name} is in a schema of the server's own for temporary or stored-aside data`,
    });
    return;
  }
  if (judgement.catalog) {
    const { relationProblem, denialOfFamily } = judgement.catalog;
    const problem = (reachesRows ? relationProblem : denialOfFamily)(schema, name, judgement);
    if (problem !== undefined) {
      refuse(judgement, {
        ...findingOn(schema, name, location),
        message: problem.message,
        ...(problem.option ? { option: problem.option } : {}),
      });
      return;
    }
  }
  const system = systemSchema(schema, name);
  if (system !== undefined) checkSystemRelation(judgement, system, name, access, findingOn(schema, name, location));
  else if (isSecretExtensionView(name) && !judgement.policy.tables.allow.matches(schema, name)) {
    const finding = findingOn(schema, name, location);
    refuse(judgement, {
      ...finding,
      message: `${finding.name} shows the statements or data of others`,
      option: 'tables.allow',
      hint: monitoringHint,
    });
  } else if (access === 'write' && name.startsWith('pg_') && schema === undefined) {
    const finding = findingOn(schema, name, location);
    refuse(judgement, {
      ...finding,
      message: `Names that begin with pg_ belong to the server; ${finding.name} cannot be changed`,
    });
  } else if (!judgement.catalog?.resolve(schema, name)) {
    judgement.needsCatalog = true;
    // A server that is newer than this guard may have it in pg_catalog, which comes first.
    if (schema === undefined && name.startsWith('pg_') && !judgement.policy.tables.allow.matches(schema, name)) {
      refuse(judgement, {
        ...findingOn(schema, name, location),
        message: `${name} is not a catalog of the PostgreSQL versions that this guard knows`,
        option: 'tables.allow',
        hint: 'Write the schema before the name of a table of the application.',
      });
    }
  }
  checkTableLists(judgement, schema, name, location);
}

interface RelationFinding {
  readonly code: 'relation';
  readonly node: 'RangeVar';
  readonly name: string;
  readonly location: number;
}

const findingOn = (schema: string | undefined, name: string, location: number): RelationFinding => ({
  code: 'relation',
  node: 'RangeVar',
  name: schema === undefined ? name : `${schema}.${name}`,
  location,
});

/** The system schema that a name is found in: `pg_catalog` comes first for unqualified names. */
function systemSchema(schema: string | undefined, name: string): string | undefined {
  if (schema !== undefined) return systemSchemas.has(schema) ? schema : undefined;
  return builtins.hasRelation('pg_catalog', name) || isSecretCatalog(name) ? 'pg_catalog' : undefined;
}

function checkSystemRelation(
  judgement: Judgement,
  schema: string,
  name: string,
  access: 'read' | 'write',
  finding: RelationFinding,
): void {
  if (access === 'write') {
    refuse(judgement, { ...finding, message: `${finding.name} belongs to the server and cannot be changed` });
    return;
  }
  if (isSecretCatalog(name) && !judgement.policy.catalogs.has(name)) {
    refuse(judgement, {
      ...finding,
      message: `${finding.name} holds secrets, samples of data, code or the state of other sessions`,
      option: 'catalogs.allow',
      hint: monitoringHint,
    });
  } else if (!builtins.hasRelation(schema, name)) {
    refuse(judgement, {
      ...finding,
      message: `${finding.name} is not a catalog of the PostgreSQL versions that this guard knows`,
    });
  }
}

/** Schemas that the server may find a name in: the written one, the one that the catalog knows, or all of the search path. */
function candidateSchemas(judgement: Judgement, schema: string | undefined, name: string): readonly string[] {
  if (schema !== undefined) return [schema];
  if (builtins.hasRelation('pg_catalog', name)) return ['pg_catalog'];
  const resolved = judgement.catalog?.resolve(undefined, name)?.schema;
  return resolved === undefined ? (judgement.catalog?.snapshot.searchPath ?? judgement.policy.searchPath) : [resolved];
}

/** Whether the name finds this table without its schema too. */
function isFoundBare({ catalog, policy }: Judgement, schema: string | undefined, name: string): boolean {
  if (schema === undefined) return true;
  const found = catalog?.resolve(undefined, name)?.schema;
  return found === undefined ? (catalog?.snapshot.searchPath ?? policy.searchPath).includes(schema) : found === schema;
}

function checkTableLists(judgement: Judgement, schema: string | undefined, name: string, location: number): void {
  const { allow, deny, restricted } = judgement.policy.tables;
  if (deny.empty && !restricted) return;
  const finding = findingOn(schema, name, location);
  const shown = finding.name;
  const candidates = candidateSchemas(judgement, schema, name);
  if (deny.matches(undefined, name) || candidates.some((candidate) => deny.matches(candidate, name))) {
    refuse(judgement, { ...finding, message: `${shown} is on the policy's list of denied tables` });
    return;
  }
  if (!restricted) return;
  // A bare name in the list stands for the table that an unqualified name finds.
  const bare = allow.matches(undefined, name) && isFoundBare(judgement, schema, name);
  const listed = candidates.length > 0 && candidates.every((candidate) => allow.matches(candidate, name));
  if (!bare && !listed) {
    refuse(judgement, {
      ...finding,
      message: `${shown} is not on the policy's list of tables`,
      option: 'tables.allow',
      ...(schema === undefined && allow.couldMatch(name) ? { hint: 'Write the schema before the name.' } : {}),
    });
  }
}
