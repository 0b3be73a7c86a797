--> size A_Expr 1:1
WITH a AS (SELECT 'x'::text AS s), b AS (SELECT replace(s, 'x', 'xxxxxxxxxxxxxxxx') AS s FROM a), c AS (SELECT replace(s, 'x', 'xxxxxxxxxxxxxxxx') AS s FROM b), d AS (SELECT replace(s, 'x', 'xxxxxxxxxxxxxxxx') AS s FROM c), e AS (SELECT replace(s, 'x', 'xxxxxxxxxxxxxxxx') AS s FROM d), f AS (SELECT replace(s, 'x', 'xxxxxxxxxxxxxxxx') AS s FROM e), g AS (SELECT replace(s, 'x', 'xxxxxxxxxxxxxxxx') AS s FROM f), h AS (SELECT replace(s, 'x', 'xxxxxxxxxxxxxxxx') AS s FROM g) SELECT length(s) FROM h
--> size A_Expr 1:1
WITH a AS (SELECT 'x'::text AS s), b AS (SELECT repeat(s, 1000) AS s FROM a), c AS (SELECT repeat(s, 1000) AS s FROM b), d AS (SELECT repeat(s, 1000) AS s FROM c) SELECT length(s) FROM d
--> size A_Expr 1:1
SELECT length(repeat(s, 1000)) FROM (SELECT repeat(s, 1000) FROM (SELECT repeat('x', 1000)) a(s)) b(s)
--> size FuncCall 1:1
SELECT length(lpad(a, 900000) || lpad(a, 900000)) FROM (SELECT repeat('x', 1000) AS a) v
--> size A_Expr 1:1
WITH a AS (SELECT 'x'::text s), b AS (SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', s) s FROM a), c AS (SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', s) s FROM b), d AS (SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', s) s FROM c), e AS (SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', s) s FROM d), f AS (SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', s) s FROM e), g AS (SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', s) s FROM f), h AS (SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', s) s FROM g) SELECT length(s) FROM h
--> size FuncCall 1:212
SELECT format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', format('%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s%1$s', 'x')))))))))
--> size FuncCall 1:8
SELECT repeat('x', 1e9::int)
--> size FuncCall 1:8
SELECT repeat('x', 'infinity'::float8::int)
--> size FuncCall 1:8
SELECT repeat('x', '0x7fffffff'::int)
--> size FuncCall 1:8
SELECT repeat('x', '0b1111111111111111111111111111'::int)
--> size FuncCall 1:8
SELECT repeat('x', extract(epoch from now())::int)
--> size FuncCall 1:8
SELECT repeat('x', extract(epoch from timestamp '2020-01-01')::int)
--> size FuncCall 1:8
SELECT repeat('x', hashtext('abc'))
--> size FuncCall 1:8
SELECT repeat('x', abs(hashtext('a')))
--> size FuncCall 1:8
SELECT repeat('x', ascii('𐀀') * 10000)
--> size FuncCall 1:8
SELECT repeat('x', length('aaaaaaaaaa') * 100000000)
--> size FuncCall 1:8
SELECT repeat('x', ('1' || '000000000')::int)
--> size FuncCall 1:8
SELECT repeat('x', B'111111111111111111111111111111'::int)
--> size FuncCall 1:8
SELECT repeat('x', (SELECT max(n) FROM (VALUES (600000000)) v(n)))
--> size FuncCall 1:8
SELECT repeat('x', n) FROM (VALUES (600000000)) v(n)
--> size FuncCall 1:8
SELECT repeat('x', v.n) FROM (SELECT 600000000 AS n) v
--> size FuncCall 1:42
WITH v AS (SELECT 600000000 AS n) SELECT repeat('x', n) FROM v
--> size FuncCall 1:8
SELECT repeat('x', g) FROM generate_series(600000000, 600000001) g
--> size FuncCall 1:8
SELECT repeat('x', u) FROM unnest(ARRAY[600000000]) u
--> size FuncCall 1:8
SELECT repeat('x', (j ->> 'n')::int) FROM (SELECT '{"n": 600000000}'::jsonb AS j) v
--> size FuncCall 1:8
SELECT repeat('x', (ARRAY[600000000])[1])
--> size FuncCall 1:8
SELECT repeat('x', (ROW(600000000)).f1)
--> size FuncCall 1:8
SELECT repeat('x', x.a) FROM json_to_record('{"a": 600000000}') AS x(a int)
--> size FuncCall 1:8
SELECT repeat('x', x.a) FROM jsonb_to_recordset('[{"a": 600000000}]') AS x(a int)
--> size FuncCall 1:8
SELECT repeat('x', x.n) FROM json_table('[600000000]', '$[*]' columns (n int path '$')) x
--> size FuncCall 1:8
SELECT repeat('x', json_value('600000000', '$' returning int))
--> size FuncCall 1:8
SELECT repeat('x', to_number('600000000', '999999999')::int)
--> size FuncCall 1:8
SELECT repeat('x', width_bucket(5, 1, 2, 600000000))
--> size FuncCall 1:8
SELECT repeat('x', sum(n)::int) FROM (VALUES (300000000), (300000000)) v(n)
--> size FuncCall 1:8
SELECT repeat('x', count(*)::int * 100000000) FROM generate_series(1, 6)
--> size FuncCall 1:8
SELECT repeat('x', row_number() OVER ()::int * 600000000)
--> size FuncCall 1:8
SELECT rpad('x', date_part('year', now())::int * 1000000)
--> size FuncCall 1:8
SELECT lpad('x', (date '2262-01-01' - date '0001-01-01') * 1000)
--> size FuncCall 1:8
SELECT lpad('x', round(1e9)::int)
--> size FuncCall 1:8
SELECT lpad('x', power(10, 9)::int)
--> size FuncCall 1:8
SELECT lpad('x', (1000000 * 1000))
--> size FuncCall 1:8
SELECT lpad('x', 1000000000 - 1)
--> size FuncCall 1:8
SELECT lpad('x', int4mul(100000, 10000))
--> size FuncCall 1:8
SELECT lpad('x', 31622 * 31622)
--> size FuncCall 1:8
SELECT lpad('x', mod(1999999999, 2000000000))
--> size FuncCall 1:8
SELECT lpad('x', 5::int8::int4 * 200000000)
--> size FuncCall 1:8
SELECT array_fill(1, ARRAY(SELECT 100000000))
--> size FuncCall 1:8
SELECT array_fill(1, ARRAY[NULLIF(100000000, 1)])
--> size FuncCall 1:8
SELECT array_fill(1, string_to_array('100000000', ',')::int[])
--> size FuncCall 1:8
SELECT array_fill(1, int4_array) FROM (SELECT '{100000000}'::int[] AS int4_array) v
--> size FuncCall 1:19
SELECT array_fill(repeat('x', 1000), ARRAY[100000])
--> size FuncCall 1:23
SELECT set_bit(decode(repeat('00', 900000), 'hex'), 0, 1) || set_bit(decode(repeat('00', 900000), 'hex'), 0, 1)
--> size TypeName 1:11
SELECT 1::bit(83886080)
--> size TypeName 1:11
SELECT 0::bit(83886080) || 0::bit(83886080) || 0::bit(83886080)
--> size TypeName 1:12
SELECT ''::bit(83886080)
--> size TypeName 1:18
SELECT CAST(5 AS bit(80000000))
--> size TypeName 1:13
SELECT 'a'::character(10485760) || 'a'::character(10485760)
--> size TypeName 1:20
SELECT bpchar 'a'::char(10485760)
--> size TypeName 1:8
SELECT char(10485760) 'a'
--> size FuncCall 1:8
SELECT bpchar('a', 10485764, true)
--> size FuncCall 1:26
SELECT to_char(1e131071, repeat('9', 100000))
--> size FuncCall 1:23
SELECT to_char(now(), repeat('YYYY', 1000000))
--> size FuncCall 1:34
SELECT to_char(interval '1 day', repeat('Month', 200000))
--> size FuncCall 1:8
SELECT format('%2147483647s', 'x')
--> size FuncCall 1:8
SELECT format('%-999999999s', 'x')
--> size FuncCall 1:8
SELECT format('%1$*2$s', 'x', 600000000)
--> size FuncCall 1:8
SELECT format('%' || '600000000' || 's', 'x')
--> size FuncCall 1:8
SELECT format(concat('%', 600000000, 's'), 'x')
--> size FuncCall 1:8
SELECT format(f, 'x') FROM (VALUES ('%600000000s')) v(f)
--> size FuncCall 1:21
SELECT format('%s', repeat('x', 999999)) || format('%s', repeat('x', 999999)) || format('%s', repeat('x', 999999)) || format('%s', repeat('x', 999999)) || format('%s', repeat('x', 999999)) || format('%s', repeat('x', 999999))
--> size A_Expr 1:1
SELECT string_agg(x, '') FROM (SELECT repeat('x', 1000000) x FROM generate_series(1, 1000)) v
--> size FuncCall 1:8
SELECT xmlagg(xmlelement(name a, g)) FROM generate_series(1, 1000000) g
--> size FuncCall 1:8
SELECT array_agg(g::text || repeat('x', 100)) FROM generate_series(1, 900000) g
--> size FuncCall 1:27
SELECT json_object_agg(g, repeat('x', 1000)) FROM generate_series(1, 100000) g
--> size FuncCall 1:8
SELECT range_agg(int4range(g * 2, g * 2 + 1)) FROM generate_series(1, 900000) g
--> size FuncCall 1:8
SELECT factorial(30000)
--> size FuncCall 1:25
SELECT factorial(20000) * factorial(20000)
--> size FuncCall 1:8
SELECT jsonb_path_query_array(to_jsonb(ARRAY(SELECT generate_series(1, 5000))), '$[*] ? (@ > $[*])')
--> size FuncCall 1:8
SELECT regexp_matches(repeat('a', 4999), '(a*)(a*)(a*)(a*)(a*)(a*)(a*)b')
--> size FuncCall 1:46
SELECT polygon(40000, '((0,0),1)'::circle) = polygon(40000, '((0,0),1)'::circle)
--> size FuncCall 1:8
SELECT poly_overlap(polygon(4000, circle '((0,0),1)'), polygon(4000, circle '((0,0),1)'))
--> size FuncCall 1:48
SELECT path(polygon(4000, circle '((0,0),1)')) ?# path(polygon(4000, circle '((1,0),1)'))
--> size FuncCall 1:43
SELECT polygon(4000, '((0,0),1)'::circle) <-> polygon(4000, '((9,9),1)'::circle)
--> size FuncCall 1:43
SELECT polygon(4000, '((0,0),1)'::circle) @> polygon(4000, '((0,0),0.5)'::circle)
--> size FuncCall 1:8
SELECT generate_series('2000-01-01'::timestamp, '2000-01-02', '1 microsecond')
--> size FuncCall 1:22
SELECT count(*) FROM generate_series(timestamp '2000-01-01', 'infinity', '1 us')
--> size FuncCall 1:15
SELECT * FROM generate_series(1, 9223372036854775807)
--> size FuncCall 1:15
SELECT * FROM generate_series(0::numeric, 1, 1e-100)
--> size FuncCall 1:103
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + i FROM r WHERE i < 500000000) SELECT max(length(rpad('x', i))) FROM r
--> size FuncCall 1:103
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i * 2 FROM r WHERE i < 500000000) SELECT max(length(repeat('x', i))) FROM r
--> size FuncCall 1:71
WITH RECURSIVE r(i, l) AS (SELECT 1, 0 UNION ALL SELECT i * 2, length(repeat('x', i)) FROM r WHERE i < 500000000) SELECT max(l) FROM r
--> size FuncCall 1:112
WITH RECURSIVE r(i, j) AS (SELECT 1, 1 UNION ALL SELECT i + j, i FROM r WHERE i < 500000000) SELECT max(length(lpad('x', i))) FROM r
