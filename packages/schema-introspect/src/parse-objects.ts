import type { CatalogAnswer } from './catalog-row.ts';
import { type Draft, frozenList, put, rowsBy, rowsOf } from './columnar.ts';
import type { CatalogName, Facts } from './facts.ts';
import type {
  AttributeRow,
  CastRow,
  DomainCheckRow,
  FunctionRow,
  OperatorRow,
  SequenceRow,
  TypeRow,
} from './object-row.ts';
import { baseTypeOf, userTypeOf } from './parse-columns.ts';
import type { CheckConstraint } from './schema-constraints.ts';
import type {
  BaseType,
  CompositeType,
  DatabaseFunction,
  DomainType,
  EnumType,
  Extension,
  RangeType,
  Sequence,
  UserCast,
  UserOperator,
} from './schema-objects.ts';

interface Described {
  comment?: string;
  extension?: string;
}

function describe<Value extends Described>(
  facts: Facts,
  catalog: CatalogName,
  oid: number,
  value: Value,
): Readonly<Value> {
  put<Described, 'comment'>(value, 'comment', facts.comment(catalog, oid));
  put<Described, 'extension'>(value, 'extension', facts.extension(catalog, oid));
  return Object.freeze(value);
}

/** User-defined types by kind. */
export interface ParsedTypes {
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly composites: readonly CompositeType[];
  readonly ranges: readonly RangeType[];
  readonly baseTypes: readonly BaseType[];
}

/** All user-defined types, sorted into their kinds. */
export function parseTypes(facts: Facts): ParsedTypes {
  const { answer } = facts;
  const rows = rowsOf(answer.types);
  const byOid = new Map(rows.map((row) => [row.oid, row]));
  const labels = rowsBy(answer.enumLabels, 'type');
  const attributes = rowsBy(answer.attributes, 'type');
  const checks = rowsBy(answer.domainChecks, 'type');
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const names = (row: TypeRow) => ({ oid: row.oid, schema: row.schema, name: row.name });

  return {
    enums: frozenList(
      of('e').map((row) =>
        describe<Draft<EnumType>>(facts, 'pg_type', row.oid, {
          ...names(row),
          labels: frozenList(labels.get(row.oid)?.[0]?.labels),
        }),
      ),
    ),
    domains: frozenList(
      of('d').map((row) => {
        const domain: Draft<DomainType> = {
          ...names(row),
          underlyingType: row.underlyingType ?? '',
          baseType: baseTypeOf(byOid, row),
          notNull: row.notNull,
          checks: frozenList((checks.get(row.oid) ?? []).map(parseDomainCheck)),
        };
        put(domain, 'default', row.default);
        put(domain, 'underlyingUserType', userTypeOf(row.userSchema, row.userName));
        return describe(facts, 'pg_type', row.oid, domain);
      }),
    ),
    composites: frozenList(
      of('c').map((row) =>
        describe<Draft<CompositeType>>(facts, 'pg_type', row.oid, {
          ...names(row),
          attributes: frozenList((attributes.get(row.oid) ?? []).map(parseAttribute)),
        }),
      ),
    ),
    ranges: frozenList(
      of('r').map((row) => {
        const range: Draft<RangeType> = { ...names(row), subtype: row.underlyingType ?? '' };
        put(range, 'subtypeUserType', userTypeOf(row.userSchema, row.userName));
        put(range, 'multirange', row.multirange);
        return describe(facts, 'pg_type', row.oid, range);
      }),
    ),
    baseTypes: frozenList(of('b').map((row) => describe<Draft<BaseType>>(facts, 'pg_type', row.oid, names(row)))),
  };
}

function parseDomainCheck({ name, expression, validated }: DomainCheckRow): CheckConstraint {
  const check: Draft<CheckConstraint> = { name, expression: expression ?? '' };
  if (!validated) check.notValidated = true;
  return Object.freeze(check);
}

