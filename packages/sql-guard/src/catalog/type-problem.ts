import { builtins } from '../builtins.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Parser } from '../parser.ts';
import { judgeStored } from './judge-definition.ts';
import type { CatalogRelation, CatalogSnapshot, CatalogType } from './snapshot.ts';
import type { CatalogView } from './view.ts';

/** Says why a type must not be named: reading text as a value of it, or casting to it, would run code of a user. */
export function createTypeJudge(
  snapshot: CatalogSnapshot,
  policy: CompiledPolicy,
  parser: Parser,
  resolve: (schema: string | undefined, name: string) => CatalogRelation | undefined,
  view: () => CatalogView,
): (schema: string | undefined, name: string) => string | undefined {
  const known = new Map<CatalogType, string | undefined>();
  const usedTypes = new Set(
    snapshot.relations.flatMap(({ columns }) => columns.map(({ typeSchema, typeName }) => `${typeSchema}.${typeName}`)),
  );

  function find(schema: string | undefined, name: string): CatalogType | undefined {
    for (const candidate of schema === undefined ? snapshot.searchPath : [schema]) {
      const type = snapshot.types.find((item) => item.schema === candidate && item.name === name);
      if (type) return type;
    }
    return undefined;
  }

  const userCasts = snapshot.casts.filter(
    (item) =>
      item.functionName !== undefined &&
      item.functionSchema !== 'pg_catalog' &&
      !snapshot.functions.some(
        (fn) => fn.schema === item.functionSchema && fn.name === item.functionName && fn.extension !== undefined,
      ),
  );

  /** A cast with a user's function runs when its source can appear: in a column, or as a value of PostgreSQL's own types. */
  function castProblem(schema: string, name: string): string | undefined {
    const cast = userCasts.find(
      (item) =>
        item.targetSchema === schema &&
        item.targetName === name &&
        (item.sourceSchema === 'pg_catalog' || usedTypes.has(`${item.sourceSchema}.${item.sourceName}`)),
    );
    return cast && `a cast to ${schema}.${name} calls ${cast.functionSchema}.${cast.functionName} of a user`;
  }

  /** A source that no column has appears only when the statement names it. */
  function sourceProblem({ schema, name }: CatalogType): string | undefined {
    const cast = userCasts.find((item) => item.sourceSchema === schema && item.sourceName === name);
    return cast && `a value of ${schema}.${name} can be cast by ${cast.functionSchema}.${cast.functionName} of a user`;
  }

  function partProblem(schema: string, name: string): string | undefined {
    const bare = name.startsWith('_') ? name.slice(1) : name;
    if (schema === 'pg_catalog')
      return builtins.isType(bare) ? undefined : `pg_catalog.${name} is not a type for values`;
    if (schema === 'information_schema') return undefined;
    const type = find(schema, name) ?? find(schema, bare);
    return type ? judge(type) : `type ${schema}.${name} is not known`;
  }

  function judge(type: CatalogType): string | undefined {
    if (known.has(type)) return known.get(type);
    known.set(type, undefined);
    const problem = judgeOnce(type) ?? castProblem(type.schema, type.name) ?? sourceProblem(type);
    known.set(type, problem);
    return problem;
  }

  function judgeOnce(type: CatalogType): string | undefined {
    const shown = `${type.schema}.${type.name}`;
    switch (type.kind) {
      case 'enum':
        return undefined;
      case 'domain':
        for (const check of type.checks ?? []) {
          const [finding] = judgeStored(`SELECT ${check}`, policy, policy.serverVersionNum, parser, view());
          if (finding) return `domain ${shown} checks its values with code that is refused: ${finding.message}`;
        }
        return partProblem(type.baseSchema ?? '', type.baseName ?? '');
      case 'composite':
        for (const attribute of type.attributes ?? []) {
          const problem = partProblem(attribute.typeSchema, attribute.typeName);
          if (problem) return problem;
        }
        return undefined;
      case 'range':
      case 'multirange':
        return type.extension === undefined && type.baseName !== undefined
          ? partProblem(type.baseSchema ?? '', type.baseName)
          : undefined;
      default:
        return type.extension === undefined ? `type ${shown} is read by code of a user` : undefined;
    }
  }

  return (schema, name) => {
    const type = find(schema, name);
    if (type) return judge(type);
    if (schema === 'pg_catalog' || (schema === undefined && builtins.isType(name)))
      return castProblem('pg_catalog', name);
    // The row type of a table: its values are read as those of its columns.
    const relation = resolve(schema, name);
    if (!relation)
      return `Type ${schema === undefined ? name : `${schema}.${name}`} is not PostgreSQL's own, and the catalog does not know it`;
    for (const column of relation.columns) {
      const problem = partProblem(column.typeSchema, column.typeName);
      if (problem) return problem;
    }
    return undefined;
  };
}
