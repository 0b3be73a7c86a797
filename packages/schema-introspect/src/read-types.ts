import { IntrospectionError } from './errors.ts';
import type { Queryable } from './ports.ts';

/** Kinds of type. */
export type TypeKind = 'base' | 'enum' | 'composite' | 'domain' | 'range' | 'multirange' | 'array' | 'pseudo';

/** What a reader of query results must know of a type. */
export interface TypeFact {
  readonly oid: number;
  /** As `format_type` prints it, without modifiers. */
  readonly name: string;
  readonly kind: TypeKind;
  /** Of an array: its elements. */
  readonly elementOid?: number;
  /** Of a domain: the type directly under it; of a range or multirange: the subtype of its bounds. */
  readonly baseOid?: number;
  /** Separates the elements in the text form of an array of this type; `,` for all but `box`. */
  readonly delimiter: string;
}

const KINDS: Readonly<Record<string, TypeKind>> = {
  b: 'base',
  e: 'enum',
  c: 'composite',
  d: 'domain',
  r: 'range',
  m: 'multirange',
  p: 'pseudo',
};

// Elements and base types come along, so that `mood[]` or a domain over an array needs no second question. A type with
// `typelem` is an array in SQL's sense only when its subscripting is the arrays' own: `point` and `name` have one too.
const TYPES_QUERY = `
with recursive wanted(oid) as (
  select pg_catalog.jsonb_array_elements_text($1::jsonb)::oid
  union
  select next.oid
    from wanted w
    join pg_catalog.pg_type t on t.oid = w.oid
    left join pg_catalog.pg_range g on g.rngtypid = t.oid or g.rngmultitypid = t.oid
    cross join lateral (values (t.typelem), (t.typbasetype), (g.rngsubtype)) as next(oid)
   where next.oid <> 0
)
select pg_catalog.json_agg(pg_catalog.json_build_array(
         t.oid::int8, pg_catalog.format_type(t.oid, null), t.typtype, t.typelem::int8, t.typcategory = 'A' and t.typelem <> 0,
         coalesce(nullif(t.typbasetype, 0), g.rngsubtype)::int8, t.typdelim) order by t.oid)::text as "types"
  from pg_catalog.pg_type t
  left join pg_catalog.pg_range g on g.rngtypid = t.oid or g.rngmultitypid = t.oid
 where t.oid in (select oid from wanted)`;

/**
 * Reads what types are, in one query, with everything they are made of (elements, base types, subtypes).
 *
 * @param oids - type oids of a RowDescription; unknown ones are left out of the answer
 * @throws IntrospectionError `INVALID_OPTIONS`, `UNEXPECTED_ANSWER`; errors of PostgreSQL pass through
 */
export async function readTypes(db: Queryable, oids: readonly number[]): Promise<readonly TypeFact[]> {
  if (!Array.isArray(oids) || oids.some((oid) => !Number.isInteger(oid) || oid < 0 || oid > 0xffffffff)) {
    throw new IntrospectionError('INVALID_OPTIONS', 'readTypes() takes type oids: whole numbers from 0 to 4294967295.');
  }
  if (oids.length === 0) return [];
  const { rows } = await db.query<{ types: string | null }>(TYPES_QUERY, [JSON.stringify(oids)]);
  const parsed: unknown = JSON.parse(rows[0]?.types ?? '[]');
  if (!Array.isArray(parsed)) throw new IntrospectionError('UNEXPECTED_ANSWER', 'The query for types gave no list.');
  return parsed.map(parseType);
}

type TypeRow = [
  oid: number,
  name: string,
  kind: string,
  element: number,
  array: boolean,
  base: number | null,
  delimiter: string,
];

function parseType([oid, name, kind, element, array, base, delimiter]: TypeRow): TypeFact {
  return Object.freeze({
    oid,
    name,
    kind: array ? 'array' : (KINDS[kind] ?? 'base'),
    ...(array ? { elementOid: element } : {}),
    ...(base === null ? {} : { baseOid: base }),
    delimiter,
  });
}
