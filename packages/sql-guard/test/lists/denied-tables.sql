-- Refused in read-only where public.secret, hr.* and "Odd Schema"."Secret" are denied.
SELECT * FROM secret
SELECT * FROM SECRET
SELECT * FROM public.secret
SELECT * FROM "secret"
SELECT * FROM PUBLIC."secret"
SELECT * FROM U&"\0073ecret"
SELECT * FROM U&"s\+000065cret"
SELECT * FROM U&"!0073ecret" UESCAPE '!'
SELECT * FROM ONLY secret
SELECT * FROM secret *
TABLE secret
TABLE ONLY public.secret
SELECT * FROM/**/secret
SELECT s.* FROM secret AS s
SELECT * FROM (secret CROSS JOIN orders)
SELECT * FROM orders LEFT JOIN secret USING (id)
SELECT * FROM orders NATURAL JOIN secret
SELECT * FROM orders, LATERAL (SELECT * FROM secret WHERE secret.id = orders.id) x
SELECT * FROM orders WHERE EXISTS (TABLE secret)
SELECT (SELECT count(*) FROM secret)
SELECT ARRAY(SELECT val FROM secret)
SELECT id IN (SELECT id FROM secret) FROM orders
SELECT id = ANY (SELECT id FROM secret) FROM orders
SELECT ROW(1,2) = (SELECT id, n FROM secret LIMIT 1)
SELECT 1 UNION ALL SELECT id FROM secret
SELECT id FROM orders EXCEPT SELECT id FROM secret
SELECT * FROM secret TABLESAMPLE system (100)
WITH x AS (SELECT * FROM secret) SELECT * FROM x
WITH x AS (SELECT * FROM secret), secret AS (SELECT 1) SELECT * FROM x
WITH secret AS (SELECT * FROM secret) SELECT * FROM secret
WITH secret AS (SELECT 1 AS id) SELECT * FROM public.secret
WITH secret AS (SELECT 1 AS id) SELECT (SELECT count(*) FROM public.secret), * FROM secret
WITH RECURSIVE x AS (SELECT id FROM secret UNION ALL SELECT id + 1 FROM x WHERE id < 3) SELECT * FROM x
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + (SELECT count(*) FROM secret)::int FROM x WHERE n < 5) SELECT * FROM x
(WITH secret AS (SELECT 1) SELECT * FROM secret) UNION ALL SELECT id FROM secret
SELECT * FROM (WITH secret AS (SELECT 1 AS id) SELECT * FROM secret) a, secret b
SELECT * FROM orders o JOIN LATERAL (SELECT max(n) FROM secret s WHERE s.id = o.id) z ON true
SELECT * FROM v_secret
SELECT * FROM v_nested
SELECT * FROM v_barrier
SELECT * FROM v_exists
SELECT * FROM v_cte
SELECT * FROM m_secret
SELECT * FROM public.v_nested WHERE id > 1
SELECT count(*) FROM v_nested
EXPLAIN SELECT * FROM secret
EXPLAIN SELECT * FROM v_nested
EXPLAIN (FORMAT JSON) TABLE secret
EXPLAIN SELECT 1 FROM secret WHERE val = 'x'
SELECT * FROM app.salary
SELECT * FROM hr.salaries
SELECT * FROM "hr"."salaries"
SELECT * FROM hr.orders
SELECT * FROM hr.measures_2024
SELECT * FROM measures
SELECT * FROM ONLY measures
SELECT count(*) FROM measures
SELECT * FROM "Odd Schema"."Secret"
SELECT * FROM U&"Odd\0020Schema"."Secret"
SELECT NULL::secret
SELECT NULL::public.secret
SELECT (NULL::secret).*
SELECT (NULL::secret).val
SELECT * FROM json_populate_record(NULL::secret, '{}')
SELECT * FROM jsonb_populate_recordset(NULL::public.secret, '[{}]')
SELECT row_to_json(json_populate_record(NULL::secret, '{}'))
SELECT '(1,a,2)'::secret
SELECT CAST(ROW(1,'a',2) AS secret)
SELECT ARRAY[]::secret[]
SELECT * FROM jsonb_to_record('{}') AS x(a secret)
SELECT * FROM json_table('{}', '$' COLUMNS (a secret PATH '$'))
SELECT json_value('{}', '$' RETURNING secret)
SELECT json_query('{}', '$' RETURNING secret)
SELECT xmlserialize(CONTENT '<a/>'::xml AS secret)
SELECT NULL::hr.salaries
SELECT to_json(NULL::hr.salaries)
SELECT pg_typeof(NULL::hr.salaries)
SELECT '{}'::_secret
SELECT pg_input_is_valid('(1)', 'secret')
SELECT * FROM pg_input_error_info('(1)', 'hr.salaries')
SELECT * FROM app.all_secret()
SELECT last_value FROM hr.s
SELECT * FROM pg_stats WHERE tablename = 'secret'
SELECT * FROM pg_statistic
SELECT * FROM pg_stats_ext
SELECT * FROM pg_statistic_ext_data
SELECT attmissingval FROM pg_attribute
SELECT * FROM pg_attribute
SELECT table_to_xml('secret', true, false, '')
SELECT query_to_xml('select * from secret', true, false, '')
SELECT schema_to_xml('hr', true, false, '')
SELECT ts_stat('select val::tsvector from secret')
SELECT pg_get_ruledef(1)
SELECT nextval('hr.s')
SELECT currval('hr.s')
SELECT pg_sequence_last_value('hr.s'::regclass)
SELECT * FROM pg_sequence_parameters('hr.s'::regclass)
SELECT * FROM pg_toast.pg_toast_1234
SELECT * FROM pg_temp.secret
SELECT secret FROM secret
SELECT * FROM remote
SELECT * FROM spread
SELECT * FROM spread_away
SELECT * FROM heir
SELECT * FROM ONLY heir
SELECT * FROM heir_away
SELECT * FROM xmltable('/a' PASSING (xmlparse(document '<a/>')) COLUMNS x secret PATH '.')
SELECT secret::secret FROM orders AS secret
SELECT (SELECT 1 FROM (VALUES (1)) v JOIN secret ON true)
SELECT * FROM ROWS FROM (generate_series(1, (SELECT count(*) FROM secret)))
SELECT * FROM generate_series(1, (SELECT max(n) FROM secret)) g
SELECT json_array(SELECT val FROM secret)
SELECT json_object('a': (SELECT val FROM secret LIMIT 1))
SELECT * FROM json_table((SELECT to_json(val) FROM secret LIMIT 1), '$' COLUMNS (a text PATH '$'))
SELECT json_exists('{}', '$' PASSING (SELECT n FROM secret LIMIT 1) AS x)
SELECT xmlelement(name a, (SELECT val FROM secret LIMIT 1))
SELECT CASE WHEN EXISTS (TABLE secret) THEN 1 END
SELECT COALESCE((SELECT val FROM secret LIMIT 1), '')
SELECT sum(id) FILTER (WHERE id IN (SELECT id FROM secret)) FROM orders
SELECT rank() OVER (ORDER BY (SELECT max(n) FROM secret)) FROM orders
SELECT rank() OVER w FROM orders WINDOW w AS (PARTITION BY (SELECT max(n) FROM secret))
SELECT id FROM orders GROUP BY id, (SELECT max(n) FROM secret)
SELECT id FROM orders ORDER BY (SELECT max(n) FROM secret)
SELECT id FROM orders LIMIT (SELECT count(*) FROM secret)
SELECT id FROM orders OFFSET (SELECT count(*) FROM secret)
SELECT id FROM orders HAVING (SELECT count(*) FROM secret) > 1
SELECT DISTINCT ON ((SELECT max(n) FROM secret)) id FROM orders
SELECT count(*) FROM orders GROUP BY ROLLUP ((SELECT max(n) FROM secret))
VALUES ((SELECT val FROM secret LIMIT 1))
SELECT * FROM (VALUES ((SELECT val FROM secret LIMIT 1))) v
SELECT tags[(SELECT max(n) FROM secret)] FROM customers
SELECT * FROM orders TABLESAMPLE system ((SELECT count(*) FROM secret))
SELECT string_agg(name, ',' ORDER BY (SELECT max(n) FROM secret)) FROM orders
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n) FROM secret
SELECT (SELECT s FROM secret s LIMIT 1)
SELECT array(SELECT s FROM secret s)
SELECT * FROM orders o CROSS JOIN LATERAL (SELECT * FROM public.secret s WHERE s.id = o.id) x
WITH a AS (WITH b AS (SELECT * FROM secret) SELECT * FROM b) SELECT * FROM a
WITH a AS (SELECT 1), b AS (WITH secret AS (SELECT 2) SELECT * FROM secret) SELECT * FROM a, b, secret
WITH RECURSIVE secret AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM secret WHERE n < 3) SELECT * FROM secret, public.secret AS s
SELECT * FROM (SELECT * FROM secret UNION ALL SELECT 1, 'x', 2) AS u
SELECT * FROM public . secret
SELECT * FROM PuBlIc.SeCrEt
SELECT * FROM "public"."secret" AS "orders"
SELECT * FROM probe.public.secret
EXPLAIN (COSTS off) WITH x AS (SELECT * FROM v_nested) SELECT * FROM x
EXPLAIN (VERBOSE, FORMAT YAML) SELECT * FROM hr.salaries
SELECT * FROM app.salary WHERE amount > 1
SELECT emp FROM app.salary AS s(emp, a) ORDER BY a
SELECT count(*) FROM m_secret
SELECT (m_secret).val FROM m_secret
SELECT NULL::hr.measures_2024
SELECT * FROM json_to_record('{}') AS x(a hr.salaries)
SELECT ROW(1, 'x', 2)::public.secret
SELECT jsonb_populate_record(NULL::hr.orders, '{}')
