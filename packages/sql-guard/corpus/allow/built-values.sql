--> select
SELECT to_char(m, 'YYYY-MM') AS month, count(o.id), coalesce(sum(o.total), 0) FROM generate_series(date '2024-01-01', date '2024-12-01', interval '1 month') AS m LEFT JOIN orders o ON date_trunc('month', o.placed_at) = m GROUP BY m ORDER BY m
--> select
SELECT array_agg(i * 2) FROM generate_series(1, 365) i
--> select
SELECT json_agg(json_build_object('day', d, 'orders', n) ORDER BY d) FROM (SELECT current_date - g AS d, count(o.id) AS n FROM generate_series(0, 364) g LEFT JOIN orders o ON o.placed_at::date = current_date - g GROUP BY 1) s
--> select
SELECT json_agg(hour), json_agg(n), json_agg(round(n / 7.0, 2)) FROM (SELECT h AS hour, count(o.id) AS n FROM generate_series(0, 23) h LEFT JOIN orders o ON extract(hour FROM o.placed_at) = h GROUP BY h ORDER BY h) s
--> select
SELECT json_build_object('labels', json_agg(to_char(current_date - g, 'YYYY-MM-DD') ORDER BY g), 'values', json_agg(coalesce(t.total, 0) ORDER BY g)) FROM generate_series(0, 89) g LEFT JOIN (SELECT shipped_on, sum(total) AS total FROM orders GROUP BY 1) t ON t.shipped_on = current_date - g
--> select
SELECT string_agg(CASE WHEN n > 20 THEN '#' ELSE '.' END, '' ORDER BY g) FROM (SELECT g, count(o.id) * 5 AS n FROM generate_series(1, 100) g LEFT JOIN orders o ON o.id % 100 = g GROUP BY g) s
--> select
SELECT p, percentile_cont(p / 100.0::float8) WITHIN GROUP (ORDER BY o.total) FROM generate_series(1, 99) p, orders o GROUP BY p ORDER BY p
--> select
WITH bins AS (SELECT g * 50 AS low, (g + 1) * 50 AS high FROM generate_series(0, 19) g) SELECT array_agg(low ORDER BY low), array_agg(n ORDER BY low) FROM (SELECT low, count(o.id) AS n FROM bins LEFT JOIN orders o ON o.total >= low AND o.total < high GROUP BY low) x
--> select
SELECT rpad(name, 20) || lpad(price::text, 10) || ' ' || repeat('*', (price / 2)::int) FROM products WHERE name ILIKE '%duct%'
--> select
SELECT string_agg(rpad(name, 20, '.') || lpad(price::text, 10, ' '), E'\n' ORDER BY name) FROM products WHERE name LIKE 'Product%'
--> select
SELECT ARRAY(SELECT m * 10 FROM generate_series(1, 12) m) && ARRAY[20, 45]
--> select
SELECT c.name, ARRAY(SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.placed_at DESC LIMIT 3) AS last_orders FROM customers c
--> select
WITH baskets AS (SELECT order_id, array_agg(product_id) AS items FROM order_items GROUP BY order_id) SELECT a.order_id, b.order_id FROM baskets a JOIN baskets b ON a.order_id < b.order_id AND a.items && b.items LIMIT 20
--> select
SELECT customer_id, array_agg(DISTINCT status) @> ARRAY['paid', 'new'] FROM orders GROUP BY customer_id
--> select
SELECT to_tsvector('english', string_agg(description, ' ')) @@ plainto_tsquery('english', 'fine thing') FROM products
--> select
SELECT id, ts_headline('english', description, websearch_to_tsquery('english', 'fine OR thing')) FROM products WHERE search @@ websearch_to_tsquery('english', 'fine OR thing')
--> select
SELECT id, ts_rank(search, to_tsquery('english', 'fine & thing')) AS score FROM products ORDER BY score DESC LIMIT 10
--> select
SELECT regexp_replace(string_agg(note, ', ' ORDER BY id), '\d+', '#', 'g') FROM orders
--> select
SELECT split_part(email, '@', 2) AS domain, count(*), string_agg(DISTINCT country, ', ') FROM customers WHERE email ~* '^[a-z0-9.]+@' GROUP BY 1 HAVING count(*) > 1
--> select
SELECT word, count(*) FROM products, regexp_split_to_table(lower(description), '\s+') AS word GROUP BY word ORDER BY 2 DESC
--> select
SELECT word, count(*) FROM orders, unnest(string_to_array(trim(note), ' ')) AS word WHERE word NOT LIKE '%note%' GROUP BY word
--> select
SELECT jsonb_object_agg(k, v) FROM (SELECT key AS k, count(*) AS v FROM events, jsonb_each(payload) GROUP BY key) x
--> select
SELECT jsonb_pretty(jsonb_build_object('customers', (SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name)) FROM customers WHERE name LIKE 'Cust%'), 'orders', (SELECT count(*) FROM orders)))
--> select
SELECT jsonb_path_query_array(jsonb_agg(lines), '$[*][*].sku') FROM orders
--> select
SELECT json_agg(row_to_json(x)) FROM (SELECT date_trunc('week', placed_at) AS week, sum(total) AS total, sum(sum(total)) OVER (ORDER BY date_trunc('week', placed_at)) AS running FROM orders GROUP BY 1) x
--> select
SELECT g.day::date, sum(coalesce(o.total, 0)) OVER (ORDER BY g.day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) / 7 AS weekly FROM generate_series('2024-02-01'::timestamptz, '2024-03-01', '1 day') AS g(day) LEFT JOIN orders o ON o.placed_at::date = g.day::date
--> select
WITH RECURSIVE tree AS (SELECT id, name::text AS path, 1 AS depth FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, t.path || ' > ' || e.name, t.depth + 1 FROM employees e JOIN tree t ON e.boss_id = t.id) SELECT repeat('  ', depth - 1) || path FROM tree WHERE path LIKE '%Employee 3%'
--> select
SELECT format('%-20s|%10s', name, price) FROM products WHERE position('duct' IN name) > 0
--> select
SELECT array_agg(round((random() * 100)::numeric, 2)) FROM generate_series(1, 1000)
--> select
SELECT json_agg(json_build_array(x, sin(radians(x)), cos(radians(x)))) FROM generate_series(0, 360, 5) x
--> select
SELECT count(*) FROM generate_series(1, 100000) g WHERE g % 7 = 0 AND g::text LIKE '%7%'
--> select
SELECT avg(n), stddev(n), array_agg(n ORDER BY n) FILTER (WHERE n > 3) FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY 1) x
--> select
SELECT array_to_string(array_agg(name ORDER BY name), ', ') ILIKE '%product 1%' FROM products
--> select
SELECT width_bucket(total, 0, 200, 10) AS bucket, count(*), repeat('■', count(*)::int) FROM orders GROUP BY 1 ORDER BY 1
--> select
SELECT g, (SELECT json_agg(o.id) FROM orders o WHERE o.customer_id = g) FROM generate_series(1, 30) g
--> select
WITH days AS (SELECT generate_series(0, 6) AS d) SELECT d, to_char(date '2024-01-01' + d, 'Day') AS name, array_agg(o.id) FROM days LEFT JOIN orders o ON extract(isodow FROM o.placed_at) = d + 1 GROUP BY d
--> select
SELECT d.name, h FROM (VALUES ('Mon'), ('Tue')) AS d(name) CROSS JOIN generate_series(0, 23) h WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE extract(hour FROM o.placed_at) = h AND to_char(o.placed_at, 'Dy') = d.name)
--> select
SELECT json_agg(month ORDER BY month), json_agg(change ORDER BY month) FROM (SELECT make_date(2024, m, 1) AS month, sum(o.total) - lag(sum(o.total)) OVER (ORDER BY m) AS change FROM generate_series(1, 12) m LEFT JOIN orders o ON extract(month FROM o.placed_at) = m GROUP BY m) x
--> select
WITH RECURSIVE months(m) AS (SELECT date '2024-01-01' UNION ALL SELECT (m + interval '1 month')::date FROM months WHERE m < date '2024-12-01') SELECT array_agg(to_char(m, 'Mon')) FROM months
--> select
SELECT array_agg(concat_ws(' ', e.name, '/', b.name)) FROM employees e LEFT JOIN employees b ON b.id = e.boss_id WHERE concat(e.name, b.name) LIKE '%1%'
--> select
SELECT jsonb_build_object('x', jsonb_agg(x), 'y', jsonb_agg(y)) FROM (SELECT x, x * x - 4 * x + 3 AS y FROM generate_series(-50, 50) x) points
--> select
SELECT array_agg(n * n) FROM generate_series(1, 1000) n
--> select
SELECT array_fill(0, ARRAY[200000])
--> select
SELECT jsonb_pretty(profile), jsonb_pretty('{"a": [1, {"b": [2]}]}') FROM customers
