--> size A_Const 1:34
SELECT '1'::numeric(1000, 1000), 1e131071
--> size A_Expr 1:12
SELECT 9.9 ^ 131000
--> size FuncCall 1:8
SELECT power(9.9::numeric, 131000)
--> size FuncCall 1:8
SELECT numeric_power(9.9, 131000)
--> size A_Expr 1:13
SELECT (9.9 ^ 60000) * (8.8 ^ 60000)
--> size A_Expr 1:12
SELECT 9.9 ^ 130000, 9.8 ^ 130000, 9.7 ^ 130000, 9.6 ^ 130000, 9.5 ^ 130000, 9.4 ^ 130000, 9.3 ^ 130000, 9.2 ^ 130000
--> size A_Const 1:11
SELECT ln(1e131071)
--> size A_Const 1:13
SELECT sqrt(1e131071)
--> size A_Const 1:13
SELECT sqrt(1e131071 + 1)
--> size A_Const 1:15
SELECT log(3, 1e131071)
--> size A_Const 1:12
SELECT log(1e131071 - 1)
--> size A_Const 1:8
SELECT 1e131071 / 3
--> size A_Const 1:26
SELECT (1e131071 - 1) / (1e65535 - 1)
--> size A_Const 1:26
SELECT (1e131071 - 1) % (1e65535 - 3)
--> size A_Const 1:26
SELECT div(1e131071 - 1, 1e65535 - 3)
--> size A_Const 1:26
SELECT gcd(1e131071 - 1, 1e131000 - 7)
--> size A_Const 1:25
SELECT lcm(1e65000 - 1, 1e65000 - 7)
--> size A_Const 1:9
SELECT (1e131071 - 1)::text::numeric
--> size A_Const 1:25
SELECT (1e65000 - 1) * (1e65000 - 1)
--> size A_Expr 1:22
SELECT (1e65000 - 1) ^ 2
--> size A_Const 1:13
SELECT cbrt(1e131071)
--> size A_Const 1:38
SELECT width_bucket(1e131071 / 7, 1, 1e131070 / 3, 2147483647)
--> size A_Const 1:8
SELECT 1e131071::float8
--> size A_Const 1:14
SELECT round(1e131071 / 7, 16383)
--> size A_Expr 1:23
SELECT (1e131071 / 7) ^ 0.5
--> size A_Expr 1:21
SELECT 1.0000000001 ^ 1e15
--> size A_Expr 1:16
SELECT sum(9.9 ^ (100000 + g)) FROM generate_series(1, 1000) g
--> size A_Expr 1:20
SELECT to_char(9.9 ^ 131000, '9')
--> size A_Expr 1:17
SELECT md5((9.9 ^ 131000)::text)
--> size A_Expr 1:25
SELECT hash_numeric(9.9 ^ 131000)
--> size A_Const 1:33
SELECT numeric_mul(1e65000 - 1, 1e65000 - 1)
--> size A_Const 1:19
SELECT numeric_ln(1e131071 - 1)
--> size A_Const 1:21
SELECT numeric_sqrt(1e131071 - 1)
--> size A_Const 1:15
SELECT stddev(1e131000 - g) FROM generate_series(1, 10) g
--> size A_Const 1:17
SELECT variance(1e65000 - g) FROM generate_series(1, 100) g
--> size A_Const 1:12
SELECT avg(1e131000 / (g + 6)) FROM generate_series(1, 100) g
--> size A_Const 1:15
SELECT random(-1e131000, 1e131000)
--> size A_Const 1:24
SELECT generate_series(1e131000, 1e131000 + 3)
--> size A_Const 1:25
SELECT scale(trim_scale(1e131071 / 7))
--> size A_Const 1:30
SELECT jsonb_path_query('1', '$ * 99999999999999999999999999999999999999999 * 1e131000')
--> size A_Const 1:30
SELECT jsonb_path_query('1', '1e131000 / 7')
--> size A_Const 1:30
SELECT jsonb_path_query('1', '(1e65000 / 7) * (1e65000 / 3)')
--> size A_Const 1:25
SELECT jsonb_path_query('1e131000', '$.decimal(1000,2)')
--> size A_Const 1:9
SELECT ('1e131000'::jsonb)::numeric / 7
--> size A_Const 1:8
SELECT '1e131070'::jsonb
--> size A_Const 1:8
SELECT '[1e131070,1e131070,1e131070,1e131070]'::jsonb
--> size A_Const 1:29
SELECT jsonb_array_elements('[1e131070,1e131070]')::text
--> size A_Const 1:9
SELECT ('{"a": 1e131070}'::jsonb)::text
--> size A_Const 1:25
SELECT json_build_array(1e131070, 1e131070, 1e131070)
--> size A_Const 1:26
SELECT 1e131070::text || 1e131070::text
--> size A_Const 1:42
SELECT length(array_to_string(array_fill(1e131070, ARRAY[1000]), ''))
--> size A_Const 1:19
SELECT string_agg(1e131070::text, '') FROM generate_series(1, 10000)
--> size A_Const 1:15
SELECT repeat(1e131070::text, 1000)
--> size A_Const 1:19
SELECT array_fill(1e131070::text, ARRAY[5000])
--> size A_Const 1:20
SELECT sum(length((1e131070 + g)::text)) FROM generate_series(1, 100000) g
--> size A_Const 1:16
SELECT to_char(1e131070, '9EEEE')
--> size A_Const 1:17
SELECT json_agg(1e131070) FROM generate_series(1, 10000)
--> size A_Const 1:27
SELECT format('%s%s%s%s', 1e131070, 1e131070, 1e131070, 1e131070)
