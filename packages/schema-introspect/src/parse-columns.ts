import type { ColumnTypeRow, StatisticsRow } from './catalog-row.ts';
import { type Draft, frozenList, getOrAdd, put, rowsBy, rowsOf } from './columnar.ts';
import type { Facts } from './facts.ts';
import type { TypeRow } from './object-row.ts';
import type { Column, ColumnStatistics } from './schema.ts';
import type { UserTypeName } from './schema-objects.ts';

/** What a type is underneath: the end of a chain of arrays and domains. */
interface TypeFacts {
  readonly type: string;
  readonly elementType: string | undefined;
  readonly domainBaseType: string | undefined;
  readonly enumLabels: readonly string[] | undefined;
  readonly userType: UserTypeName | undefined;
  /** A domain of the chain refuses NULL. */
  readonly notNull: boolean;
}

/** A parser of the columns of one relation. Equal names and types are one string over the whole catalog. */
export function createColumnParser(facts: Facts): (relation: number) => readonly Column[] {
  const { answer } = facts;
  const describeType = createTypeDescriber(facts);
  const defaults = rowsBy(answer.defaults, 'relation');
  const hidden = rowsBy(answer.hiddenColumns, 'relation');
  const statistics = rowsBy(answer.statistics, 'relation');
  const names = new Map<string, string>();
  const intern = (name: string): string => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, name);
    return name;
  };

  const { columns } = answer;
  return (relation) => {
    const expressions = defaults.get(relation);
    const hiddenRows = hidden.get(relation);
    const statisticsRows = statistics.get(relation);
    const parsed: Column[] = [];
    for (const place of facts.columnPlaces(relation)) {
      const type = describeType(columns.typeOid[place] ?? 0, columns.typeModifier[place] ?? -1);
      const position = columns.position[place] ?? 0;
      const column: Draft<Column> = {
        name: intern(columns.name[place] ?? ''),
        position,
        type: type.type,
        typeOid: columns.typeOid[place] ?? 0,
        nullable: !(columns.notNull[place] || type.notNull),
      };
      const generated = columns.generated[place];
      const identity = columns.identity[place];
      const expression = expressions?.find((row) => row.position === position)?.expression ?? undefined;
      if (generated && expression !== undefined) {
        column.generated = Object.freeze({ expression, stored: generated === 's' });
      } else if (expression !== undefined) column.default = intern(expression);
      if (identity) column.identity = identity === 'a' ? 'always' : 'by default';
      put(column, 'comment', facts.comment('pg_class', relation, position));
      put(column, 'userType', type.userType);
      put(column, 'enumLabels', type.enumLabels);
      put(column, 'domainBaseType', type.domainBaseType);
      put(column, 'elementType', type.elementType);
      if (hiddenRows?.some((row) => row.position === position)) column.selectable = false;
      const known = statisticsRows?.find((row) => row.column === column.name);
      if (known) column.statistics = parseStatistics(known);
      parsed.push(Object.freeze(column));
    }
    return frozenList(parsed);
  };
}

function parseStatistics({ distinct, nullFraction, commonValues }: StatisticsRow): ColumnStatistics {
  const values = (commonValues ?? []).slice(0, MAX_COMMON_VALUES).map(String);
  return Object.freeze({ distinct, nullFraction, commonValues: frozenList(values) });
}

const MAX_COMMON_VALUES = 10;

/** The names of a type that did not come with the server. */
export function userTypeOf(
  schema: string | null | undefined,
  name: string | null | undefined,
): UserTypeName | undefined {
  return schema && name ? Object.freeze({ schema, name }) : undefined;
}

/** A domain and the domains under it, outermost first; for another type just that type. */
function domainChain(types: ReadonlyMap<number, TypeRow>, type: TypeRow): readonly TypeRow[] {
  const chain = [type];
  for (let below = types.get(type.baseOid); below?.kind === 'd'; below = types.get(below.baseOid)) chain.push(below);
  return chain;
}

/** The type under a whole chain of domains. */
export function baseTypeOf(types: ReadonlyMap<number, TypeRow>, domain: TypeRow): string {
  return domainChain(types, domain).at(-1)?.underlyingType ?? domain.name;
}

function createTypeDescriber(facts: Facts): (typeOid: number, typeModifier: number) => TypeFacts {
  const { answer } = facts;
  const formatted = rowsBy(answer.columnTypes, 'typeOid');
  const types = new Map(rowsOf(answer.types).map((row) => [row.oid, row]));
  const elements = new Map(rowsOf(answer.types).map((row) => [row.arrayOid, row]));
  const labels = new Map<number, readonly string[]>();
  for (const [oid, [row]] of rowsBy(answer.enumLabels, 'type')) if (row) labels.set(oid, frozenList(row.labels));

  // Arrays of domains over arrays of enums are legal: walk until neither applies.
  const enumUnder = (oid: number): readonly string[] | undefined => {
    let current = oid;
    for (;;) {
      const found = labels.get(current);
      if (found) return found;
      const element = elements.get(current);
      const type = types.get(current);
      if (element) current = element.oid;
      else if (type?.kind === 'd') current = type.baseOid;
      else return undefined;
    }
  };

  const describe = (row: ColumnTypeRow | undefined, oid: number): TypeFacts => {
    const type = types.get(oid);
    return {
      type: row?.type ?? `type ${oid}`,
      elementType: row?.elementType ?? undefined,
      domainBaseType: type?.kind === 'd' ? baseTypeOf(types, type) : undefined,
      enumLabels: enumUnder(oid),
      userType: userTypeOf(row?.userSchema, row?.userName),
      notNull: type !== undefined && domainChain(types, type).some((domain) => domain.notNull),
    };
  };

  // By number and not by a text made of both: this runs for every column of the catalog.
  const described = new Map<number, Map<number, TypeFacts>>();
  return (typeOid, typeModifier) => {
    const byModifier = getOrAdd(described, typeOid, () => new Map<number, TypeFacts>());
    return getOrAdd(byModifier, typeModifier, () =>
      describe(
        formatted.get(typeOid)?.find((row) => row.typeModifier === typeModifier),
        typeOid,
      ),
    );
  };
}
