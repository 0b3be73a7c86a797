--> size FuncCall 1:8
SELECT repeat('x', 600000000)
--> size FuncCall 1:8
SELECT repeat('x', 2000000)
--> size FuncCall 1:8
SELECT lpad('x', 500000000)
--> size FuncCall 1:8
SELECT rpad('x', 500000000, 'y')
--> size FuncCall 1:8
SELECT array_fill(0, ARRAY[100000000])
--> size FuncCall 1:8
SELECT array_fill(0, ARRAY[1000, 1000, 1000])
--> size FuncCall 1:8
SELECT array_fill(0, '{10000,10000}'::int[])
--> size FuncCall 1:15
SELECT * FROM generate_series(1, 100000000)
--> size FuncCall 1:15
SELECT * FROM generate_series(1, 1e9::bigint)
--> size FuncCall 1:8
SELECT generate_series(1, 1000000000)
--> size FuncCall 1:15
SELECT * FROM generate_series(0, 10, 0.000001)
--> size FuncCall 1:15
SELECT * FROM generate_series(now(), now() + interval '1 day', interval '1 microsecond')
--> size FuncCall 1:15
SELECT repeat(repeat('x', 10000), 10000)
--> size FuncCall 1:8
SELECT repeat('x', 1000 * 1000 * 1000)
--> size FuncCall 1:8
SELECT repeat('x', 10 ^ 9)
--> size FuncCall 1:8
SELECT repeat('x', (10 ^ 9)::int)
--> size FuncCall 1:8
SELECT repeat('x', 1 << 29)
--> size FuncCall 1:8
SELECT repeat('x', '600000000')
--> size FuncCall 1:8
SELECT repeat('x', 6e8::int)
--> size FuncCall 1:8
SELECT repeat('x', 0x23C34600)
--> size FuncCall 1:8
SELECT repeat('x', 600_000_000)
--> size FuncCall 1:8
SELECT repeat('x', abs(-600000000))
--> size FuncCall 1:8
SELECT repeat('x', (SELECT 600000000))
--> size FuncCall 1:8
SELECT repeat('x', CASE WHEN true THEN 600000000 END)
--> size FuncCall 1:8
SELECT repeat('x', greatest(1, 600000000))
--> size FuncCall 1:8
SELECT repeat('x', coalesce(NULL, 600000000))
--> size FuncCall 1:8
SELECT repeat('x', id * 100000000) FROM customers
--> size FuncCall 1:8
SELECT repeat('x', - (-600000000))
--> size FuncCall 1:8
SELECT repeat('x', length(repeat('x', 1000000)) * 1000)
--> size FuncCall 1:16
SELECT replace(repeat('x', 1000000), 'x', repeat('y', 1000000))
--> size FuncCall 1:23
SELECT regexp_replace(repeat('x', 1000000), 'x', repeat('y', 1000), 'g')
--> size FuncCall 1:19
SELECT string_agg(repeat('x', 1000000), '') FROM generate_series(1, 1000)
--> size FuncCall 1:18
SELECT array_agg(repeat('x', 1000000)) FROM customers
--> size FuncCall 1:13
SELECT lpad(rpad('x', 100000), 100000)
--> size FuncCall 1:8
SELECT format('%1000000000s', 'x')
--> size FuncCall 1:8
SELECT format('%*s', 1000000000, 'x')
--> size FuncCall 1:8
SELECT pg_catalog.repeat('x', 600000000)
--> size FuncCall 1:15
SELECT length(repeat('x', 600000000))
--> size FuncCall 1:16
SELECT 1 WHERE repeat('x', 600000000) = ''
--> size FuncCall 1:15
SELECT concat(repeat('x', 1000000), repeat('x', 1000000))
--> size FuncCall 1:8
SELECT repeat('x', ~(-600000000))
--> size FuncCall 1:8
SELECT repeat('x', (600000000::text)::int)
--> size FuncCall 1:16
EXPLAIN SELECT repeat('x', 600000000)
--> size FuncCall 1:15
SELECT * FROM generate_series(-1000000000, 1)
--> size FuncCall 1:8
SELECT repeat(number => 600000000, string => 'x')
--> size TypeName 1:15
SELECT '{a}'::_bpchar(100000000)
--> size A_Expr 1:1
SELECT length(repeat('abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij', 990000))
--> size A_Expr 1:1
SELECT octet_length(lpad('x', 900000) || repeat('abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij', 900000))
--> size FuncCall 1:21
SELECT array_length(array_agg('abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij'::text), 1) FROM generate_series(1, 990000)
--> size FuncCall 1:161
WITH l AS (SELECT 'abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij'::text AS x) SELECT json_agg(x) FROM l, generate_series(1, 990000)
--> size FuncCall 1:8
SELECT array_fill('abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij'::text, ARRAY[990000])
--> size A_Expr 1:1
WITH a AS (SELECT 'abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij' AS s), b AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM a), c AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM b), d AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM c), e AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM d), f AS (SELECT s||s||s||s||s||s||s||s||s||s||s||s||s||s||s||s AS s FROM e) SELECT length(s) FROM f
--> size FuncCall 1:8
SELECT array_fill('{"a": 1}'::jsonb, ARRAY[1000000])
--> size FuncCall 1:8
SELECT array_fill(ROW(1, 2), ARRAY[1000, 300])
--> size FuncCall 1:8
SELECT array_fill(customers, ARRAY[900000]) FROM customers
--> size FuncCall 1:8
SELECT jsonb_pretty('[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]')
