-- Refused in read-only where customers.email, customers.balance, customers.mail and child.email are masked.
SELECT max(email) FROM customers
SELECT count(email) FROM customers
SELECT count(*) FILTER (WHERE email > 'm') FROM customers
SELECT sum(1) FILTER (WHERE email IS NOT NULL) FROM customers
SELECT array_agg(email) FROM customers
SELECT mode() WITHIN GROUP (ORDER BY email) FROM customers
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY balance) FROM customers
SELECT rank('k2') WITHIN GROUP (ORDER BY email) FROM customers
SELECT row_number() OVER (ORDER BY email), id FROM customers
SELECT first_value(id) OVER (PARTITION BY email) FROM customers
SELECT lag(email) OVER (ORDER BY id) FROM customers
SELECT id, count(*) OVER (ORDER BY balance RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customers
SELECT id FROM customers WINDOW w AS (ORDER BY email)
SELECT ntile(2) OVER w FROM customers WINDOW w AS (ORDER BY balance)
SELECT email, count(*) FROM customers GROUP BY email
SELECT count(*) FROM customers GROUP BY email
SELECT count(*) FROM customers GROUP BY ROLLUP (email, name)
SELECT grouping(email), count(*) FROM customers GROUP BY GROUPING SETS ((email), ())
SELECT count(*) FROM customers GROUP BY CUBE (balance)
SELECT DISTINCT email FROM customers
SELECT DISTINCT ON (email) id FROM customers
SELECT DISTINCT id, email FROM customers
SELECT DISTINCT * FROM customers
SELECT id FROM customers ORDER BY email
SELECT id, email FROM customers ORDER BY 2
SELECT id, email AS z FROM customers ORDER BY z
SELECT id FROM customers ORDER BY email USING <
SELECT id FROM customers ORDER BY (email)
SELECT id FROM customers ORDER BY email COLLATE "C" DESC NULLS LAST
SELECT id FROM customers ORDER BY balance FETCH FIRST 1 ROW WITH TIES
SELECT o.id FROM orders o JOIN customers c USING (email)
SELECT o.id FROM orders o NATURAL JOIN customers
SELECT o.id FROM orders o JOIN customers c ON o.email = c.email
SELECT o.id FROM orders o, customers c WHERE o.email = c.email
SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.id AND c.email > 'm'
SELECT id FROM customers c WHERE (c.*) = (1,'a','b',1,'c','gold',ARRAY['a'],'{}','2024-01-01','x')
SELECT id FROM customers c WHERE c = ROW(1)
SELECT id FROM customers c WHERE c IS NOT NULL
SELECT id FROM customers c WHERE c IS DISTINCT FROM c
SELECT id FROM customers c ORDER BY c
SELECT id FROM customers WHERE (id, email) > (1, 'm')
SELECT id FROM customers WHERE (id, email) IN (SELECT id, email FROM orders)
SELECT id FROM customers WHERE email IN ('k2')
SELECT id FROM customers WHERE email BETWEEN 'a' AND 'm'
SELECT id FROM customers WHERE email LIKE 'k%'
SELECT id FROM customers WHERE email SIMILAR TO 'k%'
SELECT id FROM customers WHERE email ~ '^k'
SELECT id FROM customers WHERE email IS NULL
SELECT id FROM customers WHERE length(email) > 2
SELECT id FROM customers WHERE 'k2' = ANY (ARRAY[email])
SELECT id FROM orders WHERE email IN (SELECT email FROM customers)
SELECT id FROM orders WHERE email = ANY (SELECT email FROM customers)
SELECT id FROM orders WHERE email > ALL (SELECT email FROM customers)
SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.email = o.email)
SELECT id FROM orders o WHERE NOT EXISTS (SELECT email FROM customers INTERSECT SELECT o.email)
SELECT EXISTS (SELECT 1/length(email) FROM customers)
SELECT EXISTS (SELECT 1 FROM customers GROUP BY email HAVING count(*) > 1)
SELECT EXISTS (SELECT 1 FROM customers ORDER BY email OFFSET 1)
SELECT (SELECT email FROM customers WHERE id = 1)
SELECT (SELECT email FROM customers WHERE id = 1) AS email
SELECT ARRAY(SELECT email FROM customers)
SELECT ROW(email) FROM customers
SELECT (email, id) FROM customers
SELECT c FROM customers c
SELECT customers FROM customers
SELECT c.*::text FROM customers c
SELECT (c).* FROM customers c
SELECT (c).email FROM customers c
SELECT row_to_json(c) FROM customers c
SELECT to_json(c.*) FROM customers c
SELECT json_agg(c) FROM customers c
SELECT jsonb_object_agg(id, c) FROM customers c
SELECT json_build_object('e', email) FROM customers
SELECT json_object('e': email) FROM customers
SELECT json_array(email) FROM customers
SELECT JSON_ARRAY(SELECT email FROM customers)
SELECT json_arrayagg(email) FROM customers
SELECT json_objectagg(id: email) FROM customers
SELECT json_scalar(email) FROM customers
SELECT x.* FROM customers c, jsonb_each(to_jsonb(c)) x
SELECT x.* FROM customers c, jsonb_to_record(to_jsonb(c)) AS x(email text)
SELECT x.z || '' FROM customers c, LATERAL (SELECT c.email AS z) x
SELECT x.* FROM customers c, LATERAL (VALUES (c.email)) x(z)
SELECT u FROM customers c, unnest(ARRAY[c.email]) u
SELECT u FROM customers c, string_to_table(c.email, '') u
SELECT u FROM customers c, regexp_split_to_table(email, '') u
SELECT u FROM customers c CROSS JOIN LATERAL regexp_matches(c.email, '.') u
SELECT generate_series(1, length(email)) FROM customers
SELECT x.* FROM customers c, generate_series(1, length(c.email)) x
SELECT x.* FROM customers c, ROWS FROM (unnest(ARRAY[c.email])) x
SELECT jt.* FROM customers c, JSON_TABLE(to_jsonb(c), '$' COLUMNS (email text PATH '$.email')) jt
SELECT jt.* FROM customers c, JSON_TABLE('{}', '$' PASSING c.email AS e COLUMNS (a int EXISTS PATH '$ ? ($e == "k2")')) jt
SELECT json_exists('{}', '$ ? ($e == "k2")' PASSING email AS e) FROM customers
SELECT json_value('{}', '$.a' DEFAULT email ON EMPTY) FROM customers
SELECT xt.* FROM customers c, XMLTABLE('/a' PASSING xmlelement(name a, c.email) COLUMNS z text PATH '.') xt
SELECT xmlelement(name a, xmlattributes(email)) FROM customers
SELECT xmlforest(email) FROM customers
SELECT xmlagg(xmlelement(name e, email)) FROM customers
SELECT xmlconcat(xmlforest(c.email)) FROM customers c
SELECT email::text FROM customers
SELECT CAST(email AS varchar(2)) FROM customers
SELECT email COLLATE "C" FROM customers
SELECT COALESCE(email, '') FROM customers
SELECT NULLIF(email, 'k2') FROM customers
SELECT GREATEST(email, 'm') FROM customers
SELECT CASE WHEN email > 'm' THEN 1 END FROM customers
SELECT CASE email WHEN 'k2' THEN 1 END FROM customers
SELECT email || '' FROM customers
SELECT email IS NULL FROM customers
SELECT substr(email, 1, 1) FROM customers
SELECT md5(email) FROM customers
SELECT email ^@ 'k' FROM customers
SELECT pg_column_size(email) FROM customers
SELECT pg_typeof(email) FROM customers
SELECT format('%s', email) FROM customers
SELECT concat_ws(',', email) FROM customers
SELECT quote_literal(email) FROM customers
SELECT id FROM customers WHERE handle = 'K2'
SELECT lower(handle) FROM customers
SELECT mail::text FROM customers
SELECT tags[length(email)] FROM customers
SELECT profile[email] FROM customers
SELECT profile -> email FROM customers
SELECT id FROM customers LIMIT (SELECT length(email) FROM customers LIMIT 1)
SELECT id FROM customers OFFSET (SELECT count(*) FROM customers WHERE email > 'm')
SELECT id FROM orders TABLESAMPLE system ((SELECT length(email) FROM customers LIMIT 1))
SELECT 1 UNION SELECT id FROM customers ORDER BY (SELECT email FROM customers LIMIT 1)
SELECT email FROM customers UNION SELECT 'k2'
SELECT email FROM customers EXCEPT SELECT 'k2'
SELECT email FROM customers INTERSECT ALL SELECT email FROM orders
SELECT email FROM customers UNION ALL SELECT 'k2' ORDER BY 1
SELECT balance FROM customers UNION ALL SELECT id FROM orders
SELECT balance FROM customers UNION ALL SELECT oid FROM pg_class
SELECT balance FROM customers UNION ALL VALUES ('1'::oid)
SELECT * FROM (SELECT balance FROM customers UNION ALL SELECT 0 UNION ALL SELECT 1::oid) s
SELECT * FROM (SELECT 0 UNION ALL SELECT 1::oid UNION ALL SELECT balance FROM customers) s
SELECT * FROM (SELECT 0 AS x UNION ALL SELECT 1::oid) t UNION ALL SELECT balance FROM customers
WITH x AS (SELECT email e FROM customers) SELECT length(e) FROM x
WITH x AS MATERIALIZED (SELECT email e FROM customers) SELECT count(*) FROM x WHERE e > 'm'
WITH x(a, b) AS (SELECT id, email FROM customers) SELECT a FROM x ORDER BY b
WITH RECURSIVE x AS (SELECT id, email FROM customers WHERE id = 1 UNION ALL SELECT c.id, c.email FROM customers c JOIN x ON c.email > x.email) SELECT id FROM x
WITH RECURSIVE x AS (SELECT id, email FROM customers UNION ALL SELECT id + 9, email FROM x WHERE id < 3) SEARCH DEPTH FIRST BY email SET o SELECT o FROM x
WITH RECURSIVE x AS (SELECT id, email FROM customers UNION ALL SELECT id + 9, email FROM x WHERE id < 3) CYCLE email SET c USING p SELECT id, c FROM x
SELECT * FROM app.hashed
SELECT id FROM app.hashed
SELECT id FROM app.filtered
SELECT contact FROM app.contacts WHERE contact > 'm'
SELECT c FROM app.contacts c
SELECT max(email) FROM app.copied_contacts
SELECT * FROM pg_stats WHERE tablename = 'customers'
SELECT histogram_bounds FROM pg_stats
SELECT most_common_vals FROM pg_catalog.pg_stats
SELECT stavalues1 FROM pg_statistic
SELECT * FROM pg_stats_ext
SELECT pg_mcv_list_items(stxdmcv) FROM pg_statistic_ext_data
SELECT attmissingval FROM pg_attribute
SELECT pg_stat_get_live_tuples('customers'::regclass)
EXPLAIN SELECT id FROM customers WHERE email = 'k2'
EXPLAIN SELECT id FROM customers WHERE handle = 'K2'
EXPLAIN SELECT * FROM customers
EXPLAIN (ANALYZE) SELECT id FROM customers
SELECT public.customers.email || '' FROM public.customers
SELECT customers.email || '' FROM customers
SELECT "customers"."email" || '' FROM customers
SELECT U&"em\0061il" || '' FROM customers
SELECT EMAIL || '' FROM CUSTOMERS
SELECT a.b || '' FROM customers AS a(x, y, b)
SELECT b || '' FROM customers AS a(x, y, b)
SELECT j.c || '' FROM (customers c CROSS JOIN (SELECT 1) d) AS j(a, b, c)
SELECT x.email || '' FROM (SELECT * FROM customers) x
SELECT x.c || '' FROM (SELECT * FROM customers) x(a, b, c)
SELECT x.c || '' FROM (TABLE customers) x(a, b, c)
SELECT (x).c || '' FROM (SELECT id, name, email FROM customers) x(a, b, c)
SELECT x::text FROM (SELECT id, name, email FROM customers) x
SELECT (SELECT x.email FROM customers x WHERE x.id = c.id) IS NULL FROM customers c
SELECT (SELECT max(c.email) FROM orders) FROM customers c
SELECT o.id FROM orders o, LATERAL (SELECT 1 FROM customers c WHERE c.id = o.id AND c.email > 'm') z
SELECT o.id FROM orders o JOIN LATERAL (SELECT 1 FROM customers c WHERE c.id = o.id ORDER BY c.email LIMIT 1) z ON true
SELECT z.id FROM orders o, LATERAL (SELECT c.id FROM customers c ORDER BY c.email LIMIT 1) z
SELECT z.* FROM (SELECT id FROM customers ORDER BY email LIMIT 1) z
SELECT id FROM (SELECT id, rank() OVER (ORDER BY email) r FROM customers) z WHERE r = 1
SELECT id FROM customers NATURAL JOIN (SELECT 'k2' AS email) z
SELECT id FROM customers JOIN (SELECT 'k2' AS email) z USING (email)
SELECT id FROM customers JOIN (VALUES ('k2')) v(email) USING (email)
SELECT who = who FROM holder
SELECT (who).email FROM holder
SELECT holder FROM holder
SELECT (h).who FROM a_diary
SELECT (p).x FROM pairs
SELECT ((p).x).email FROM pairs
SELECT (p).y FROM pairs
SELECT ps[1] FROM pairs
SELECT (d).email FROM persons
SELECT p.x FROM pairs p
SELECT pairs.p.x FROM pairs
SELECT child::base FROM child
SELECT (child).email FROM child
SELECT c.tear_up FROM customers c
SELECT tear_up(c) FROM customers c
SELECT email(c) FROM customers c
SELECT email(customers) FROM customers
SELECT "name"(c) FROM customers c
SELECT length(c) FROM customers c
SELECT hash_record(c) FROM customers c
SELECT hashtext(email) FROM customers
SELECT record_out(c) FROM customers c
SELECT c.record_out FROM customers c
SELECT num_nonnulls(VARIADIC ARRAY[email]) FROM customers
SELECT num_nulls(c.*) FROM customers c
SELECT json_populate_record(c, '{}') FROM customers c
SELECT jsonb_populate_record(NULL::customers, to_jsonb(c)) FROM customers c
SELECT * FROM json_populate_record(NULL::customers, '{"email": "x"}')
SELECT any_value(email) FROM customers
SELECT string_agg(name, email) FROM customers
SELECT string_agg(name, ',' ORDER BY email) FROM customers
SELECT array_agg(id ORDER BY balance DESC) FROM customers
SELECT corr(id, balance) FROM customers
SELECT regr_count(id, balance) FROM customers
SELECT count(DISTINCT email) FROM customers
SELECT count(DISTINCT c) FROM customers c
SELECT bool_or(email = 'k2') FROM customers
SELECT id FROM customers HAVING count(email) > 0
SELECT 1 FROM customers HAVING max(email) > 'm'
SELECT width_bucket(balance, 0, 10, 5) FROM customers
SELECT balance % 2 FROM customers
SELECT -balance FROM customers
SELECT balance::int FROM customers
SELECT make_interval(secs => balance) FROM customers
SELECT repeat('x', balance::int) FROM customers
SELECT id FROM customers WHERE balance = $1
SELECT 1/0 FROM customers WHERE email = 'k2'
SELECT id FROM customers WHERE CASE WHEN email = 'k2' THEN 1/0 ELSE 1 END = 1
SELECT overlay(email placing 'x' from 1) FROM customers
SELECT position('k' in email) FROM customers
SELECT trim(email) FROM customers
SELECT email AT TIME ZONE 'UTC' FROM customers
SELECT c.id, (SELECT 1 FROM orders o, (SELECT 1) b(x) JOIN (SELECT 2) d(y) ON email > 'm' LIMIT 1) FROM customers c
SELECT c.id, (SELECT 1 FROM orders c, (SELECT 1) b(x) JOIN (SELECT 2) d(y) ON c.email > 'm' LIMIT 1) FROM customers c
SELECT c.id, (SELECT 1 FROM orders o JOIN ((SELECT 1) b(x) JOIN (SELECT 2) d(y) ON email > 'm') ON true LIMIT 1) FROM customers c
SELECT c.id, (SELECT count(*) FROM orders o, orders p TABLESAMPLE bernoulli (length(email)*10) REPEATABLE (1)) FROM customers c
SELECT balance FROM customers UNION ALL SELECT 1::oid
SELECT balance FROM customers UNION ALL SELECT 1.5::float4
WITH x AS MATERIALIZED (SELECT balance FROM customers UNION ALL SELECT 1::oid) SELECT 1 FROM x
SELECT ((h).who).email FROM a_diary
SELECT (many[1]).email FROM holder
EXPLAIN SELECT id, email FROM customers
EXPLAIN SELECT * FROM app.copied_contacts
SELECT email > 'm' FROM app.copied_contacts
SELECT xt.* FROM customers c, XMLTABLE('/a' PASSING (xmlparse(document '<a/>')) COLUMNS z text PATH 'b' DEFAULT c.email) xt
SELECT xt.* FROM customers c, XMLTABLE(c.email PASSING (xmlparse(document '<a/>')) COLUMNS z text PATH 'b') xt
SELECT (SELECT count(*) FROM orders o JOIN orders p ON o.id = p.id AND handle = 'K2') FROM customers
SELECT (SELECT 1 FROM app.plain a JOIN app.plain b ON EXISTS (SELECT 1 FROM orders WHERE orders.email = contact) LIMIT 1) FROM app.contacts
SELECT (SELECT 1 FROM orders contacts, base a JOIN base b ON contacts.contact > 'm' LIMIT 1) FROM app.contacts
SELECT (SELECT 1 FROM orders customers, base a JOIN base b ON customers.email > 'm' LIMIT 1) FROM customers
SELECT (SELECT 1 FROM orders o, base a LEFT JOIN base b ON email IS NULL LIMIT 1) FROM customers
SELECT (SELECT 1 FROM orders o, base a FULL JOIN base b ON (email, a.id) = ('k2', b.id) LIMIT 1) FROM customers
SELECT (SELECT 1 FROM orders o, base a JOIN base b ON customers IS NOT NULL LIMIT 1) FROM customers
WITH x AS (SELECT id, email FROM customers) SELECT (SELECT 1 FROM orders o, base a JOIN base b ON email > 'm' LIMIT 1) FROM x
SELECT (WITH q AS (SELECT email AS e) SELECT length(e) FROM q) FROM customers
SELECT x FROM customers c, LATERAL (SELECT c) x
SELECT x.* FROM customers c, LATERAL (SELECT (c).*) x
SELECT to_jsonb(x) FROM customers c, LATERAL (SELECT c.email) x
SELECT x.e FROM (SELECT c.email AS e FROM customers c UNION ALL SELECT o.email FROM orders o) x WHERE x.e LIKE 'k%'
SELECT count(*) FROM (SELECT email FROM customers UNION SELECT 'k2') x
SELECT count(*) FROM (SELECT DISTINCT email FROM customers) x
SELECT count(*) FROM (SELECT email FROM customers EXCEPT SELECT email FROM orders) x
SELECT id FROM customers c WHERE (SELECT c.email) = 'k2'
SELECT id FROM customers c WHERE (SELECT email FROM (SELECT c.email) q) = 'k2'
SELECT id FROM customers WHERE (TABLE app.copied_contacts ORDER BY 2 LIMIT 1) IS NOT NULL
SELECT id FROM customers c JOIN LATERAL (SELECT 1 WHERE c.email = 'k2') x ON true
SELECT count(*) FROM customers c NATURAL JOIN app.copied_contacts
SELECT count(*) FROM app.copied_contacts JOIN customers USING (id, email)
SELECT c.id FROM customers c JOIN customers d ON c.email < d.email
SELECT sum(balance) OVER () FROM customers
SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN balance PRECEDING AND CURRENT ROW) FROM customers
SELECT jsonb_path_exists('{}', '$ ? (@ == $e)', jsonb_build_object('e', email)) FROM customers
SELECT profile || jsonb_build_object('e', email) FROM customers
SELECT tags || email FROM customers
SELECT (home).city || email FROM customers
SELECT customers.home.city FROM customers
SELECT row(c.*) FROM customers c
SELECT (c).balance + 1 FROM customers c
SELECT ARRAY[c] FROM customers c
SELECT (ARRAY[c])[1].email FROM customers c
SELECT (h).many[1].email FROM a_diary
SELECT * FROM unnest((SELECT many FROM holder LIMIT 1))
SELECT u.email FROM holder, unnest(many) u
SELECT (who).name FROM holder
SELECT (ps[1]).x FROM pairs
SELECT (ps[1]).y FROM pairs
SELECT ps[1:2] FROM pairs
SELECT (d).name FROM persons
SELECT ROW(d) FROM persons
SELECT email FROM child ORDER BY email
SELECT child FROM child
SELECT c.email || '' FROM base b JOIN child c USING (id)
SELECT count(email) FROM child
SELECT * FROM v_unknown
INSERT INTO orders SELECT id FROM customers
UPDATE customers SET name = email WHERE id = 1
DELETE FROM customers WHERE email = 'k2'
SELECT (o).*, c.email FROM orders o, customers c
SELECT (ROW(1, 2)).*, email FROM customers
SELECT (json_populate_record(NULL::orders, '{}')).*, email FROM customers
SELECT (home).*, email FROM customers
SELECT v.*, c.email FROM customers c, orders o, LATERAL (VALUES (o.*)) v
SELECT v.*, c.email FROM customers c, orders o, LATERAL (VALUES ((o).*)) v
WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n+1 FROM x WHERE n<2) SEARCH DEPTH FIRST BY n SET o SELECT * FROM x, customers
WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n+1 FROM x WHERE n<2) CYCLE n SET isc USING p SELECT x.*, email FROM x, customers
SELECT s.* FROM (SELECT (o).*, c.email FROM orders o, customers c) s
SELECT (o).* FROM orders o UNION ALL SELECT id, id, name, email, balance, name, created FROM customers
SELECT (pg_get_keywords()).*, email FROM customers
SELECT (each).*, email FROM customers, jsonb_each(profile) AS each
SELECT x.*, email FROM customers, LATERAL (SELECT (o).* FROM orders o) x
SELECT (t).a, (t).*, email FROM customers, (SELECT 1 AS a, 2 AS b) t
WITH x(a, b) AS (SELECT (o).*, c.email FROM orders o, customers c) SELECT a FROM x
SELECT * FROM (SELECT (o).* FROM orders o) s JOIN customers c USING (id)
SELECT c.id FROM (SELECT (o).* FROM orders o) s NATURAL JOIN customers c
SELECT (SELECT 1) AS x, (c).* FROM customers c
SELECT (many[1]).*, email FROM holder, customers
SELECT (ARRAY[o])[1].*, c.email FROM orders o, customers c
SELECT ((SELECT o)).*, c.email FROM orders o, customers c
SELECT count(*) FROM customers a NATURAL JOIN (SELECT (o).email FROM (SELECT 'k2' AS email) o) b
SELECT a.id FROM customers a NATURAL JOIN (SELECT email::text FROM (SELECT 'k2' AS email) o) b
SELECT a.id FROM customers a NATURAL JOIN (SELECT (SELECT 'k2' AS email)) b
SELECT a.id FROM customers a NATURAL JOIN (SELECT 'x'::text) b
SELECT a.id FROM customers a JOIN (SELECT (SELECT 'k2' AS email)) b USING (email)
SELECT 1 FROM (SELECT ''::name UNION ALL SELECT email FROM customers) a WHERE name = 'k2'
SELECT 0, ''::text UNION ALL SELECT id, email FROM customers ORDER BY text
SELECT 1 FROM (SELECT ''::name UNION ALL SELECT email FROM customers) a JOIN (SELECT 'k2' AS name) b USING (name)
SELECT * FROM (SELECT id::int FROM orders) a JOIN customers USING (id)
SELECT * FROM (SELECT id::int FROM orders) a NATURAL JOIN customers
SELECT x.*, c.email FROM orders unnest, customers c, LATERAL (SELECT unnest.* FROM unnest(ARRAY[1])) x
SELECT (SELECT unnest.email FROM unnest(ARRAY[1])) FROM customers unnest
SELECT u.email FROM orders o JOIN customers c USING (email) AS u
SELECT * FROM (SELECT id::int FROM orders) a NATURAL JOIN app.plain, customers c
SELECT * FROM (SELECT count(*) FROM orders) a NATURAL JOIN (SELECT count(*) FROM base) b, customers
SELECT r.*, email FROM customers, ROWS FROM (generate_series(1, 1), unnest(ARRAY[1])) r
SELECT jt.*, email FROM customers, JSON_TABLE('{}', '$' COLUMNS (a text, b text)) jt
