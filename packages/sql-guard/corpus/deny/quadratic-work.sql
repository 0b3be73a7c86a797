--> size FuncCall 1:8
SELECT xpath('//a[count(//a[count(//a)>count(//b)])>1]', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('//a[//a[//a[//a]]]', ('<r>' || repeat('<a/>', 3000) || '</r>')::xml)
--> size FuncCall 1:8
SELECT xpath('//*[count(//*[count(//*)>0])>0]', doc) FROM events
--> size FuncCall 1:8
SELECT xpath_exists('//a[.//b[//c]]' || '[//d]', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/' || '/a[//' || name || '[//b]]', '<a/>') FROM customers
--> size FuncCall 1:8
SELECT xpath(concat('//a[', repeat('//*[', 9), repeat(']', 9), ']'), doc) FROM events
--> size RangeTableFunc 1:15
SELECT * FROM xmltable('//a[//b[//c]]' PASSING '<a/>' COLUMNS x text)
--> size RangeTableFunc 1:15
SELECT * FROM xmltable('/a' PASSING '<a/>' COLUMNS x text PATH '//a[//b[//c]]')
--> size FuncCall 1:8
SELECT xmlexists('//a[//b[//c]]' PASSING BY REF doc) FROM events
--> size FuncCall 1:36
SELECT array_fill(1, array[20000]) && array_fill(2, array[20000])
--> size FuncCall 1:38
SELECT array_fill(1, array[1000000]) && array_fill(2, array[1000000])
--> size A_Expr 1:64
WITH a AS (SELECT array_fill(1, array[1000000]) AS x) SELECT x && x FROM a
--> size FuncCall 1:55
SELECT to_jsonb(array_fill('a'::text, array[100000])) - array_fill('b'::text, array[100000])
--> size FuncCall 1:55
SELECT to_jsonb(array_fill('a'::text, array[100000])) ?| array_fill('b'::text, array[100000])
--> size FuncCall 1:21
SELECT to_timestamp(repeat('1', 1000000), repeat('Y', 1000000))
--> size FuncCall 1:16
SELECT to_date(repeat('1', 100000), repeat('Y', 100000))
--> size FuncCall 1:53
WITH a AS (SELECT repeat('1', 1000000) AS x) SELECT to_timestamp(x, x) FROM a
--> size FuncCall 1:18
SELECT translate(repeat('a', 1000000), repeat('b', 1000000), '')
--> size FuncCall 1:78
WITH a AS (SELECT repeat('a', 900000) AS x, repeat('b', 900000) AS y) SELECT replace(x, 'a', y) FROM a
--> size FuncCall 1:8
SELECT polygon(10000000, circle '((0,0),1)')
--> size FuncCall 1:43
SELECT polygon(50000, circle '((0,0),1)') && polygon(50000, circle '((0,0),1.0001)')
--> size FuncCall 1:49
SELECT path(polygon(20000, circle '((0,0),1)')) <-> path(polygon(20000, circle '((5,5),1)'))
--> size A_Expr 1:27
SELECT repeat('a', 30000) ~ '(?=.*b)(?=.*c)x'
--> size FuncCall 1:8
SELECT jsonb_path_exists(to_jsonb(array_fill(1, array[20000])), '$[*] ? ($[*] == 2)')
--> size FuncCall 1:52
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT strpos(a || a, 'b' || a) FROM v
--> size FuncCall 1:52
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT position('b' || a IN a || a) FROM v
--> size FuncCall 1:52
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT replace(a || a, 'b' || a, '') FROM v
--> size FuncCall 1:52
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT split_part(a || a, 'b' || a, 2) FROM v
--> size FuncCall 1:52
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT string_to_array(a || a, 'b' || a) FROM v
--> size A_Expr 1:59
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT a || a LIKE '%' || a || 'b' FROM v
--> size A_Expr 1:59
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT a || a ILIKE '%' || a || 'b' FROM v
--> size A_Expr 1:59
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT a || a NOT LIKE '%' || a || 'b' FROM v
--> size FuncCall 1:52
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT textlike(a || a, '%' || a || 'b') FROM v
--> size SubLink 1:59
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT a || a LIKE ANY (SELECT '%' || a || 'b' FROM v) FROM v
--> size A_Expr 1:59
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT a || a LIKE ALL (ARRAY['%' || a || 'b']) FROM v
--> size A_Expr 1:111
WITH v AS (SELECT repeat('a', 100000) AS a) SELECT CASE a || a WHEN 'x' THEN 1 END, starts_with(a, a), a || a ~~ ('%' || a || 'b') FROM v
--> size FuncCall 1:8
SELECT ltrim(upper(a), a) FROM (SELECT repeat('a', 100000) || 'A' AS a) v
--> size FuncCall 1:8
SELECT trim(both a from upper(a)) FROM (SELECT repeat('a', 100000) || 'A' AS a) v
--> size FuncCall 1:8
SELECT rtrim(upper(a), a) FROM (SELECT 'A' || repeat('a', 100000) AS a) v
--> size FuncCall 1:8
SELECT normalize(repeat(U&'\0315\0300', 100000))
--> size FuncCall 1:8
SELECT normalize(repeat(U&'\0315\0300', 100000), NFKD)
--> size FuncCall 1:8
SELECT normalize(string_agg(U&'\0315\0300', '')) FROM generate_series(1, 100000)
--> size FuncCall 1:15
SELECT length(normalize(lpad('', 200000, U&'\0315\0300')))
--> size FuncCall 1:8
SELECT plainto_tsquery('simple', repeat('a ', 100000))
--> size FuncCall 1:8
SELECT phraseto_tsquery('simple', repeat('a ', 100000))
--> size FuncCall 1:8
SELECT websearch_to_tsquery('simple', repeat('a ', 100000))
--> size FuncCall 1:8
SELECT to_tsquery('simple', repeat('a & ', 100000) || 'a')
--> size TypeName 1:41
SELECT (repeat('a & ', 100000) || 'a')::tsquery
--> size FuncCall 1:41
SELECT path_distance(p, p) FROM (SELECT path(polygon(40000, circle '((0,0),1)')) AS p) v
--> size FuncCall 1:60
WITH v AS (SELECT array_fill(1, ARRAY[50000]) AS a) SELECT arrayoverlap(a, array_replace(a, 1, 2)) FROM v
--> size FuncCall 1:68
WITH v AS (SELECT array_fill('a'::text, ARRAY[50000]) AS a) SELECT jsonb_exists_any(to_jsonb(a), array_replace(a, 'a', 'b')) FROM v
--> size FuncCall 1:8
SELECT position(a || B'1' IN a || a) FROM (SELECT 0::bit(100000) AS a) v
--> size A_Expr 1:28
SELECT repeat('a', 300000) !~* '(?=.*b)(?=.*c)x'
--> size FuncCall 1:8
SELECT regexp_count(repeat('a', 300000), '(?=.*b)(?=.*c)x')
--> size FuncCall 1:8
SELECT substring(repeat('a', 300000) from '(?=.*b)(?=.*c)x')
--> size A_Expr 1:39
SELECT a*a + a*a + a*a + a*a + a*a + a*a FROM (SELECT repeat('3', 65000)::numeric AS a) v
--> size FuncCall 1:308
WITH a AS (SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS s), b AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM a), c AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM b), d AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM c) SELECT strpos(s || s, 'b' || s) FROM d
--> size A_Expr 1:58
SELECT ARRAY(SELECT i FROM generate_series(1, 100000) i) && ARRAY(SELECT -i FROM generate_series(1, 100000) i)
--> size A_Expr 1:82
WITH s AS (SELECT generate_series(1, 100000) AS n) SELECT ARRAY(SELECT n FROM s) @> ARRAY(SELECT -n FROM s)
--> size FuncCall 1:82
SELECT ARRAY(WITH s AS (SELECT generate_series(1, 100000) AS n) SELECT n FROM s) <@ array_fill(0, ARRAY[1000])
--> size SubLink 1:36
SELECT cardinality(a) FROM (SELECT ARRAY(SELECT generate_series(1, 5000000)) AS a) v
