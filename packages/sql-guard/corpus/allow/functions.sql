--> select
SELECT abs(-1), ceil(1.5), floor(1.5), round(1.234, 2), trunc(1.9), sqrt(4), cbrt(8), power(2, 3), exp(1), ln(2), log(10), mod(5, 2), div(7, 2), sign(-1), pi()
--> select
SELECT sin(1), cos(1), tan(1), asin(1), atan2(1, 2), degrees(1), radians(180), sinh(1), gcd(4, 6), lcm(4, 6), factorial(5), random(), scale(1.23), width_bucket(5, 0, 10, 5)
--> select
SELECT length('a'), char_length('a'), octet_length('a'), upper('a'), lower('A'), initcap('a b'), reverse('abc'), left('abc', 2), right('abc', 1), repeat('x', 3), replace('abc', 'b', 'x'), translate('abc', 'ab', 'xy')
--> select
SELECT lpad('1', 5, '0'), rpad(name, 20), concat('a', 1, NULL), concat_ws(',', 'a', 'b'), format('%s is %I and %L', 'a', 'b', 'c'), split_part('a,b', ',', 2), strpos('abc', 'b'), ascii('a'), chr(65), md5('x'), starts_with('abc', 'a') FROM customers
--> select
SELECT format('%10s|%-10s', name, country) FROM customers
--> select
SELECT regexp_replace('abc', 'b', 'x', 'g'), regexp_match('abc', '(b)'), regexp_matches('abab', 'b', 'g'), regexp_split_to_array('a,b', ','), regexp_count('aa', 'a'), regexp_substr('abc', 'b'), regexp_instr('abc', 'c'), regexp_like('abc', 'B', 'i')
--> select
SELECT to_char(now(), 'YYYY-MM-DD'), to_char(1234.5, 'FM9,999.00'), to_date('2024-01-01', 'YYYY-MM-DD'), to_timestamp(0), to_timestamp('2024', 'YYYY'), to_number('1,234', '9,999'), to_hex(255)
--> select
SELECT now(), clock_timestamp(), statement_timestamp(), transaction_timestamp(), timeofday()
--> select
SELECT age(now(), created_at), age(created_at), date_trunc('week', now()), date_trunc('day', now(), 'UTC'), make_date(2024, 1, 1), make_interval(days => 5), make_timestamptz(2024, 1, 1, 0, 0, 0), justify_days(interval '40 days'), isfinite(now()) FROM customers
--> select
SELECT make_interval(hours => 1, mins => 30)
--> select
SELECT array_append(tags, 'x'), array_prepend('x', tags), array_cat(tags, tags), array_remove(tags, 'a'), array_replace(tags, 'a', 'b'), array_position(tags, 'a'), array_positions(tags, 'a'), array_to_string(tags, ','), array_dims(tags), array_lower(tags, 1), array_upper(tags, 1), array_ndims(tags), trim_array(tags, 1) FROM customers
--> select
SELECT string_to_array('a,b', ','), unnest(ARRAY[1, 2]), array_fill(0, ARRAY[3]), generate_subscripts(ARRAY[1, 2], 1)
--> select
SELECT gen_random_uuid(), uuidv7(), uuid_extract_version(code) FROM products
--> select
SELECT sha256('x'), sha512('x'), crc32('x'), encode(sha256('x'), 'base64'), convert_to('x', 'UTF8'), convert_from('\x41', 'UTF8'), get_byte('\x41', 0), bit_count('\xff'::bytea)
--> select
SELECT num_nulls(1, NULL), num_nonnulls(1, NULL), quote_literal('x'), quote_ident('x'), quote_nullable(NULL)
--> select
SELECT to_tsvector('english', description), plainto_tsquery('fine'), phraseto_tsquery('fine thing'), ts_rank(search, to_tsquery('fine')), ts_headline('english', description, to_tsquery('fine')), setweight(search, 'A'), strip(search), numnode(to_tsquery('a')), querytree(to_tsquery('a')) FROM products
--> select
SELECT ts_lexize('english_stem', 'things'), ts_debug('english', 'a thing'), to_tsquery('a') && to_tsquery('b')
--> select
SELECT lower(valid), upper(valid), lower_inc(valid), isempty(valid), range_merge(valid, valid) FROM products
--> select
SELECT area(dims), center(dims), width(dims), height(dims), dims && box '((0,0),(2,2))' FROM products
--> select
SELECT family(host), masklen(host), network(host), broadcast(host), netmask(host), abbrev(host), trunc(mac) FROM events
--> select
SELECT pg_typeof(1), pg_size_pretty(1024::bigint), pg_size_bytes('1 kB'), pg_column_size(name) FROM customers
--> select
SELECT pg_relation_size('customers'), pg_total_relation_size('customers'), pg_table_size('customers'), pg_indexes_size('customers'), pg_database_size(current_database())
--> select
SELECT xpath('/a/b/text()', doc), xpath_exists('/a', doc), xml_is_well_formed('<a/>') FROM events
--> select
SELECT obj_description('customers'::regclass), col_description('customers'::regclass, 1), format_type(23, NULL), to_regclass('customers'), to_regtype('int4')
--> select
SELECT pg_get_viewdef('sales'::regclass), pg_get_indexdef(indexrelid), pg_get_constraintdef(c.oid) FROM pg_index, pg_constraint c LIMIT 1
--> select
SELECT pg_is_in_recovery(), pg_postmaster_start_time(), pg_encoding_to_char(6), pg_table_is_visible('customers'::regclass), pg_get_userbyid(10)
--> select
SELECT date '2024-01-31' + interval '1 month', date '2024-01-01' - date '2023-01-01', date '2024-01-01' + 5, time '10:00' + interval '1 hour'
--> select
SELECT string_agg(DISTINCT country, ',') FROM customers
--> select
SELECT pg_catalog.lower('X'), "pg_catalog"."upper"('x'), pg_catalog.count(*) FROM customers
--> select
SELECT concat(VARIADIC ARRAY['a', 'b']), jsonb_extract_path(profile, VARIADIC ARRAY['address', 'city']) FROM customers
--> select
SELECT repeat('=', 40), lpad('', 10, '.'), repeat('*', (count(*) / 10)::int) FROM customers
--> select
SELECT lpad(rpad(name, 20), 30) FROM customers
--> select
SELECT repeat('x', length(name)) FROM customers
--> select
SELECT generate_series(1, 5)
--> select
SELECT d::date, count(o.id) FROM generate_series(now() - interval '7 days', now(), interval '1 day') d LEFT JOIN orders o ON o.placed_at::date = d::date GROUP BY 1
--> select
SELECT money(5), text(5), date('2024-01-01'), int4('5'), 1 WHERE true
--> select
SELECT name(name) FROM customers
--> select
SELECT (name).length FROM customers
--> select
SELECT c.name, c.to_jsonb FROM customers c
--> select
SELECT xpath('//book[price > 10]/title/text()', doc) FROM events
--> select
SELECT (xpath('/a/b[@id="' || id || '"]/text()', doc))[1]::text FROM events
--> select
SELECT x.* FROM events, xmltable('/a/b' PASSING doc COLUMNS name text PATH '@name', n int PATH 'n[1]') x
--> select
SELECT array_agg(n) FROM generate_series(1, 5000) n
--> select
SELECT first || ' ' || last || ' (' || first || ')' FROM (SELECT name AS first, email AS last FROM customers) c
--> select
WITH RECURSIVE chain(id, path) AS (SELECT id, name FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, c.path || ' > ' || e.name FROM employees e JOIN chain c ON e.boss_id = c.id) SELECT * FROM chain
--> select
SELECT tags && ARRAY['a'], tags @> ARRAY['b'], rpad(name, 40), repeat('-', 80) FROM customers
--> select
SELECT to_char(total, 'FM999G999D00'), to_date('2024-01-05', 'YYYY-MM-DD'), array_to_string(ARRAY[1, 2], ',') FROM orders
