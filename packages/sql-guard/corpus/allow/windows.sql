--> select
SELECT name, rank() OVER (ORDER BY credit DESC) FROM customers
--> select
SELECT name, row_number() OVER (PARTITION BY country ORDER BY created_at) FROM customers
--> select
SELECT id, sum(total) OVER w, avg(total) OVER w FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY placed_at)
--> select
SELECT id, sum(total) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM orders
--> select
SELECT id, sum(total) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) FROM orders
--> select
SELECT id, sum(total) OVER (ORDER BY placed_at RANGE BETWEEN interval '1 day' PRECEDING AND interval '1 day' FOLLOWING) FROM orders
--> select
SELECT id, count(*) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM orders
--> select
SELECT id, first_value(total) OVER w, last_value(total) OVER w, nth_value(total, 2) OVER w FROM orders WINDOW w AS (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES)
--> select
SELECT id, lag(total) OVER (ORDER BY id), lead(total, 2, 0) OVER (ORDER BY id) FROM orders
--> select
SELECT id, ntile(4) OVER (ORDER BY total), percent_rank() OVER (ORDER BY total), cume_dist() OVER (ORDER BY total) FROM orders
--> select
SELECT dense_rank() OVER (w ORDER BY total) FROM orders WINDOW w AS (PARTITION BY status)
--> select
SELECT * FROM (SELECT o.*, row_number() OVER (PARTITION BY customer_id ORDER BY placed_at DESC) AS rn FROM orders o) t WHERE rn = 1
--> select
SELECT sum(count(*)) OVER () FROM orders GROUP BY status
--> select
SELECT status, count(*) * 100.0 / sum(count(*)) OVER () AS share FROM orders GROUP BY status
--> select
SELECT count(*) FILTER (WHERE total > 5) OVER (PARTITION BY status) FROM orders
--> select
SELECT total - lag(total) OVER (PARTITION BY customer_id ORDER BY placed_at) AS diff FROM orders
--> select
SELECT array_agg(id) OVER (ORDER BY id ROWS 3 PRECEDING EXCLUDE GROUP) FROM orders
