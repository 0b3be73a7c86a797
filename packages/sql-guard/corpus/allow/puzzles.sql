--> select
WITH RECURSIVE x(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM x WHERE i < 101), z(ix, iy, cx, cy, x, y, i) AS (SELECT ix, iy, x::float, y::float, x::float, y::float, 0 FROM (SELECT -2.2 + 0.031 * i, i FROM x) AS xgen(x, ix) CROSS JOIN (SELECT -1.5 + 0.031 * i, i FROM x) AS ygen(y, iy) UNION ALL SELECT ix, iy, cx, cy, x * x - y * y + cx AS x, y * x * 2 + cy, i + 1 FROM z WHERE x * x + y * y < 16.0 AND i < 27), zt(ix, iy, i) AS (SELECT ix, iy, max(i) AS i FROM z GROUP BY iy, ix ORDER BY iy, ix) SELECT array_to_string(array_agg(substring(' .,,,-----++++%%%%@@@@#### ', greatest(i, 1), 1)), '') FROM zt GROUP BY iy ORDER BY iy
--> select
WITH RECURSIVE x(s, ind) AS (SELECT sud, position(' ' IN sud) FROM (SELECT '53  7    6  195    98    6 8   6   34  8 3  17   2   6 6    28    419  5    8  79'::text AS sud) xx UNION ALL SELECT substr(s, 1, ind - 1) || z || substr(s, ind + 1), position(' ' IN repeat('x', ind) || substr(s, ind + 1)) FROM x, (SELECT gs::text AS z FROM generate_series(1, 9) gs) z WHERE ind > 0 AND NOT EXISTS (SELECT NULL FROM generate_series(1, 9) lp WHERE z.z = substr(s, ((ind - 1) / 9) * 9 + lp, 1) OR z.z = substr(s, mod(ind - 1, 9) - 8 + lp * 9, 1) OR z.z = substr(s, mod((ind - 1) / 3, 3) * 3 + ((ind - 1) / 27) * 27 + lp + ((lp - 1) / 3) * 6, 1))) SELECT s FROM x WHERE ind = 0
--> select
WITH RECURSIVE collatz(n, steps) AS (SELECT 27::bigint, 0 UNION ALL SELECT CASE WHEN n % 2 = 0 THEN n / 2 ELSE 3 * n + 1 END, steps + 1 FROM collatz WHERE n <> 1) SELECT max(steps), max(n) FROM collatz
--> select
WITH RECURSIVE queens(board, n) AS (SELECT ARRAY[i], 1 FROM generate_series(1, 6) i UNION ALL SELECT board || i, n + 1 FROM queens, generate_series(1, 6) i WHERE n < 6 AND i <> ALL (board) AND NOT EXISTS (SELECT FROM generate_subscripts(board, 1) c WHERE abs(board[c] - i) = n + 1 - c)) SELECT count(*) FROM queens WHERE n = 6
--> select
WITH RECURSIVE fact(n, f) AS (SELECT 0, 1::numeric UNION ALL SELECT n + 1, f * (n + 1) FROM fact WHERE n < 30) SELECT * FROM fact
--> select
WITH RECURSIVE perm(s, rest) AS (SELECT '', ARRAY['a', 'b', 'c', 'd'] UNION ALL SELECT s || x, array_remove(rest, x) FROM perm, unnest(rest) AS x) SELECT s FROM perm WHERE rest = '{}'
--> select
WITH primes AS (SELECT n FROM generate_series(2, 1000) n) SELECT n FROM primes p WHERE NOT EXISTS (SELECT FROM generate_series(2, floor(sqrt(p.n))::int) d WHERE p.n % d = 0)
--> select
SELECT CASE WHEN i % 15 = 0 THEN 'FizzBuzz' WHEN i % 3 = 0 THEN 'Fizz' WHEN i % 5 = 0 THEN 'Buzz' ELSE i::text END FROM generate_series(1, 100) AS i
--> select
SELECT (10 - (sum(CASE WHEN p % 2 = 0 THEN (d * 2) / 10 + (d * 2) % 10 ELSE d END) % 10)) % 10 AS luhn FROM (SELECT substr(reverse('7992739871'), p, 1)::int AS d, p - 1 AS p FROM generate_series(1, length('7992739871')) AS p) x
--> select
WITH RECURSIVE bin(n, b) AS (SELECT 37, '' UNION ALL SELECT n / 2, (n % 2)::text || b FROM bin WHERE n > 0) SELECT b FROM bin WHERE n = 0
--> select
WITH RECURSIVE hanoi(n, a, b, c, step) AS (SELECT 3, 'A', 'C', 'B', ARRAY[1] UNION ALL SELECT n - 1, x.f, x.t, x.v, step || x.o FROM hanoi, LATERAL (VALUES (a, c, b, 1), (c, b, a, 2)) AS x(f, t, v, o) WHERE n > 1) SELECT * FROM hanoi ORDER BY step
--> select
WITH RECURSIVE life(gen, x, y) AS (SELECT 0, x, y FROM (VALUES (1, 0), (2, 1), (0, 2), (1, 2), (2, 2)) AS g(x, y)) SELECT string_agg(CASE WHEN l.x IS NULL THEN '.' ELSE '#' END, '' ORDER BY i) FROM generate_series(0, 9) j CROSS JOIN generate_series(0, 9) i LEFT JOIN life l ON l.x = i AND l.y = j GROUP BY j ORDER BY j
--> select
WITH cal AS (SELECT d::date, extract(isodow FROM d)::int AS dow, date_part('week', d) AS wk FROM generate_series('2024-02-01'::date, '2024-02-29', '1 day') d) SELECT max(CASE WHEN dow = 1 THEN to_char(d, 'DD') END) AS mo, max(CASE WHEN dow = 2 THEN to_char(d, 'DD') END) AS tu, max(to_char(d, 'DD')) FILTER (WHERE dow = 7) AS su FROM cal GROUP BY wk ORDER BY wk
--> select
SELECT to_char(y, 'FM9999') AS year, ((19 * (y % 19) + y / 100 - y / 400 - ((y / 100) - ((y / 100 + 8) / 25) + 1) / 3 + 15) % 30) AS h FROM generate_series(2020, 2030) y
--> select
SELECT string_agg(chr(ascii('A') + (ascii(c) - ascii('A') + 13) % 26), '' ORDER BY o) FROM regexp_split_to_table('HELLO', '') WITH ORDINALITY AS t(c, o)
--> select
SELECT repeat('*', 2 * i - 1) AS pyramid, lpad('', 10 - i) || repeat('*', 2 * i - 1) FROM generate_series(1, 10) i
--> select
SELECT rpad(repeat('█', (total / 10)::int), 20, '░') || ' ' || total FROM orders ORDER BY id LIMIT 5
--> select
SELECT a.n AS "×", array_agg(a.n * b.n ORDER BY b.n) FROM generate_series(1, 10) a(n), generate_series(1, 10) b(n) GROUP BY a.n ORDER BY 1
--> select
SELECT upper(substr(md5(random()::text), 1, 8)) AS voucher, chr(65 + (random() * 25)::int) || lpad((random() * 9999)::int::text, 4, '0') FROM generate_series(1, 20)
--> select
SELECT string_agg(substr('abcdefghijklmnopqrstuvwxyz0123456789', (random() * 35)::int + 1, 1), '') FROM generate_series(1, 16)
--> select
SELECT array_to_string(ARRAY(SELECT chr((65 + round(random() * 25))::int) FROM generate_series(1, 12)), '')
--> select
SELECT word, length(word), word = reverse(word) AS palindrome FROM regexp_split_to_table('anna went to see otto', ' ') AS word
--> select
SELECT letter, count(*) FROM regexp_split_to_table(lower('The quick brown fox'), '') AS letter WHERE letter ~ '[a-z]' GROUP BY letter ORDER BY 2 DESC, 1
--> select
WITH RECURSIVE split(word, rest) AS (SELECT '', 'a,b,c,' UNION ALL SELECT substr(rest, 1, strpos(rest, ',') - 1), substr(rest, strpos(rest, ',') + 1) FROM split WHERE rest <> '') SELECT word FROM split WHERE word <> ''
--> select
WITH RECURSIVE reach AS (SELECT boss_id AS src, id AS dst, 1 AS hops, ARRAY[boss_id, id] AS path FROM employees WHERE boss_id IS NOT NULL UNION ALL SELECT r.src, e.id, r.hops + 1, r.path || e.id FROM reach r JOIN employees e ON e.boss_id = r.dst WHERE e.id <> ALL (r.path)) SELECT src, dst, min(hops), array_to_string(min(path), '>') FROM reach GROUP BY src, dst
--> select
WITH RECURSIVE newton(x, n) AS (SELECT 2.0::float8, 0 UNION ALL SELECT x - (x * x - 2) / (2 * x), n + 1 FROM newton WHERE n < 6) SELECT x FROM newton ORDER BY n DESC LIMIT 1
--> select
WITH RECURSIVE pascal(n, line) AS (SELECT 0, ARRAY[1] UNION ALL SELECT n + 1, ARRAY(SELECT coalesce(line[i - 1], 0) + coalesce(line[i], 0) FROM generate_series(1, n + 2) i) FROM pascal WHERE n < 6) SELECT array_to_string(line, ' ') FROM pascal
--> select
SELECT sum(4.0 * (CASE WHEN n % 2 = 0 THEN 1 ELSE -1 END) / (2 * n + 1)) AS pi FROM generate_series(0, 10000) n
--> select
SELECT avg((SELECT count(*) FROM generate_series(1, 6) d WHERE random() < 0.5)) FROM generate_series(1, 100)
--> select
WITH RECURSIVE knap(i, w, v, items) AS (SELECT 0, 0, 0, ARRAY[]::int[] UNION ALL SELECT p.id, k.w + p.id, k.v + p.price::int, k.items || p.id FROM knap k JOIN products p ON p.id > k.i AND k.w + p.id <= 10) SELECT * FROM knap ORDER BY v DESC LIMIT 1
