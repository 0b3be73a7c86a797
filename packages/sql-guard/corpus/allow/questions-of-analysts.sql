--> select
-- Monthly recurring revenue, month over month
SELECT month, mrr, lag(mrr) OVER (ORDER BY month) AS previous, round(100.0 * (mrr - lag(mrr) OVER (ORDER BY month)) / nullif(lag(mrr) OVER (ORDER BY month), 0), 1) AS growth_pct FROM (SELECT date_trunc('month', placed_at)::date AS month, sum(total) AS mrr FROM orders GROUP BY 1) m ORDER BY month;
--> select
WITH cohort AS (SELECT customer_id, date_trunc('month', min(placed_at)) AS c0 FROM orders GROUP BY 1), size AS (SELECT c0, count(*) AS n FROM cohort GROUP BY 1) SELECT c.c0::date AS cohort, (extract(year FROM age(date_trunc('month', o.placed_at), c.c0)) * 12 + extract(month FROM age(date_trunc('month', o.placed_at), c.c0)))::int AS month_number, count(DISTINCT o.customer_id) AS active, round(100.0 * count(DISTINCT o.customer_id) / max(s.n), 1) AS retention FROM orders o JOIN cohort c USING (customer_id) JOIN size s USING (c0) GROUP BY 1, 2 ORDER BY 1, 2
--> select
WITH days AS (SELECT generate_series(current_date - 29, current_date, '1 day')::date AS d), active AS (SELECT at::date AS d, count(DISTINCT host) AS dau FROM events GROUP BY 1) SELECT days.d, coalesce(a.dau, 0) AS dau, (SELECT count(DISTINCT host) FROM events e WHERE e.at::date BETWEEN days.d - 6 AND days.d) AS wau, (SELECT count(DISTINCT host) FROM events e WHERE e.at::date BETWEEN days.d - 29 AND days.d) AS mau FROM days LEFT JOIN active a USING (d) ORDER BY 1
--> select
WITH s AS (SELECT *, sum(CASE WHEN gap > interval '30 min' OR gap IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY host ORDER BY at) AS session_no FROM (SELECT *, at - lag(at) OVER (PARTITION BY host ORDER BY at) AS gap FROM events) e) SELECT host, session_no, min(at) AS started, max(at) - min(at) AS duration, count(*) AS hits, (array_agg(kind ORDER BY at))[1] AS entry, (array_agg(kind ORDER BY at DESC))[1] AS exit FROM s GROUP BY 1, 2
--> select
WITH funnel AS (SELECT host, bool_or(kind = 'view') AS s1, bool_or(kind = 'click') AS s2, bool_or(kind = 'buy') AS s3 FROM events GROUP BY host) SELECT step, users, round(100.0 * users / first_value(users) OVER (ORDER BY step), 1) AS pct_of_first, round(100.0 * users / lag(users) OVER (ORDER BY step), 1) AS pct_of_previous FROM (SELECT 1 AS step, count(*) FILTER (WHERE s1) AS users FROM funnel UNION ALL SELECT 2, count(*) FILTER (WHERE s1 AND s2) FROM funnel UNION ALL SELECT 3, count(*) FILTER (WHERE s1 AND s2 AND s3) FROM funnel) x
--> select
WITH islands AS (SELECT customer_id, placed_at::date AS d, placed_at::date - (dense_rank() OVER (PARTITION BY customer_id ORDER BY placed_at::date))::int AS grp FROM orders) SELECT customer_id, min(d) AS streak_start, max(d) AS streak_end, count(DISTINCT d) AS days FROM islands GROUP BY customer_id, grp HAVING count(DISTINCT d) >= 2 ORDER BY days DESC
--> select
SELECT id + 1 AS gap_start, next_id - 1 AS gap_end FROM (SELECT id, lead(id) OVER (ORDER BY id) AS next_id FROM orders) t WHERE next_id - id > 1
--> select
SELECT customer_id, total, sum(total) OVER (PARTITION BY customer_id ORDER BY placed_at ROWS UNBOUNDED PRECEDING) AS running, avg(total) OVER (PARTITION BY customer_id ORDER BY placed_at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving, total - first_value(total) OVER (PARTITION BY customer_id ORDER BY placed_at) AS since_first FROM orders
--> select
WITH rfm AS (SELECT customer_id, current_date - max(placed_at)::date AS recency, count(*) AS frequency, sum(total) AS monetary FROM orders GROUP BY 1), scored AS (SELECT *, ntile(5) OVER (ORDER BY recency DESC) AS r, ntile(5) OVER (ORDER BY frequency) AS f, ntile(5) OVER (ORDER BY monetary) AS m FROM rfm) SELECT CASE WHEN r >= 4 AND f >= 4 THEN 'Champions' WHEN r >= 3 AND f >= 3 THEN 'Loyal' WHEN r <= 2 AND f >= 3 THEN 'At risk' ELSE 'Other' END AS segment, count(*), round(avg(monetary), 2) FROM scored GROUP BY 1 ORDER BY 2 DESC
--> select
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) AS median, percentile_cont(0.95) WITHIN GROUP (ORDER BY total) AS p95, avg(total)::numeric(10, 2), stddev_samp(total)::numeric(10, 2), min(total), max(total), count(*) AS n, count(*) - count(note) AS missing, mode() WITHIN GROUP (ORDER BY status) FROM orders
--> select
SELECT width_bucket(total, 0, 150, 15) AS bucket, numrange((width_bucket(total, 0, 150, 15) - 1) * 10::numeric, width_bucket(total, 0, 150, 15) * 10::numeric) AS range, count(*) AS freq, repeat('■', (count(*)::float / max(count(*)) OVER () * 30)::int) AS bar FROM orders GROUP BY bucket ORDER BY bucket
--> select
SELECT product_id, quantity, round(100 * sum(quantity) OVER (ORDER BY quantity DESC, product_id) / sum(quantity) OVER (), 1) AS cumulative_pct FROM (SELECT product_id, sum(quantity) AS quantity FROM order_items GROUP BY 1) t
--> select
SELECT a.product_id AS p1, b.product_id AS p2, count(*) AS n, round(count(*)::numeric / (SELECT count(DISTINCT order_id) FROM order_items), 4) AS support FROM order_items a JOIN order_items b ON a.order_id = b.order_id AND a.product_id < b.product_id GROUP BY 1, 2 HAVING count(*) >= 1 ORDER BY n DESC LIMIT 20
--> select
SELECT to_char(placed_at, 'YYYY') AS year, sum(total) FILTER (WHERE extract(quarter FROM placed_at) = 1) AS q1, sum(total) FILTER (WHERE extract(quarter FROM placed_at) = 2) AS q2, sum(total) FILTER (WHERE extract(quarter FROM placed_at) = 3) AS q3, sum(total) FILTER (WHERE extract(quarter FROM placed_at) = 4) AS q4 FROM orders GROUP BY 1
--> select
SELECT coalesce(country, 'TOTAL') AS country, coalesce(status, 'all') AS status, sum(o.total), grouping(country, status) FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY CUBE (country, status) ORDER BY 4, 1, 2
--> select
SELECT d::date AS date, extract(isoyear FROM d)::int * 100 + extract(week FROM d)::int AS yearweek, to_char(d, 'Day') AS weekday, extract(doy FROM d) AS day_of_year, (date_trunc('month', d) + interval '1 month - 1 day')::date AS month_end, extract(isodow FROM d) IN (6, 7) AS is_weekend, 'Q' || to_char(d, 'Q YYYY') AS quarter, CASE WHEN extract(month FROM d) >= 4 THEN extract(year FROM d) ELSE extract(year FROM d) - 1 END AS fiscal_year FROM generate_series('2020-01-01'::timestamp, '2030-12-31', '1 day') AS d
--> select
SELECT count(*) AS business_days FROM generate_series(date '2024-01-01', date '2024-12-31', interval '1 day') d WHERE extract(isodow FROM d) < 6 AND d::date <> ALL ('{2024-01-01,2024-12-25}'::date[])
--> select
SELECT e.name, e.salary, e.salary - avg(e.salary) OVER (PARTITION BY e.department) AS diff, e.salary > (SELECT avg(salary) FROM employees) AS above FROM employees e ORDER BY diff DESC
--> select
SELECT DISTINCT salary FROM employees e1 WHERE 2 = (SELECT count(DISTINCT salary) FROM employees e2 WHERE e2.salary > e1.salary)
--> select
SELECT department, name, salary FROM (SELECT *, dense_rank() OVER (PARTITION BY department ORDER BY salary DESC) AS r FROM employees) t WHERE r <= 3
--> select
SELECT max(salary) FROM employees WHERE salary < (SELECT max(salary) FROM employees)
--> select
SELECT e.name FROM employees e JOIN employees b ON e.boss_id = b.id WHERE e.salary > b.salary
--> select
SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.category = 'toys' AND NOT EXISTS (SELECT 1 FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.customer_id = c.id AND i.product_id = p.id))
--> select
SELECT CASE WHEN id % 2 = 1 AND id = (SELECT max(id) FROM customers) THEN id WHEN id % 2 = 1 THEN id + 1 ELSE id - 1 END AS id, name FROM customers ORDER BY id
--> select
SELECT DISTINCT l1.status FROM orders l1 JOIN orders l2 ON l1.id = l2.id - 1 JOIN orders l3 ON l2.id = l3.id - 1 WHERE l1.status = l2.status AND l2.status = l3.status
--> select
SELECT w1.id FROM orders w1, orders w2 WHERE w1.shipped_on = w2.shipped_on + 1 AND w1.total > w2.total
--> select
SELECT round(count(DISTINCT o2.customer_id)::numeric / nullif(count(DISTINCT o1.customer_id), 0), 2) AS fraction FROM orders o1 LEFT JOIN orders o2 ON o1.customer_id = o2.customer_id AND o2.placed_at::date = o1.placed_at::date + 1
--> select
SELECT customer_id, string_agg(DISTINCT status, ' > ' ORDER BY status) AS path, array_agg(total ORDER BY placed_at DESC) FILTER (WHERE total > 10) AS totals, jsonb_object_agg(id, total) AS by_id FROM orders GROUP BY customer_id
--> select
SELECT corr(x, y), regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x), covar_samp(x, y) FROM (SELECT extract(epoch FROM placed_at) AS x, total::float8 AS y FROM orders) t
--> select
SELECT id, total, (total - avg(total) OVER ()) / stddev_pop(total) OVER () AS z, ntile(100) OVER (ORDER BY total) AS percentile, cume_dist() OVER (ORDER BY total) FROM orders
--> select
WITH s AS (SELECT placed_at::date AS d, sum(total) AS v FROM orders GROUP BY 1), f AS (SELECT d, v, avg(v) OVER w7 AS ma7, stddev(v) OVER w7 AS sd7 FROM s WINDOW w7 AS (ORDER BY d ROWS BETWEEN 7 PRECEDING AND 1 PRECEDING)) SELECT * FROM f WHERE abs(v - ma7) > 3 * sd7
--> select
WITH RECURSIVE ema AS (SELECT rn, v, v AS e FROM (SELECT row_number() OVER (ORDER BY id) AS rn, total AS v FROM orders) x WHERE rn = 1 UNION ALL SELECT x.rn, x.v, (0.3 * x.v + 0.7 * ema.e)::numeric(12, 2) FROM ema JOIN (SELECT row_number() OVER (ORDER BY id) AS rn, total AS v FROM orders) x ON x.rn = ema.rn + 1) SELECT * FROM ema
--> select
SELECT n AS period, round(1000 * (1 + 0.05 / 12) ^ n, 2) AS balance, round(200000 * (0.04 / 12) / (1 - (1 + 0.04 / 12) ^ -360), 2) AS payment FROM generate_series(0, 360, 12) AS n
--> select
SELECT exp(sum(ln(1 + r))) - 1 AS compound, power(exp(sum(ln(1 + r))), 1.0 / count(*)) - 1 AS cagr FROM (VALUES (0.05), (0.02), (-0.01)) AS t(r)
--> select
SELECT c.name, coalesce(sum(o.total), 0)::money AS ltv, count(o.id) AS orders, max(o.placed_at)::date AS last_order, CASE WHEN max(o.placed_at) < now() - interval '90 days' THEN 'churned' ELSE 'active' END AS state FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name
--> select
SELECT date_bin('15 minutes', at, timestamptz '2001-01-01') AS slot, kind, count(*) FROM events GROUP BY 1, 2 ORDER BY 1
--> select
SELECT to_timestamp(floor(extract(epoch FROM at) / 300) * 300) AS five_minutes, count(*) FROM events GROUP BY 1
--> select
SELECT $$it's$$ AS quoted, 'a''b' AS doubled, E'line\nbreak' AS escaped, '{"k": "v''s"}'::jsonb ->> 'k'
--> select
select   c.Name,Count ( * )   as   CNT from   Customers c where   c.Country   in ('DE' , 'FR')   group by c.Name   having Count(*)>=1   order by CNT desc limit 10 ;
--> select
SELECT /*+ IndexScan(o) */ o.id FROM orders o WHERE o.id = 1 -- hint of pg_hint_plan
--> select
SELECT id, name, email, ROW_NUMBER() OVER (PARTITION BY lower(email) ORDER BY created_at) AS duplicate_no FROM customers WHERE email ~* '^[A-Z0-9._%+-]+@[A-Z0-9.-]+\.[A-Z]{2,}$'
--> select
SELECT regexp_replace(email, '(^.).*(@.*$)', '\1***\2') AS masked, split_part(email, '@', 2) AS domain, initcap(replace(split_part(email, '@', 1), '.', ' ')) FROM customers
--> select
SELECT id, tags, array_length(tags, 1), 'a' = ANY (tags) AS has_a, tags || ARRAY['new'], array_position(tags, 'b'), (SELECT count(*) FROM unnest(tags) t WHERE t LIKE 'a%') FROM customers WHERE tags && ARRAY['a', 'z'] AND NOT tags @> ARRAY['q']
--> select
SELECT t.tag, count(*), array_agg(c.id ORDER BY c.id) FROM customers c CROSS JOIN LATERAL unnest(c.tags) WITH ORDINALITY AS t(tag, pos) WHERE t.pos = 1 GROUP BY t.tag
--> select
SELECT id, profile #>> '{address,city}' AS city, (profile ->> 'age')::int AS age, profile @> '{"langs": ["de"]}', jsonb_array_length(profile -> 'langs'), jsonb_path_query_array(profile, '$.langs[*]') FROM customers WHERE profile ? 'age' AND (profile ->> 'age')::int BETWEEN 1 AND 20
--> select
SELECT key, jsonb_agg(DISTINCT value) FROM customers, jsonb_each(profile) GROUP BY key
--> select
SELECT o.id, line ->> 'sku' AS sku, (line ->> 'qty')::int AS qty, pos FROM orders o, jsonb_array_elements(o.lines) WITH ORDINALITY AS a(line, pos) WHERE line @> '{"sku": "a"}'
--> select
SELECT jsonb_build_object('id', c.id, 'name', c.name, 'orders', coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'total', o.total, 'items', (SELECT coalesce(jsonb_agg(to_jsonb(i) - 'order_id'), '[]') FROM order_items i WHERE i.order_id = o.id)) ORDER BY o.id) FROM orders o WHERE o.customer_id = c.id), '[]'::jsonb)) FROM customers c LIMIT 3
--> select
SELECT p.id, p.name, v.lower_bound, v.days FROM products p, LATERAL (SELECT lower(p.valid) AS lower_bound, upper(p.valid) - lower(p.valid) AS days) v WHERE p.valid @> current_date OR p.valid && daterange('2024-01-01', '2024-02-01')
--> select
SELECT range_agg(daterange(shipped_on, shipped_on + 3)) AS busy, upper(range_merge(range_agg(daterange(shipped_on, shipped_on + 3)))) FROM orders
--> select
SELECT now() AT TIME ZONE 'Europe/Berlin' AS berlin, (now() AT TIME ZONE 'UTC')::date AS utc_day, placed_at AT TIME ZONE 'America/New_York' AS ny, extract(timezone_hour FROM placed_at), to_char(placed_at AT TIME ZONE 'Asia/Kolkata', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+05:30"') FROM orders LIMIT 1
--> select
SELECT name, abbrev, utc_offset, is_dst FROM pg_timezone_names WHERE name LIKE 'Europe/%' ORDER BY utc_offset
--> select
SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default, character_maximum_length FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2, ordinal_position
--> select
SELECT tc.table_name, kcu.column_name, ccu.table_name AS foreign_table, ccu.column_name AS foreign_column, rc.update_rule, rc.delete_rule FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu USING (constraint_schema, constraint_name) JOIN information_schema.constraint_column_usage ccu USING (constraint_schema, constraint_name) JOIN information_schema.referential_constraints rc USING (constraint_schema, constraint_name) WHERE tc.constraint_type = 'FOREIGN KEY'
--> select
SELECT c.relname, pg_size_pretty(pg_total_relation_size(c.oid)) AS size, c.reltuples::bigint AS rows, round(c.relpages * current_setting('block_size')::numeric / 1024 / 1024, 1) AS mb, s.n_dead_tup, s.last_autovacuum FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid WHERE c.relkind IN ('r', 'm', 'p') ORDER BY pg_total_relation_size(c.oid) DESC LIMIT 20
--> select
SELECT indrelid::regclass AS tbl, indexrelid::regclass AS idx, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)) FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid, indrelid) WHERE idx_scan = 0 AND NOT indisunique
--> select
SELECT c.conrelid::regclass AS tbl, c.conname, array_agg(a.attname ORDER BY x.n) AS columns FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS x(attnum, n) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = x.attnum WHERE c.contype = 'f' AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] @> c.conkey) GROUP BY 1, 2
