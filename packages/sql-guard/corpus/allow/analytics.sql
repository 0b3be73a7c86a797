--> select
SELECT c.name, sum(o.total) AS revenue FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.placed_at >= '2024-01-01' GROUP BY c.name ORDER BY revenue DESC NULLS LAST LIMIT 10
--> select
SELECT date_trunc('month', o.placed_at)::date AS month, count(DISTINCT o.customer_id) AS buyers, round(avg(o.total), 2) AS average FROM orders o GROUP BY 1 ORDER BY 1
--> select
WITH first AS (SELECT customer_id, min(placed_at) AS first_at FROM orders GROUP BY 1) SELECT date_trunc('month', first_at) AS cohort, extract(month FROM age(o.placed_at, f.first_at)) AS offset_months, count(DISTINCT o.customer_id) FROM orders o JOIN first f USING (customer_id) GROUP BY 1, 2
--> select
SELECT p.category, percentile_cont(0.9) WITHIN GROUP (ORDER BY i.unit_price) FROM order_items i JOIN products p ON p.id = i.product_id GROUP BY p.category
--> select
SELECT * FROM (SELECT p.*, rank() OVER (PARTITION BY category ORDER BY price DESC) r FROM products p) x WHERE r <= 3
--> select
SELECT country, sum(CASE WHEN status = 'paid' THEN total ELSE 0 END) AS paid, sum(total) FILTER (WHERE status = 'sent') AS sent FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY country
--> select
SELECT corr(quantity::float8, unit_price::float8) FROM order_items
--> select
WITH ranked AS (SELECT customer_id, total, ntile(4) OVER (ORDER BY total) AS q FROM orders) SELECT q, count(*), min(total), max(total) FROM ranked GROUP BY q ORDER BY q
--> select
SELECT a.id, b.id FROM products a JOIN products b ON a.id < b.id AND a.category = b.category LIMIT 10
--> select
SELECT to_char(placed_at, 'Dy') AS weekday, count(*) FROM orders GROUP BY 1 ORDER BY min(extract(isodow FROM placed_at))
--> select
SELECT country, count(*) FILTER (WHERE active) * 1.0 / count(*) AS ratio FROM customers GROUP BY country ORDER BY ratio DESC
--> select
WITH daily AS (SELECT placed_at::date AS d, sum(total) AS t FROM orders GROUP BY 1) SELECT d, avg(t) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM daily
--> select
SELECT kind, payload ->> 'page' AS page, count(*) FROM events GROUP BY 1, 2 HAVING count(*) > 1
--> select
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id HAVING count(o.id) = 0
--> select
SELECT department, max(salary) - min(salary) AS spread FROM employees GROUP BY department
--> select
WITH t AS (SELECT sum(total) AS all_total FROM orders) SELECT customer_id, sum(total) / (SELECT all_total FROM t) AS share FROM orders GROUP BY customer_id ORDER BY share DESC
--> select
SELECT e.name AS employee, b.name AS boss FROM employees e LEFT JOIN employees b ON e.boss_id = b.id
--> select
SELECT count(*) AS "total orders", count(*) FILTER (WHERE shipped_on > placed_at::date + 2) AS late FROM orders
--> select
SELECT name FROM products WHERE price = (SELECT max(price) FROM products) OR name ILIKE '%' || 'duct 1' || '%'
--> select
SELECT DISTINCT c.country FROM customers c JOIN orders o ON o.customer_id = c.id JOIN order_items i ON i.order_id = o.id WHERE i.quantity > 2
--> select
SELECT tag, count(*) FROM customers CROSS JOIN LATERAL unnest(tags) AS tag GROUP BY tag
--> select
SELECT s.month, coalesce(m.total, 0) FROM generate_series(date '2024-01-01', date '2024-06-01', interval '1 month') AS s(month) LEFT JOIN monthly m ON m.month = s.month
--> select
SELECT regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x) FROM (SELECT id::float8 AS x, total::float8 AS y FROM orders) p
--> select
SELECT customer_id, array_agg(id ORDER BY placed_at) AS ids, json_agg(json_build_object('id', id, 'total', total)) AS detail FROM orders GROUP BY customer_id
--> select
SELECT string_agg(format('%s: %s', country, n), '; ' ORDER BY n DESC) FROM (SELECT country, count(*) AS n FROM customers GROUP BY country) x
