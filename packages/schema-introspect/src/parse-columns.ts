import type { ColumnRow, ColumnTypeRow, TypeRow } from './catalog-row.ts';
import { type Draft, frozenList, put, rowsBy, rowsOf } from './columnar.ts';
import type { Facts } from './facts.ts';
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
  const defaults = new Map<string, string>();
  for (const row of rowsOf(answer.defaults)) defaults.set(`${row.relation} ${row.position}`, row.expression);
  const hidden = new Set(rowsOf(answer.hiddenColumns).map((row) => `${row.relation} ${row.position}`));
  const statistics = new Map<string, ColumnStatistics>();
  for (const row of rowsOf(answer.statistics)) {
    const { distinct, nullFraction } = row;
    const commonValues = frozenList((row.commonValues ?? []).slice(0, 10).map(String));
    statistics.set(`${row.relation} ${row.column}`, Object.freeze({ distinct, nullFraction, commonValues }));
  }
  const names = new Map<string, string>();
  const intern = (name: string): string => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, name);
    return name;
  };

  return (relation) =>
    frozenList(
      facts.columnRows(relation).map((row) => {
        const type = describeType(row);
        const column: Draft<Column> = {
          name: intern(row.name),
          position: row.position,
          type: type.type,
          typeOid: row.typeOid,
          nullable: !(row.notNull || type.notNull),
        };
        const key = `${relation} ${row.position}`;
        const expression = defaults.get(key);
        if (row.generated !== '' && expression !== undefined) {
          column.generated = Object.freeze({ expression, stored: row.generated === 's' });
        } else put(column, 'default', expression);
        if (row.identity !== '') column.identity = row.identity === 'a' ? 'always' : 'by default';
        put(column, 'comment', facts.comment('pg_class', relation, row.position));
        put(column, 'userType', type.userType);
        put(column, 'enumLabels', type.enumLabels);
        put(column, 'domainBaseType', type.domainBaseType);
        put(column, 'elementType', type.elementType);
        if (hidden.has(key)) column.selectable = false;
        put(column, 'statistics', statistics.get(`${relation} ${row.name}`));
        return Object.freeze(column);
      }),
    );
}

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

function createTypeDescriber(facts: Facts): (column: ColumnRow) => TypeFacts {
  const { answer } = facts;
  const formatted = new Map<string, ColumnTypeRow>();
  for (const row of rowsOf(answer.columnTypes)) formatted.set(`${row.typeOid} ${row.typeModifier}`, row);
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

  const described = new Map<string, TypeFacts>();
  return (column) => {
    const key = `${column.typeOid} ${column.typeModifier}`;
    const known = described.get(key);
    if (known) return known;
    const row = formatted.get(key);
    const type = types.get(column.typeOid);
    const result: TypeFacts = {
      type: row?.type ?? `type ${column.typeOid}`,
      elementType: row?.elementType ?? undefined,
      domainBaseType: type?.kind === 'd' ? baseTypeOf(types, type) : undefined,
      enumLabels: enumUnder(column.typeOid),
      userType: userTypeOf(row?.userSchema, row?.userName),
      notNull: type !== undefined && domainChain(types, type).some((domain) => domain.notNull),
    };
    described.set(key, result);
    return result;
  };
}
