import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Parser } from '../parser.ts';
import type { CatalogSnapshot } from './snapshot.ts';
import type { CatalogView } from './view.ts';

/** Indexes a snapshot for the catalog stage. */
export function createCatalogView(snapshot: CatalogSnapshot, _policy: CompiledPolicy, _parser: Parser): CatalogView {
  const schemasByRelation = new Map<string, Set<string>>();
  for (const { schema, name } of snapshot.relations) {
    const schemas = schemasByRelation.get(name) ?? new Set();
    schemasByRelation.set(name, schemas.add(schema));
  }
  return {
    snapshot,
    resolveSchema: (name) => snapshot.searchPath.find((schema) => schemasByRelation.get(name)?.has(schema)),
    relationProblem: () => undefined,
    allowedFunction: () => undefined,
    operatorProblem: () => undefined,
    typeProblem: (schema, name) => `Type ${schema === undefined ? name : `${schema}.${name}`} is not PostgreSQL's own`,
    attributeProblem: (name) => `.${name} may be the call of a function`,
  };
}
