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
--> size A_Expr 1:53
WITH a AS (SELECT repeat('1', 1000000) AS x) SELECT to_timestamp(x, x) FROM a
--> size FuncCall 1:18
SELECT translate(repeat('a', 1000000), repeat('b', 1000000), '')
--> size FuncCall 1:1
WITH a AS (SELECT repeat('a', 900000) AS x, repeat('b', 900000) AS y) SELECT replace(x, 'a', y) FROM a
--> size FuncCall 1:8
SELECT polygon(10000000, circle '((0,0),1)')
--> size FuncCall 1:43
SELECT polygon(50000, circle '((0,0),1)') && polygon(50000, circle '((0,0),1.0001)')
--> size FuncCall 1:49
SELECT path(polygon(20000, circle '((0,0),1)')) <-> path(polygon(20000, circle '((5,5),1)'))
--> size A_Expr 1:27
SELECT repeat('a', 30000) ~ '(?=.*b)(?=.*c)x'
--> size A_Expr 1:8
SELECT jsonb_path_exists(to_jsonb(array_fill(1, array[20000])), '$[*] ? ($[*] == 2)')