function parseAttribute(row: AttributeRow): CompositeType['attributes'][number] {
  const attribute: Draft<CompositeType['attributes'][number]> = { name: row.name, type: row.attributeType };
  put(attribute, 'userType', userTypeOf(row.userSchema, row.userName));
  return Object.freeze(attribute);
}

const FUNCTION_KINDS: Readonly<Record<string, DatabaseFunction['kind']>> = {
  f: 'function',
  p: 'procedure',
  a: 'aggregate',
  w: 'window',
};
const VOLATILITIES: Readonly<Record<string, DatabaseFunction['volatility']>> = {
  i: 'immutable',
  s: 'stable',
  v: 'volatile',
};

/** A function, procedure, aggregate or window function. */
export function parseFunction(facts: Facts, row: FunctionRow): DatabaseFunction {
  const value: Draft<DatabaseFunction> = {
    oid: row.oid,
    schema: row.schema,
    name: row.name,
    kind: FUNCTION_KINDS[row.kind] ?? 'function',
    arguments: row.arguments ?? '',
    argumentTypes: frozenList(row.argumentTypes),
    language: row.language,
    // An unknown letter counts as the most dangerous.
    volatility: VOLATILITIES[row.volatility] ?? 'volatile',
    strict: row.strict,
    securityDefiner: row.securityDefiner,
    settings: frozenList(row.settings),
    owner: row.owner,
    executable: row.executable,
  };
  put(value, 'result', row.result);
  return describe(facts, 'pg_proc', row.oid, value);
}

/** A sequence, with the column that owns it. */
export function parseSequence(facts: Facts, row: SequenceRow): Sequence {
  const { oid, ownerSchema, ownerTable, ownerColumn, ...facets } = row;
  const value: Draft<Sequence> = facets;
  if (ownerSchema !== null && ownerTable !== null && ownerColumn !== null) {
    value.ownedBy = Object.freeze({ schema: ownerSchema, table: ownerTable, column: ownerColumn });
  }
  return describe(facts, 'pg_class', oid, value);
}

/** An operator outside the system schemas. */
export function parseOperator(facts: Facts, row: OperatorRow): UserOperator {
  const value: Draft<UserOperator> = {
    schema: row.schema,
    name: row.name,
    right: row.right,
    result: row.result,
    function: Object.freeze({ schema: row.functionSchema, name: row.functionName }),
  };
  put(value, 'left', row.left);
  return describe(facts, 'pg_operator', row.oid, value);
}

const CAST_CONTEXTS: Readonly<Record<string, UserCast['context']>> = { e: 'explicit', a: 'assignment', i: 'implicit' };
const CAST_METHODS: Readonly<Record<string, UserCast['method']>> = {
  f: 'function',
  i: 'input and output',
  b: 'binary',
};

/** A cast that did not come with the server. */
export function parseCast(facts: Facts, row: CastRow): UserCast {
  const value: Draft<UserCast> = {
    source: row.source,
    target: row.target,
    context: CAST_CONTEXTS[row.context] ?? 'implicit',
    method: CAST_METHODS[row.method] ?? 'function',
  };
  put(value, 'sourceUserType', userTypeOf(row.sourceUserSchema, row.sourceUserName));
  put(value, 'targetUserType', userTypeOf(row.targetUserSchema, row.targetUserName));
  if (row.functionSchema !== null && row.functionName !== null) {
    value.function = Object.freeze({ schema: row.functionSchema, name: row.functionName });
  }
  return describe(facts, 'pg_cast', row.oid, value);
}

/** The installed extensions. */
export function parseExtensions(facts: Facts, answer: CatalogAnswer): readonly Extension[] {
  return frozenList(
    rowsOf(answer.extensions).map((row) => {
      const value: Draft<Extension> = { name: row.name, version: row.version, schema: row.schema };
      put(value, 'comment', facts.comment('pg_extension', row.oid));
      return Object.freeze(value);
    }),
  );
}
