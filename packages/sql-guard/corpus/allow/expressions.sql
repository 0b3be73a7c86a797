--> select
SELECT CASE country WHEN 'DE' THEN 'Germany' WHEN 'FR' THEN 'France' ELSE country END FROM customers
--> select
SELECT CASE WHEN credit > 100 THEN 'high' WHEN credit > 50 THEN 'mid' END FROM customers
--> select
SELECT coalesce(email, name, ''), nullif(country, 'DE'), greatest(1, 2, 3), least(credit, 5) FROM customers
--> select
SELECT CAST('1' AS int), '1'::int, int '1', float8 '1.5', '2024-01-01'::date, date '2024-01-01'
--> select
SELECT 1::numeric(10, 2), 'x'::varchar(10), 'y'::char(3), 'z'::bpchar, '1'::bit(4), 'f'::"char"
--> select
SELECT interval '1 day', interval '1' day, interval '1-2' year to month, interval '3 4:05:06' day to second(2), interval(3) '1 second'
--> select
SELECT timestamp '2024-01-01 10:00', timestamptz '2024-01-01 10:00+02', time '10:00', timetz '10:00+02', timestamp(3) with time zone '2024-01-01'
--> select
SELECT 1 + 2 * 3 - 4 / 5 % 6, 6 ^ 2, |/ 4, ||/ 8, @ -5, 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 2, 8 >> 1
--> select
SELECT 'a' || 'b' || 1, ARRAY[1] || 2, ARRAY[1] || ARRAY[2], '{"a":1}'::jsonb || '{"b":2}'
--> select
SELECT 1 OPERATOR(pg_catalog.+) 2
--> select
SELECT NOT true, true AND false OR NOT false
--> select
SELECT 1 = 1 IS TRUE, (1 > 2) IS NOT UNKNOWN
--> select
SELECT 5 BETWEEN 1 AND 10, 'a' LIKE 'b', 'a' IN ('a', 'b')
--> select
SELECT now() AT TIME ZONE 'Europe/Berlin', timestamp '2024-01-01' AT TIME ZONE INTERVAL '1:00', now() AT LOCAL
--> select
SELECT extract(epoch FROM now()), extract(dow FROM date '2024-01-01'), date_part('year', now())
--> select
SELECT trim(BOTH 'x' FROM 'xax'), trim(LEADING FROM ' a'), trim(' a '), ltrim('  a'), rtrim('a  '), btrim('xax', 'x')
--> select
SELECT substring('abc' FROM 2 FOR 1), substring('abc' FROM 'b.'), substring('abc' SIMILAR 'a#"_#"_' ESCAPE '#'), substr('abc', 2), position('b' IN 'abc'), overlay('abc' PLACING 'x' FROM 2 FOR 1)
--> select
SELECT collation for ('a'::text), normalize('a'), normalize('a', NFD), 'a' IS NORMALIZED, 'a' IS NFC NORMALIZED
--> select
SELECT treat.v FROM (VALUES (1)) treat (v)
--> select
SELECT 'a' COLLATE "C" < 'b', 'a' COLLATE pg_catalog."C"
--> select
SELECT ROW(1, 2) = ROW(1, 2), ROW(1, NULL) IS NULL, (1, 2) < (1, 3)
--> select
SELECT (ROW(1, 'a')).f1
--> select
SELECT ARRAY[1, 2] = ARRAY[1, 2], 1 = ANY (ARRAY[1]), array_length(ARRAY[1], 1), cardinality(ARRAY[1])
--> select
SELECT '10.0.0.1'::inet + 5, host('10.0.0.1'::inet), '192.168.0.0/16'::cidr
--> select
SELECT point '(1,2)' <-> point '(3,4)', box '((0,0),(1,1))' @> point '(0.5,0.5)', circle '<(0,0),1>'
--> select
SELECT '[1,5)'::int4range, int4range(1, 5) * int4range(3, 8), upper(int4range(1, 5)), '{[1,2)}'::int4multirange
--> select
SELECT $$a$$ || $x$b$x$
--> select
SELECT 12::money, '$5.00'::money
--> select
SELECT b'101' | b'010', get_bit(b'101', 0), '\xDEADBEEF'::bytea, encode('\xdead', 'hex'), decode('dead', 'hex')
--> select
SELECT 'NaN'::float8, 'Infinity'::float8, '-infinity'::timestamp, 'now'::timestamptz, 'today'::date
--> select
SELECT NULL::int, NULL::text[]
--> select
SELECT 'pg_catalog.int4'::regtype, 'customers'::regclass::oid, 'lower(text)'::regprocedure
--> select
SELECT 1.0::real, 1::smallint, 1::bigint, 1::double precision, 1::decimal, true::int
--> select
SELECT 'a'::text::varchar::name
--> select
SELECT xmlelement(name a, xmlattributes(1 AS b), 'c'), xmlforest(1 AS x), xmlconcat('<a/>', '<b/>'), xmlcomment('c'), xmlpi(name php, 'x')
--> select
SELECT xmlparse(CONTENT '<a/>'), xmlserialize(CONTENT '<a/>'::xml AS text), xmlroot('<a/>'::xml, version '1.0', standalone yes), '<a/>'::xml IS DOCUMENT, xmlexists('//a' PASSING CAST('<a/>' AS xml))
--> select
SELECT xmlserialize(DOCUMENT '<a/>'::xml AS text INDENT)
--> select
SELECT * FROM xmltable('/a/b' PASSING (xml '<a><b>1</b></a>') COLUMNS n FOR ORDINALITY, b int PATH '.' NOT NULL, c text DEFAULT 'x')
--> select
SELECT x.b FROM events, xmltable(XMLNAMESPACES('http://x' AS x), '/a' PASSING doc COLUMNS b int PATH 'b') x
--> select
SELECT '{a}'::_text, CAST('{1}' AS _int4range), ARRAY[1]::pg_catalog._int8
--> select
SELECT (1 + 0.05 / 365) ^ (365 * 30), power(1.05, 365), 2 ^ 10, power(10, 18), credit ^ 2, 1e308 FROM customers
