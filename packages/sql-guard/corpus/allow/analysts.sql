--> select
WITH numbered AS (SELECT customer_id, placed_at::date AS d, placed_at::date - (row_number() OVER (PARTITION BY customer_id ORDER BY placed_at::date))::int AS grp FROM (SELECT DISTINCT customer_id, placed_at::date AS placed_at FROM orders) x) SELECT customer_id, min(d), max(d), count(*) AS days FROM numbered GROUP BY customer_id, grp HAVING count(*) >= 2 ORDER BY days DESC
--> select
WITH e AS (SELECT *, CASE WHEN at - lag(at) OVER w > interval '30 minutes' OR lag(at) OVER w IS NULL THEN 1 ELSE 0 END AS is_new FROM events WINDOW w AS (PARTITION BY host ORDER BY at)), s AS (SELECT *, sum(is_new) OVER (PARTITION BY host ORDER BY at ROWS UNBOUNDED PRECEDING) AS session_no FROM e) SELECT host, session_no, min(at), max(at), max(at) - min(at) AS length, count(*) FROM s GROUP BY 1, 2
--> select
WITH first AS (SELECT customer_id, date_trunc('month', min(placed_at)) AS cohort FROM orders GROUP BY 1), activity AS (SELECT DISTINCT o.customer_id, date_trunc('month', o.placed_at) AS m FROM orders o) SELECT f.cohort, (extract(year from age(a.m, f.cohort)) * 12 + extract(month from age(a.m, f.cohort)))::int AS month_number, count(DISTINCT a.customer_id) AS active, round(100.0 * count(DISTINCT a.customer_id) / first_value(count(DISTINCT a.customer_id)) OVER (PARTITION BY f.cohort ORDER BY (extract(year from age(a.m, f.cohort)) * 12 + extract(month from age(a.m, f.cohort)))::int), 1) AS pct FROM first f JOIN activity a USING (customer_id) GROUP BY 1, 2 ORDER BY 1, 2
--> select
SELECT status, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY total) AS quartiles, mode() WITHIN GROUP (ORDER BY total), percentile_disc(0.99) WITHIN GROUP (ORDER BY total) FROM orders GROUP BY ROLLUP (status)
--> select
SELECT country, count(*) FILTER (WHERE status = 'new') AS new, count(*) FILTER (WHERE status = 'paid') AS paid, sum(total) FILTER (WHERE status IN ('sent', 'paid')) FROM orders JOIN customers c ON c.id = customer_id GROUP BY GROUPING SETS ((country), ()) ORDER BY grouping(country), 1
--> select
SELECT date_part('year', placed_at) AS y, SUM(CASE date_part('month', placed_at) WHEN 1 THEN total ELSE 0 END) AS jan, SUM(CASE date_part('month', placed_at) WHEN 2 THEN total ELSE 0 END) AS feb FROM orders GROUP BY 1
--> select
WITH steps AS (SELECT host, min(at) FILTER (WHERE kind = 'view') AS viewed, min(at) FILTER (WHERE kind = 'click') AS clicked FROM events GROUP BY host) SELECT count(viewed) AS views, count(clicked) FILTER (WHERE clicked > viewed AND clicked < viewed + interval '7 days') AS clicks, round(100.0 * count(clicked) / NULLIF(count(viewed), 0), 2) || '%' AS rate FROM steps
--> select
SELECT d, v, avg(v) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS ma7, avg(v) OVER (ORDER BY d RANGE BETWEEN INTERVAL '6 days' PRECEDING AND CURRENT ROW EXCLUDE TIES), sum(v) OVER (ORDER BY d) AS running FROM (SELECT placed_at::date AS d, sum(total) AS v FROM orders GROUP BY 1) t
--> select
SELECT m, v, lag(v, 12) OVER (ORDER BY m) AS prev, round((v - lag(v, 12) OVER (ORDER BY m)) / NULLIF(lag(v, 12) OVER (ORDER BY m), 0) * 100, 2) AS yoy FROM (SELECT date_trunc('month', placed_at) m, sum(total) v FROM orders GROUP BY 1) s ORDER BY m DESC
--> select
SELECT d::date AS day, coalesce(sum(o.total), 0) FROM generate_series('2024-01-01'::date, '2024-12-31'::date, '1 day') AS d LEFT JOIN orders o ON o.placed_at >= d AND o.placed_at < d + interval '1 day' GROUP BY 1 ORDER BY 1
--> select
SELECT d FROM generate_series(date '2015-01-01', date '2025-12-31', interval '1 month') d
--> select
SELECT h FROM generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), '1 hour') h
--> select
WITH RECURSIVE tree AS (SELECT id, name, boss_id, 1 AS depth, ARRAY[id] AS path FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, e.name, e.boss_id, t.depth + 1, t.path || e.id FROM employees e JOIN tree t ON e.boss_id = t.id WHERE NOT e.id = ANY(t.path)) SELECT repeat('  ', depth - 1) || name AS label, depth, array_to_string(path, '/') FROM tree ORDER BY path
--> select
WITH RECURSIVE t(id, boss) AS (SELECT id, boss_id FROM employees UNION ALL SELECT e.id, e.boss_id FROM employees e, t WHERE e.boss_id = t.id) SEARCH DEPTH FIRST BY id SET ordercol CYCLE id SET is_cycle USING path SELECT * FROM t ORDER BY ordercol
--> select
WITH RECURSIVE tree AS (SELECT id, name, 0 AS lvl FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, e.name, lvl + 1 FROM employees e JOIN tree ON e.boss_id = tree.id) SELECT lpad('', lvl * 4, ' ') || name FROM tree
--> select
WITH RECURSIVE dates(d) AS (SELECT DATE '2024-01-01' UNION ALL SELECT (d + INTERVAL '1 day')::date FROM dates WHERE d < DATE '2024-01-31') SELECT d, to_char(d, 'Dy') FROM dates
--> select
WITH RECURSIVE fib(a, b, n) AS (VALUES (0::numeric, 1::numeric, 1) UNION ALL SELECT b, a + b, n + 1 FROM fib WHERE n < 50) SELECT a FROM fib
--> select
SELECT id, 6371 * 2 * asin(sqrt(power(sin(radians(place[1] - 52.52) / 2), 2) + cos(radians(52.52)) * cos(radians(place[1])) * power(sin(radians(place[0] - 13.405) / 2), 2))) AS km FROM events ORDER BY km LIMIT 10
--> select
SELECT * FROM events WHERE place <@ box '((0,0),(10,10))' AND place <-> point '(1,1)' < 5 ORDER BY place <-> point(1, 1)
--> select
SELECT o.id, l->>'sku' AS sku, (l->>'qty')::int AS qty FROM orders o CROSS JOIN LATERAL jsonb_array_elements(o.lines) AS l WHERE l @> '{"sku": "a"}' AND o.lines @? '$[*] ? (@.qty > 1)'
--> select
SELECT o.id, x.* FROM orders o, jsonb_to_recordset(o.lines) AS x(sku text, qty int) WHERE x.qty BETWEEN 1 AND 5
--> select
SELECT o.id, jt.* FROM orders o, JSON_TABLE(o.lines, '$[*]' COLUMNS (n FOR ORDINALITY, sku text PATH '$.sku', qty int PATH '$.qty' DEFAULT 0 ON EMPTY, NESTED PATH '$.tags[*]' COLUMNS (tag text PATH '$'))) AS jt
--> select
SELECT JSON_VALUE(profile, '$.age' RETURNING int DEFAULT 0 ON ERROR), JSON_QUERY(profile, '$.langs' WITH WRAPPER), JSON_EXISTS(profile, '$.address.city'), profile IS JSON OBJECT, JSON_OBJECT('a': 1, 'b': name ABSENT ON NULL), JSON_ARRAY(1, 2), JSON_OBJECTAGG(name: id) OVER () FROM customers
--> select
SELECT jsonb_path_query_array(profile, '$.langs[*] ? (@ starts with $p)', '{"p": "d"}'), jsonb_path_exists(profile, '$.age ? (@ > 18)') FROM customers
--> select
SELECT key, count(*), jsonb_typeof(value) FROM customers, jsonb_each(profile) GROUP BY 1, 3
--> select
SELECT jsonb_set(profile, '{address,city}', '"Berlin"'), profile - 'age', profile #- '{langs,0}', jsonb_strip_nulls(profile), jsonb_pretty(profile), profile || '{"a":1}' FROM customers
--> select
SELECT profile['address']['city'] FROM customers WHERE profile ? 'age' AND profile ?| array['a', 'age'] AND profile ?& array['age']
--> select
SELECT jsonb_build_object('customer', c.name, 'orders', (SELECT jsonb_agg(to_jsonb(o) - 'note' ORDER BY o.id) FROM orders o WHERE o.customer_id = c.id)) FROM customers c
--> select
SELECT row_to_json(t) FROM (SELECT id, name FROM customers LIMIT 5) t
--> select
SELECT json_agg(c) FROM customers c
--> select
SELECT p.id, ts_rank_cd(search, q, 32) AS rank, ts_headline('english', description, q, 'StartSel=<b>, StopSel=</b>, MaxWords=20') FROM products p, websearch_to_tsquery('english', 'fine "good thing" -bad') q WHERE search @@ q ORDER BY rank DESC LIMIT 10
--> select
SELECT * FROM products WHERE to_tsvector('english', coalesce(name, '') || ' ' || coalesce(description, '')) @@ to_tsquery('english', 'fine & (thing | stuff:*) & !bad')
--> select
SELECT setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector(coalesce(description, '')), 'D') FROM products
--> select
SELECT id FROM products WHERE search @@ ('fine'::tsquery <-> 'thing'::tsquery)
--> select
SELECT word, ndoc FROM (SELECT unnest(tsvector_to_array(search)) AS word, count(*) AS ndoc FROM products GROUP BY 1) s ORDER BY ndoc DESC
--> select
SELECT placed_at AT TIME ZONE 'America/Los_Angeles', timezone('Asia/Tokyo', placed_at), placed_at::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris', extract(timezone_hour from placed_at), date_trunc('day', placed_at, 'Australia/Sydney') FROM orders
--> select
SELECT now() AT LOCAL, current_timestamp(3), localtimestamp, localtime(0), current_time, 'now'::timestamptz, 'yesterday'::date, 'epoch'::timestamp, 'infinity'::date
--> select
SELECT interval '1' year, interval '1-2' year to month, '1 mon 2 days'::interval * 1.5, make_interval(0, 0, 0, 1), justify_interval('35 days'), extract(epoch from interval '1 day'), age(timestamp '2024-03-01', timestamp '2024-01-31'), interval 'P1DT2H'
--> select
SELECT (date '2024-01-01', interval '10 days') OVERLAPS (date '2024-01-05', date '2024-02-01'), tstzrange(now(), now() + '1h') && tstzrange(now(), NULL), upper(daterange('2024-01-01', '2024-02-01', '[]')) - 1
--> select
SELECT range_agg(valid), unnest(range_agg(valid)), int4multirange(int4range(1, 3), int4range(5, 8)) @> 2, range_intersect_agg(valid) FROM products
--> select
SELECT count(*) FROM generate_series('2024-01-01'::timestamp, '2024-01-31', '1 day') g(d) WHERE extract(isodow FROM d) < 6
--> select
SELECT (date_trunc('month', current_date) + interval '1 month - 1 day')::date
--> select
SELECT width_bucket(extract(year from age(hired)), 0, 50, 10) AS bucket, count(*), min(hired), max(hired) FROM employees GROUP BY 1 ORDER BY 1
--> select
SELECT width_bucket(total, (SELECT array_agg(b ORDER BY b) FROM (VALUES (0::numeric), (10), (50), (100)) v(b))) AS bucket, count(*), repeat('■', (count(*) * 10 / max(count(*)) OVER ())::int) AS bar FROM orders GROUP BY 1
--> select
SELECT ntile(4) OVER (ORDER BY total DESC NULLS LAST) AS quartile, dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, nth_value(total, 2) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders WINDOW w AS (PARTITION BY status ORDER BY total)
--> select
SELECT * FROM (SELECT o.*, rank() OVER (PARTITION BY customer_id ORDER BY total DESC) r FROM orders o) x WHERE r <= 3
--> select
SELECT DISTINCT ON (customer_id) customer_id, id, placed_at FROM orders ORDER BY customer_id, placed_at DESC NULLS LAST, id
--> select
SELECT c.id, l.* FROM customers c LEFT JOIN LATERAL (SELECT total, placed_at FROM orders WHERE customer_id = c.id ORDER BY placed_at DESC FETCH FIRST 2 ROWS WITH TIES) l ON true
--> select
WITH rfm AS (SELECT customer_id, max(placed_at) AS last, count(*) AS f, sum(total) AS m FROM orders GROUP BY 1) SELECT customer_id, ntile(5) OVER (ORDER BY last) || ntile(5) OVER (ORDER BY f)::text || ntile(5) OVER (ORDER BY m) AS segment FROM rfm
--> select
SELECT product_id, revenue, CASE WHEN cum <= 0.8 THEN 'A' WHEN cum <= 0.95 THEN 'B' ELSE 'C' END FROM (SELECT product_id, revenue, sum(revenue) OVER (ORDER BY revenue DESC) / sum(revenue) OVER () AS cum FROM (SELECT product_id, sum(quantity * unit_price) AS revenue FROM order_items GROUP BY 1) r) c
--> select
SELECT a.product_id, b.product_id, count(*) AS together FROM order_items a JOIN order_items b ON a.order_id = b.order_id AND a.product_id < b.product_id GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 3 DESC LIMIT 20
--> select
SELECT corr(quantity, unit_price), regr_slope(unit_price, quantity), stddev_samp(unit_price), var_pop(unit_price), covar_pop(quantity, unit_price), regr_r2(unit_price, quantity) FROM order_items
--> select
SELECT id, (total - avg(total) OVER ()) / NULLIF(stddev(total) OVER (), 0) AS z FROM orders
--> select
WITH q AS (SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY total) q1, percentile_cont(0.75) WITHIN GROUP (ORDER BY total) q3 FROM orders) SELECT o.* FROM orders o, q WHERE o.total > q3 + 1.5 * (q3 - q1) OR o.total < q1 - 1.5 * (q3 - q1)
--> select
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total)::numeric(10,2) FROM orders
--> select
SELECT id, k, v FROM customers CROSS JOIN LATERAL (VALUES ('name', name), ('email', email), ('country', country)) AS u(k, v) WHERE v IS NOT NULL
--> select
SELECT country, array_agg(DISTINCT t ORDER BY t) FROM customers, unnest(tags) AS t GROUP BY country
--> select
SELECT array(SELECT unnest(tags) ORDER BY 1), array_shuffle(tags), array_sample(tags, 1), array_sort(tags), array_reverse(tags) FROM customers
--> select
SELECT string_agg(name, E'\n' ORDER BY name) FROM customers
--> select
SELECT substring(email from '@(.*)$') AS domain, regexp_replace(email, '(.).*@', '\1***@'), email ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$', split_part(email, '@', -1) FROM customers
--> select
SELECT m[1], m[2] FROM customers, regexp_matches(name, '(\w+) (\d+)', 'g') AS m
--> select
SELECT word, count(*) FROM products, regexp_split_to_table(lower(description), '\s+') AS word GROUP BY 1 ORDER BY 2 DESC
--> select
SELECT w FROM products, string_to_table(description, ' ') w WHERE length(w) BETWEEN 2 AND 10
--> select
SELECT name FROM customers WHERE name SIMILAR TO '%(a|b)_%' ESCAPE '#' OR name NOT LIKE ALL (ARRAY['x%', 'y%'])
--> select
SELECT * FROM orders WHERE ('x' || substr(md5(id::text), 1, 8))::bit(32)::int % 100 < 10
--> select
SELECT avg(total) FROM orders TABLESAMPLE SYSTEM (10) REPEATABLE (42)
--> select
SELECT abs(hashtext(id::text)) % 10 AS bucket, count(*) FROM orders GROUP BY 1
--> select
SELECT encode(sha256(name::bytea), 'hex'), md5(name), encode(convert_to(name, 'UTF8'), 'base64'), hashtextextended(name, 0) FROM customers
--> select
SELECT s.i AS missing FROM generate_series((SELECT min(id) FROM orders), (SELECT max(id) FROM orders)) s(i) LEFT JOIN orders o ON o.id = s.i WHERE o.id IS NULL
--> select
SELECT email, count(*), array_agg(id) FROM customers GROUP BY email HAVING count(*) > 1
--> select
SELECT c.* FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id) AND c.id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)
--> select
(SELECT customer_id FROM orders EXCEPT ALL SELECT id FROM customers) UNION (SELECT 1 INTERSECT SELECT 1) ORDER BY 1 LIMIT 5
--> select
SELECT coalesce(a.d, b.d) FROM (SELECT placed_at::date d FROM orders) a FULL OUTER JOIN (SELECT shipped_on d FROM orders) b USING (d) WHERE a IS NULL OR b IS NULL
--> select
SELECT country, status, grouping(country, status), sum(total) FROM orders JOIN customers c ON customer_id = c.id GROUP BY CUBE (country, status)
--> select
SELECT id, sum(total) OVER (PARTITION BY customer_id, date_trunc('year', placed_at) ORDER BY placed_at GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders
--> select
SELECT country, sum(total), round(100 * sum(total) / sum(sum(total)) OVER (), 2) FROM sales GROUP BY country
--> select
SELECT to_char(placed_at, 'ID Day'), extract(hour from placed_at)::int AS h, count(*) FROM orders GROUP BY 1, 2
--> select
SELECT id, (array_remove(array_agg(status) OVER (ORDER BY id), NULL))[cardinality(array_remove(array_agg(status) OVER (ORDER BY id), NULL))] FROM orders LIMIT 10
--> select
SELECT id, first_value(note) OVER (PARTITION BY grp ORDER BY id) FROM (SELECT id, note, count(note) OVER (ORDER BY id) AS grp FROM orders) t
--> select
SELECT flags & B'11110000', flags::int, bit_or(id), 5 # 3, ~5, 1 << 4, bit_count(flags) FROM events GROUP BY flags
--> select
SELECT host << inet '10.0.0.0/8', set_masklen(host, 16), host(host), text(host), inet_merge(host, '10.0.0.2'), mac::macaddr8 FROM events
--> select
SELECT xmlelement(name customer, xmlattributes(id AS id), xmlforest(name, country)), xmlagg(xmlelement(name x, id)) OVER () FROM customers
--> select
SELECT amount * 2, amount::numeric, sum(amount) OVER () FROM events
--> select
SELECT code::text, gen_random_uuid() IS NOT NULL, uuidv7() FROM products
--> select
SELECT round(total, -2), trunc(total::numeric, 1), to_char(total, 'FM999,999,990.00'), (total / 3)::numeric(12, 4), ceil(total)::int, sign(total), log(2, 8), mod(id, 7) FROM orders
--> select
SELECT to_char(now(), 'YYYY"-W"IW'), to_char(interval '90 min', 'HH24:MI'), to_char(0.5, '990.0%'), format('%s: %s', name, id), initcap(name), lpad(id::text, 8, '0'), rpad(name, 30, '.') FROM customers
--> select
SELECT m.month, COALESCE(s.total, 0) FROM (SELECT generate_series(date_trunc('month', min(placed_at)), date_trunc('month', max(placed_at)), '1 month') AS month FROM orders) m LEFT JOIN monthly s USING (month)
--> select
SELECT customer_id, range_agg(tstzrange(placed_at, placed_at + interval '1 day')) FROM orders GROUP BY 1
--> select
SELECT avg((status = 'paid')::int) * 100 AS pct_paid, bool_or(total > 100), every(total > 0) FROM orders
--> select
SELECT any_value(name), max(created_at), min_scale(1.100), random_normal(), erf(1), gamma(5) FROM customers
--> select
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) WITH ORDINALITY AS t(n, l, i)
--> select
WITH big AS MATERIALIZED (SELECT * FROM orders WHERE total > 10), small AS NOT MATERIALIZED (SELECT * FROM big) TABLE small
--> select
SELECT v.label, count(o.id) FROM (VALUES (0, 10, 'low'), (10, 100, 'mid'), (100, NULL, 'high')) AS v(lo, hi, label) LEFT JOIN orders o ON o.total >= v.lo AND (o.total < v.hi OR v.hi IS NULL) GROUP BY v.label
--> select
SELECT n, round(1000 * power(1 + 0.05 / 12, n), 2) AS balance FROM generate_series(1, 360) AS n
--> select
SELECT x, y, x * y FROM generate_series(1, 10) x CROSS JOIN generate_series(1, 10) y ORDER BY 1, 2
--> select
SELECT i, md5(random()::text), (random() * 100)::int, now() - random() * interval '365 days' FROM generate_series(1, 1000) i
--> select
SELECT 4.0 * count(*) FILTER (WHERE x*x + y*y <= 1) / count(*) FROM (SELECT random() x, random() y FROM generate_series(1, 100000)) s
