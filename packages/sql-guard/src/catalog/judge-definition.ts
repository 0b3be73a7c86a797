import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Finding } from '../finding.ts';
import { createJudgement } from '../judgement.ts';
import { isParserError, type Parser } from '../parser.ts';
import { walkStatement } from '../walk.ts';
import type { CatalogRelation } from './snapshot.ts';
import type { CatalogProblem, CatalogView } from './view.ts';

/** Judges SQL that the database holds (a view, a check of a domain) by the rules for texts from outside. */
export function judgeStored(
  sql: string,
  policy: CompiledPolicy,
  serverVersionNum: number,
  parser: Parser,
  view: CatalogView,
): readonly Finding[] {
  const tree = parser.parse(sql);
  const [statement, second] = isParserError(tree) ? [] : tree.stmts;
  if (!statement || second)
    return [{ code: 'syntax', node: 'ParseResult', message: 'its definition cannot be read', location: 0 }];
  const judgement = createJudgement(policy, serverVersionNum, storedView(view));
  walkStatement(statement.stmt, judgement);
  return judgement.findings;
}

/** In definitions printed under an empty path an unqualified name cannot mean an object of a user. */
function storedView(view: CatalogView): CatalogView {
  if (view.snapshot.definitionsQualified !== true) return view;
  return {
    ...view,
    resolve: (schema, name) => (schema === undefined ? undefined : view.resolve(schema, name)),
    functionsNamed: (schema, name) => (schema === undefined ? [] : view.functionsNamed(schema, name)),
    operatorProblem: () => undefined,
  };
}

/** Views of PostGIS, which list the tables that the reader may see, and what they ask for that. */
const postgisViews: ReadonlySet<string> = new Set(['geometry_columns', 'geography_columns']);
const askedByPostgis: ReadonlySet<string> = new Set(['has_table_privilege', 'pg_is_other_temp_schema']);

/** Judges views through their definitions, recursively, each once. */
export function createDefinitionJudge(
  policy: CompiledPolicy,
  parser: Parser,
  view: () => CatalogView,
): (relation: CatalogRelation, serverVersionNum: number) => CatalogProblem | undefined {
  const known = new Map<string, CatalogProblem | undefined>();
  // A view that the policy names without a star is trusted to show what it shows; what the policy denies stays denied inside it.
  const named: CompiledPolicy = { ...policy, tables: { ...policy.tables, restricted: false } };

  return (relation, serverVersionNum) => {
    const key = JSON.stringify([relation.kind, relation.schema, relation.name, serverVersionNum]);
    if (known.has(key)) return known.get(key);
    // Views cannot contain themselves; the entry only keeps a wrong snapshot from recursing for ever.
    known.set(key, { message: `${relation.schema}.${relation.name} contains itself` });
    const { allow } = policy.tables;
    const exact =
      allow.matchesExactly(relation.schema, relation.name) ||
      // A bare name means the view that it finds, and no other of that name.
      (allow.matchesExactly(undefined, relation.name) &&
        view().resolve(undefined, relation.name)?.schema === relation.schema);
    const findings = judgeStored(relation.definition ?? '', exact ? named : policy, serverVersionNum, parser, view());
    const ofPostgis = policy.extensions.names.has('postgis') && postgisViews.has(relation.name);
    const finding = findings.find(({ code, name }) => {
      if (ofPostgis && code === 'function' && name !== undefined && askedByPostgis.has(name)) return false;
      // A materialized view holds rows, and reading them runs nothing.
      return relation.kind === 'view' || code === 'relation' || code === 'syntax';
    });
    const problem = finding && {
      message: `the view ${relation.schema}.${relation.name} is refused for what it contains: ${finding.message}`,
      ...(finding.option === undefined ? {} : { option: finding.option }),
    };
    known.set(key, problem);
    return problem;
  };
}
