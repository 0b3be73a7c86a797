import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Parser } from '../parser.ts';
import { createColumnCheck } from './check-columns.ts';
import { createDefinitionJudge } from './judge-definition.ts';
import type { CatalogFunction, CatalogRelation, CatalogSnapshot } from './snapshot.ts';
import { createTypeJudge } from './type-problem.ts';
import { type CatalogProblem, type CatalogView, isViewKind, type Judging } from './view.ts';

/** Extensions whose operators only compute. pgvector: distances and comparisons of vectors, in C, without a look at any table. */
const HARMLESS_EXTENSIONS: ReadonlySet<string> = new Set(['vector']);

const keyOf = (schema: string, name: string): string => JSON.stringify([schema, name]);

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Indexes a snapshot for the catalog stage. Definitions of views and domains are judged when they are first met, and remembered. */
export function createCatalogView(snapshot: CatalogSnapshot, policy: CompiledPolicy, parser: Parser): CatalogView {
  const relations = new Map(snapshot.relations.map((relation) => [keyOf(relation.schema, relation.name), relation]));
  const functions = groupBy(snapshot.functions, (item) => item.name);
  const operators = groupBy(snapshot.operators, (item) => item.name);
  const children = groupBy(
    snapshot.relations.flatMap((child) => child.parents.map((parent) => ({ parent, child }))),
    ({ parent }) => keyOf(parent.schema, parent.name),
  );

  function resolve(schema: string | undefined, name: string): CatalogRelation | undefined {
    for (const candidate of schema === undefined ? snapshot.searchPath : [schema]) {
      const relation = relations.get(keyOf(candidate, name));
      if (relation) return relation;
    }
    return undefined;
  }

  function functionsNamed(schema: string | undefined, name: string): readonly CatalogFunction[] {
    const reachable = schema === undefined ? snapshot.searchPath : [schema];
    return (functions.get(name) ?? []).filter((item) => reachable.includes(item.schema));
  }

  const parentsOf = (item: CatalogRelation) =>
    item.parents.map((parent) => relations.get(keyOf(parent.schema, parent.name)));
  const childrenOf = (item: CatalogRelation) =>
    (children.get(keyOf(item.schema, item.name)) ?? []).map(({ child }) => child);

  /** A relation and all that is reached from it step by step. */
  function reached(
    start: CatalogRelation,
    next: (item: CatalogRelation) => readonly (CatalogRelation | undefined)[],
  ): ReadonlySet<CatalogRelation> {
    const found = new Set([start]);
    // A set hands out what is added while it is walked.
    for (const item of found) for (const other of next(item)) if (other) found.add(other);
    return found;
  }

  const foreignTables = snapshot.relations.filter(
    ({ kind, schema, name }) => kind === 'foreign-table' && !policy.tables.foreign.matches(schema, name),
  );
  // A table may have thousands of partitions: upwards from the few foreign ones is the short way.
  const foreignByRelation = new Map(
    foreignTables.flatMap((table) => [...reached(table, parentsOf)].map((item) => [item, table] as const)),
  );

  const family = (relation: CatalogRelation): readonly CatalogRelation[] => [
    ...new Set([...reached(relation, parentsOf), ...reached(relation, childrenOf)]),
  ];

  function denialOf(relation: CatalogRelation, { policy: { tables } }: Judging): CatalogProblem | undefined {
    if (tables.deny.empty) return undefined;
    const denied = family(relation).find(
      (item) => tables.deny.matches(item.schema, item.name) || tables.deny.matches(undefined, item.name),
    );
    if (denied === undefined) return undefined;
    const [shown, other] = [relation, denied].map((item) => `${item.schema}.${item.name}`);
    const message =
      denied === relation
        ? `${shown} is on the policy's list of denied tables`
        : `${shown} shares rows with ${other}, which is on the policy's list of denied tables`;
    return { message };
  }

  const view: CatalogView = {
    snapshot,
    resolve,
    functionsNamed,
    family,
    relationProblem(schema, name, judging) {
      const relation = resolve(schema, name);
      if (!relation) return undefined;
      const shown = `${relation.schema}.${relation.name}`;
      const foreign = foreignByRelation.get(relation);
      if (foreign) {
        const which = foreign === relation ? shown : `${shown} has rows of ${foreign.schema}.${foreign.name}, which`;
        return {
          message: `${which} is a foreign table: READ ONLY does not reach the server behind it`,
          option: foreign === relation ? 'tables.foreign' : `tables.foreign: ['${foreign.schema}.${foreign.name}']`,
        };
      }
      const denied = denialOf(relation, judging);
      if (denied) return denied;
      return isViewKind(relation) ? judgeDefinition(relation, judging.serverVersionNum) : undefined;
    },
    denialOfFamily(schema, name, judging) {
      const relation = resolve(schema, name);
      return relation && denialOf(relation, judging);
    },
    refreshProblem(schema, name, judging) {
      const relation = resolve(schema, name);
      return relation?.definition === undefined
        ? undefined
        : judgeDefinition({ ...relation, kind: 'view' }, judging.serverVersionNum);
    },
    operatorProblem(symbol) {
      const own = (operators.get(symbol) ?? []).find(
        (item) => item.extension === undefined && snapshot.searchPath.includes(item.schema),
      );
      return (
        own &&
        `Operator ${symbol} may mean ${own.schema}.${symbol} of a user, which calls ${own.functionSchema}.${own.functionName}`
      );
    },
    isHarmlessOperator(schema, symbol) {
      const candidates = (operators.get(symbol) ?? []).filter((item) => schema === undefined || item.schema === schema);
      return (
        candidates.length > 0 &&
        candidates.every(
          ({ extension }) =>
            extension !== undefined && (HARMLESS_EXTENSIONS.has(extension) || policy.extensions.names.has(extension)),
        )
      );
    },
    checkColumns: (statement, names) => columns?.(statement, names) ?? { findings: [], uses: [] },
    typeProblem: createTypeJudge(snapshot, policy, parser, resolve, () => view),
  };
  const columns =
    policy.columns.deny.size + policy.columns.mask.size > 0 ? createColumnCheck(policy, view, parser) : undefined;
  const judgeDefinition = createDefinitionJudge(policy, parser, () => view);
  return view;
}
