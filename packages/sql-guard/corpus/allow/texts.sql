--> select
-- Top 5 customers by revenue
-- (uses the orders table; total is in EUR)
SELECT
    c.name AS customer_name,          -- name
    SUM(o.total) AS revenue           /* sum; not "avg" */
FROM customers AS c
INNER JOIN orders AS o
    ON o.customer_id = c.id
WHERE o.status = 'paid'               -- only paid
GROUP BY c.name
ORDER BY revenue DESC
LIMIT 5;
--> select
/*
 * Step 1: find active customers
 * Step 2: join
 */
WITH active_customers AS (
  SELECT id, name FROM customers WHERE active IS TRUE
),
-- orders of last month
recent_orders AS (
  SELECT customer_id, COUNT(*) AS order_count
  FROM orders
  WHERE placed_at >= date_trunc('month', CURRENT_DATE - INTERVAL '1 month')
    AND placed_at <  date_trunc('month', CURRENT_DATE)
  GROUP BY customer_id
)
SELECT ac.name, COALESCE(ro.order_count, 0) AS order_count
FROM active_customers ac
LEFT JOIN recent_orders ro ON ro.customer_id = ac.id
ORDER BY order_count DESC, ac.name
;
--> select
select 1;  
--> select
SELECT 1; -- done
--> select
SELECT 1 /* done */ ; /* really */
--> select

   		SELECT
1
--> select
SELECT /* a /* nested */ comment */ 1
--> select
SELECT 1,
  2
