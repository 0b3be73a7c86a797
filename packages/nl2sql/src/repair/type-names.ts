/** Types as PostgreSQL's errors name them. */
export const numberTypes = new Set(['integer', 'bigint', 'smallint', 'numeric', 'real', 'double precision']);
/** Types of text. */
export const textTypes = new Set(['text', 'character varying', 'character', 'name', '"char"']);
/** Types of dates and times. */
export const momentTypes = new Set([
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
]);

const typesElsewhere = Object.fromEntries(
  `signed bigint, unsigned bigint, int64 bigint, long bigint, int32 integer, mediumint integer, tinyint smallint, number numeric,
bignumeric numeric, double double precision, float64 double precision, float32 real, string text, clob text, longtext text,
mediumtext text, tinytext text, ntext text, nvarchar varchar, varchar2 varchar, nvarchar2 varchar, datetime timestamp,
datetime2 timestamp, smalldatetime timestamp, blob bytea, uniqueidentifier uuid`
    .split(/,\s+/)
    .map((pair) => [pair.slice(0, pair.indexOf(' ')), pair.slice(pair.indexOf(' ') + 1)]),
);

/** What another database's type is called here. */
export const typeHere = (name: string): string | undefined =>
  Object.hasOwn(typesElsewhere, name.toLowerCase()) ? typesElsewhere[name.toLowerCase()] : undefined;
