--> select
SELECT country, count(*) FROM customers GROUP BY country
--> select
SELECT country, count(*) AS n FROM customers GROUP BY 1 HAVING count(*) > 1 ORDER BY n DESC
--> select
SELECT count(DISTINCT country), count(*) FILTER (WHERE active) FROM customers
--> select
SELECT sum(total), avg(total), min(total), max(total), stddev(total), variance(total) FROM orders
--> select
SELECT country, active, count(*) FROM customers GROUP BY ROLLUP (country, active)
--> select
SELECT country, active, count(*) FROM customers GROUP BY CUBE (country, active)
--> select
SELECT country, active, count(*), grouping(country, active) FROM customers GROUP BY GROUPING SETS ((country), (active), ())
--> select
SELECT country, count(*) FROM customers GROUP BY DISTINCT ROLLUP (country), ROLLUP (country)
--> select
SELECT country FROM customers GROUP BY ALL country
--> select
SELECT country, count(*) FROM customers GROUP BY (country)
--> select
SELECT 1 FROM customers GROUP BY ()
--> select
SELECT date_trunc('month', placed_at) AS month, sum(total) FROM orders GROUP BY month ORDER BY month
--> select
SELECT string_agg(name, ', ' ORDER BY name DESC) FROM customers
--> select
SELECT array_agg(DISTINCT country ORDER BY country) FROM customers
--> select
SELECT json_agg(c), jsonb_agg(name), json_object_agg(id, name) FROM customers c
--> select
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total), percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY total) FROM orders
--> select
SELECT mode() WITHIN GROUP (ORDER BY status) FROM orders
--> select
SELECT rank(5) WITHIN GROUP (ORDER BY id) FROM customers
--> select
SELECT bool_and(active), bool_or(active), every(active), bit_and(id), bit_or(id), bit_xor(id) FROM customers
--> select
SELECT corr(total, id), covar_pop(total, id), regr_slope(total, id) FROM orders
--> select
SELECT any_value(name) FROM customers
--> select
SELECT sum(quantity * unit_price) FROM order_items
--> select
SELECT customer_id, sum(total) FROM orders GROUP BY customer_id HAVING sum(total) > 5 AND count(*) < 100
--> select
SELECT c.country, sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country
--> select
SELECT xmlagg(xmlelement(name n, name)) FROM customers
--> select
SELECT range_agg(span) FROM employees
--> select
SELECT array_agg(tags) FROM customers
--> select
SELECT count(*) FROM (SELECT DISTINCT country, active FROM customers) d
--> select
SELECT max(name COLLATE "C") FROM customers
--> select
SELECT coalesce(sum(total), 0) FROM orders WHERE false
--> select
SELECT 100.0 * count(*) FILTER (WHERE active) / nullif(count(*), 0) AS percent FROM customers
--> select
SELECT width_bucket(total, 0, 200, 10) AS bucket, count(*) FROM orders GROUP BY bucket
--> select
SELECT date_bin('15 minutes', at, timestamptz '2024-01-01') AS bin, count(*) FROM events GROUP BY bin