FROM customers
--> select
SELECT NAME, EMAIL FROM CUSTOMERS WHERE ID=1 AND ACTIVE=TRUE
--> select
SELECT k."Größe", k."客户名称" AS "名前", "Straße" AS straße FROM "Kunden" k WHERE k."客户名称" LIKE 'Ä%'
--> select
SELECT größe, имя FROM таблица WHERE имя = 'Привет' ORDER BY größe
--> select
SELECT '🎉' AS "🎉", length('👨‍👩‍👧‍👦'), name || ' ✅' FROM customers
--> select
SELECT 'مرحبا' AS arabic, 'é' = 'é', normalize('é', NFC), 'x' IS NORMALIZED
--> select
SELECT "Customer"."FirstName", "Customer"."Order Count" FROM "Sales"."Customer" "Customer" WHERE "Customer"."IsActive" = true
--> select
SELECT "user", "order", "group", "select" FROM "table" WHERE "from" = 1
--> select
SELECT 'It''s', E'tab\there', $$dollar 'quoted'$$, $tag$ $$ inside $tag$, U&'\0041', B'101', X'1F', N'national'
--> select
SELECT 1_000_000, 0xFF, 0b101, 0o17, 1e10, .5, 5., -3, +4, 1.5e-3
--> select
SELECT 'hello' AS greeting, 1 + 1 AS two, now()::date
--> select
VALUES (1, 'a'), (2, 'b')
--> select
TABLE customers
--> select
SELECT *, total * 1.19 AS gross FROM orders ORDER BY 1 LIMIT ALL
--> select
SELECT c.name, o.total FROM customers c, orders o WHERE c.id = o.customer_id AND o.total > 100
--> select
SELECT * FROM orders NATURAL JOIN (SELECT 1 AS id) x
--> select
SELECT * FROM customers WHERE email IS NULL OR email = '' OR active IS NOT UNKNOWN OR (name, country) IS DISTINCT FROM ('a', 'b')
--> select
SELECT * FROM orders WHERE total BETWEEN SYMMETRIC 10 AND 5 AND placed_at BETWEEN '2024-01-01' AND '2024-01-31 23:59:59'
--> select
SELECT * FROM orders WHERE (customer_id, status) IN ((1, 'new'), (2, 'paid')) AND customer_id IN (SELECT id FROM customers)
--> select
SELECT CASE WHEN total > 100 THEN 'big' WHEN total > 10 THEN 'mid' ELSE 'small' END AS size, count(*) FROM orders GROUP BY size ORDER BY min(total)
--> select
SELECT COALESCE(NULLIF(TRIM(BOTH ' ' FROM name), ''), 'n/a'), GREATEST(1, 2), LEAST(1, NULL) FROM customers
--> select
SELECT '1'::int, CAST('1' AS integer), int '1', '2024-01-01'::date, '{1,2}'::int[], '1'::varchar(10)::char(3), 1::float8, '{}'::json, 'a'::"char", 't'::boolean
--> select
SELECT position('b' IN 'abc'), extract(dow FROM now()), overlay('abcdef' PLACING 'XX' FROM 2 FOR 3), substring('abc' SIMILAR 'a#"b#"c' ESCAPE '#'), collation for ('a'), trim(LEADING 'x' FROM 'xxa')
--> select
SELECT name FROM customers ORDER BY name COLLATE "C", name COLLATE "de-x-icu"
--> select
SELECT ROW(1, 'a'), (1, 2) = (1, 2), ROW(c.*) FROM customers c
--> select
SELECT c FROM customers c WHERE c.* IS NOT NULL
--> select
SELECT COUNT(DISTINCT (customer_id, status)), COUNT(*) - COUNT(note) FROM orders
--> select
SELECT * FROM orders ORDER BY id OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY
--> select
SELECT * FROM orders LIMIT (SELECT 5) OFFSET 1 + 1
--> select
SELECT * FROM customers WHERE active AND NOT (country = 'US' OR country = 'FR') IS TRUE
--> select
SELECT 5 <> 3, 5 != 3, 2 ^ 3, |/ 4, ||/ 27, @ -5, 5 % 3, 'a' || 1, -(-1)
--> select
SELECT * FROM customers WHERE country = 'A' OR country = 'B' OR country = 'C' OR country = 'D' OR country = 'E' OR country = 'F'
--> select
SELECT * FROM orders WHERE id IN (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25)
--> select
SELECT * FROM orders WHERE note = 'DROP TABLE x; DELETE FROM y; --' OR note ILIKE '%update%'
--> select
SELECT "update", "delete", created_at AS "insert", "grant" FROM audit
--> select
SELECT pg_sleep, set_config, version FROM settings_backup
--> select
SELECT * FROM app.pg_stat_activity_archive a JOIN app.users u ON u.id = a.user_id
--> select
SELECT * FROM "user" u WHERE u.role = 'admin' AND u.password_reset_at IS NOT NULL
--> select
WITH pg_data AS (SELECT 1 AS pg_x) SELECT pg_x FROM pg_data
--> select
SELECT * FROM analytics.daily_revenue WHERE day >= current_date - 30
--> select
SELECT t.a, t.b FROM (SELECT 1, 2) AS t(a, b)
--> select
WITH a AS (SELECT 1 x), b AS (SELECT x + 1 y FROM a), c AS (SELECT y * 2 z FROM b) SELECT x, y, z FROM a, b, c
--> select
WITH t(a, b) AS (SELECT 1, 2) SELECT a + b FROM t
--> select
((SELECT 1)) UNION ALL ((SELECT 2) ORDER BY 1)
--> select
SELECT FROM customers
--> select
SELECT EXISTS (SELECT 1 FROM orders WHERE total > 1000000)
--> select
SELECT (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM orders) AS orders
--> select
SELECT * FROM orders WHERE total >= ALL (SELECT total FROM orders WHERE total IS NOT NULL)
--> select
SELECT * FROM orders WHERE placed_at >= '2024-01-01' AND placed_at < '2024-02-01'::date + 1 AND shipped_on = DATE '2024-02-03'
--> select
SELECT count(*) FROM orders WHERE placed_at > now() - '7 days'::interval AND placed_at::time BETWEEN '09:00' AND '17:00'
--> select
SELECT name FROM customers LIMIT 5 OFFSET 0
--> select
SELECT coalesce(max(id), 0) + 1 AS next_id, to_char(sysdate.d, 'DD-MON-YYYY') FROM customers, (SELECT now() AS d) sysdate GROUP BY sysdate.d
--> select
SELECT *, count(*) OVER () AS full_count FROM orders ORDER BY placed_at DESC LIMIT 20 OFFSET 40
--> select
SELECT * FROM orders WHERE (placed_at, id) < ('2024-03-01', 50) ORDER BY placed_at DESC, id DESC LIMIT 20
--> select
SELECT 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.' AS t
--> select
SELECT '----------------------------------------------------------------' AS line -- ------------------------------------------------
--> select
-- ============================================================================================
-- Report: revenue
-- ============================================================================================
SELECT sum(total) FROM orders
--> select
SELECT count(*) AS "Number of
orders" FROM orders
--> select
SELECT '{{ ds }}' AS ds, '%s' AS p, ':name' AS n
--> select
SELECT version(), current_date, pg_typeof(1.5)
--> select
SELECT * FROM customers WHERE profile::text IS JSON AND (profile ->> 'age')::int > 30 AND jsonb_array_length(profile -> 'langs') > 1
--> select
SELECT avg(n) FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id) s
--> select
SELECT * FROM customers WHERE name LIKE '50\%%' ESCAPE '\' OR email LIKE '%!_%' ESCAPE '!'
--> select
SELECT i, v FROM unnest(ARRAY['x', 'y']) WITH ORDINALITY AS t(v, i)
--> select
SELECT * FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS t(n, s)
--> select
SELECT id, shipped_on - placed_at::date AS days, extract(epoch from (now() - placed_at)) / 3600 AS hours FROM orders
--> select
SELECT 'orders'::regclass::oid, 16384::regclass, 'int4'::regtype, 'public'::regnamespace
--> select
SELECT id, generate_series(1, 3), jsonb_object_keys(profile) FROM customers
--> select
SELECT c.id, s.n FROM customers c, generate_series(1, c.id) AS s(n)
--> select
SELECT * FROM customers c CROSS JOIN LATERAL (SELECT c.credit * 2 AS double) d
--> select
SELECT xpath('//th[text()="Name"]/following-sibling::td[1]/text()', doc) FROM events
--> select
SELECT xpath('//dt[.="Size"]/following-sibling::dd[1]', doc), xpath('//book//author//name/text()', doc) FROM events
--> select
SELECT xpath('//item[../@lang="en" and ../status="new"]/name/text()', doc), xpath('count(/order/line)', doc) FROM events
--> select
SELECT xpath('/a/b|/a/c|/a/d', doc), xpath('/a/b[not(c)]/../@id', doc), xpath('//b[@id="1" or @id="2"]//text()', doc) FROM events
--> select
SELECT x.* FROM events, xmltable('//line' PASSING doc COLUMNS number FOR ORDINALITY, sku text PATH '@sku', order_id text PATH '../@id', customer text PATH '../customer/name') x
--> select
SELECT xpath('//a//b//c', '<r><a><b><c>1</c></b></a></r>')
