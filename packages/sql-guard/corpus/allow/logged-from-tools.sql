--> select
SELECT t.oid, typarray
FROM pg_type t JOIN pg_namespace ns
    ON typnamespace = ns.oid
WHERE typname = 'hstore';
--> select
select pg_catalog.version()
--> select
select current_schema()
--> select
SELECT pg_catalog.pg_namespace.nspname
FROM pg_catalog.pg_namespace
WHERE (pg_catalog.pg_namespace.nspname NOT LIKE 'pg/_' || '%' ESCAPE '/') ORDER BY pg_catalog.pg_namespace.nspname
--> select
SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['v']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence = 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['S']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels
FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid
WHERE pg_catalog.pg_type.typtype = 'e' AND pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
--> select
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.format_type(pg_catalog.pg_type.typbasetype, pg_catalog.pg_type.typtypmod) AS attype, NOT pg_catalog.pg_type.typnotnull AS nullable, pg_catalog.pg_type.typdefault AS "default", pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, domain_constraints.condefs, domain_constraints.connames, pg_catalog.pg_collation.collname
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN pg_catalog.pg_collation ON pg_catalog.pg_type.typcollation = pg_catalog.pg_collation.oid LEFT OUTER JOIN (SELECT pg_catalog.pg_constraint.contypid AS contypid, array_agg(pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true)) AS condefs, array_agg(CAST(pg_catalog.pg_constraint.conname AS TEXT)) AS connames
FROM pg_catalog.pg_constraint
WHERE pg_catalog.pg_constraint.contypid != 0 GROUP BY pg_catalog.pg_constraint.contypid) AS domain_constraints ON pg_catalog.pg_type.oid = domain_constraints.contypid
WHERE pg_catalog.pg_type.typtype = 'd' AND pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
--> select
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.format_type(pg_catalog.pg_type.typbasetype, pg_catalog.pg_type.typtypmod) AS attype, NOT pg_catalog.pg_type.typnotnull AS nullable, pg_catalog.pg_type.typdefault AS "default", pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, domain_constraints.condefs, domain_constraints.connames, pg_catalog.pg_collation.collname
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN pg_catalog.pg_collation ON pg_catalog.pg_type.typcollation = pg_catalog.pg_collation.oid LEFT OUTER JOIN (SELECT pg_catalog.pg_constraint.contypid AS contypid, array_agg(pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true)) AS condefs, array_agg(CAST(pg_catalog.pg_constraint.conname AS TEXT)) AS connames
FROM pg_catalog.pg_constraint
WHERE pg_catalog.pg_constraint.contypid != 0 GROUP BY pg_catalog.pg_constraint.contypid) AS domain_constraints ON pg_catalog.pg_type.oid = domain_constraints.contypid
WHERE pg_catalog.pg_type.typtype = 'd' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
--> select
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels
FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid
WHERE pg_catalog.pg_type.typtype = 'e' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
--> select
SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers')
--> select
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnkeyatts AS indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_description.description AS description
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid
WHERE pg_catalog.pg_constraint.contype = 'p' AND pg_catalog.pg_constraint.conrelid IN (17441)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid
WHERE con.conrelid IN (17441)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname
--> select
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, nsp_ref.nspname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'f' LEFT OUTER JOIN pg_catalog.pg_class AS cls_ref ON cls_ref.oid = pg_catalog.pg_constraint.confrelid LEFT OUTER JOIN pg_catalog.pg_namespace AS nsp_ref ON cls_ref.relnamespace = nsp_ref.oid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
--> select
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'c' LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
--> select
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_class.oid = pg_catalog.pg_description.objoid AND pg_catalog.pg_description.objsubid = 0 AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_class' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers')
--> select
SELECT pg_catalog.pg_class.oid
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relname = 'customers' AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_get_viewdef(pg_catalog.pg_class.oid) AS pg_get_viewdef_1
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relname = 'sales' AND pg_catalog.pg_class.relkind = ANY (ARRAY['v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relname = 'orders' AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_namespace.nspname
FROM pg_catalog.pg_namespace
WHERE pg_catalog.pg_namespace.nspname = 'public'
--> select
SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = 'S' AND pg_catalog.pg_class.relname = 'x' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
--> select
SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers', 'region', 'orders', 'order_items', 'products', 'employees', 'events', 'nation', 'supplier', 'part', 'partsupp', 'customer', 'purchase', 'lineitem', 'sales', 'monthly')
--> select
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnkeyatts AS indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_description.description AS description
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid
WHERE pg_catalog.pg_constraint.contype = 'p' AND pg_catalog.pg_constraint.conrelid IN (17441, 17521, 17454, 17473, 17466, 17486, 17498, 17505, 17509, 17528, 17535, 17542, 17549, 17556, 17563, 17570)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid
WHERE con.conrelid IN (17441, 17521, 17454, 17473, 17466, 17486, 17498, 17505, 17509, 17528, 17535, 17542, 17549, 17556, 17563, 17570)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname
--> select
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, nsp_ref.nspname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'f' LEFT OUTER JOIN pg_catalog.pg_class AS cls_ref ON cls_ref.oid = pg_catalog.pg_constraint.confrelid LEFT OUTER JOIN pg_catalog.pg_namespace AS nsp_ref ON cls_ref.relnamespace = nsp_ref.oid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers', 'region', 'orders', 'order_items', 'products', 'employees', 'events', 'nation', 'supplier', 'part', 'partsupp', 'customer', 'purchase', 'lineitem', 'sales', 'monthly') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
--> select
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_class.oid = pg_catalog.pg_description.objoid AND pg_catalog.pg_description.objsubid = 0 AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_class' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers', 'region', 'orders', 'order_items', 'products', 'employees', 'events', 'nation', 'supplier', 'part', 'partsupp', 'customer', 'purchase', 'lineitem', 'sales', 'monthly')
--> select
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'c' LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('customers', 'region', 'orders', 'order_items', 'products', 'employees', 'events', 'nation', 'supplier', 'part', 'partsupp', 'customer', 'purchase', 'lineitem', 'sales', 'monthly') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
--> select
SELECT customers.id, customers.name, customers.email, customers.country, customers.created_at, customers.tags, customers.profile, customers.active, customers.credit, customers.manager_id
FROM customers
WHERE customers.name ILIKE '%a%' ORDER BY customers.id
 LIMIT 5 OFFSET 2
--> select
SELECT customers.country, count(*) AS n
FROM customers GROUP BY customers.country
HAVING count(*) > 1 ORDER BY n DESC
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines, customers.name
FROM orders JOIN customers ON customers.id = orders.customer_id
WHERE orders.status IN ('paid', 'new')
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines, row_number() OVER (PARTITION BY orders.customer_id ORDER BY orders.placed_at DESC) AS rn, lag(orders.total) OVER (PARTITION BY orders.customer_id ORDER BY orders.placed_at DESC) AS anon_1, sum(orders.total) OVER (PARTITION BY orders.customer_id ORDER BY orders.placed_at DESC ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS anon_2
FROM orders
--> select
WITH t AS
(SELECT orders.customer_id AS customer_id, sum(orders.total) AS s
FROM orders GROUP BY orders.customer_id)
 SELECT t.s, customers.name
FROM t JOIN customers ON customers.id = t.customer_id
WHERE t.s > 10
--> select
SELECT customers.id, customers.name, customers.email, customers.country, customers.created_at, customers.tags, customers.profile, customers.active, customers.credit, customers.manager_id
FROM customers
WHERE EXISTS (SELECT *
FROM orders
WHERE orders.customer_id = customers.id)
--> select
SELECT customers.id, customers.name, customers.email, customers.country, customers.created_at, customers.tags, customers.profile, customers.active, customers.credit, customers.manager_id
FROM customers
WHERE (customers.id NOT IN (SELECT orders.customer_id
FROM orders))
--> select
SELECT customers.id
FROM customers UNION ALL SELECT orders.id
FROM orders
 LIMIT 3
--> select
SELECT customers.id
FROM customers EXCEPT SELECT orders.customer_id
FROM orders
--> select
SELECT customers.id
FROM customers INTERSECT SELECT orders.customer_id
FROM orders
--> select
SELECT CASE WHEN (orders.total > 100) THEN 'big' ELSE 'small' END AS anon_1, coalesce(orders.note, '') AS coalesce_1, CAST(orders.total AS INTEGER) AS total, EXTRACT(year FROM orders.placed_at) AS anon_2, date_trunc('month', orders.placed_at) AS date_trunc_1
FROM orders
--> select
SELECT count(DISTINCT orders.customer_id) AS count_1, max(orders.total) AS max_1, percentile_cont(0.5) WITHIN GROUP (ORDER BY orders.total) AS anon_1, string_agg(orders.status, ', ') AS string_agg_1, array_agg(orders.id) AS array_agg_1, count(*) FILTER (WHERE orders.total > 5) AS anon_2
FROM orders
--> select
SELECT customers.profile['age'] AS anon_1, (customers.profile['address']) ->> 'city' AS anon_2, customers.tags[1] AS anon_3
FROM customers
WHERE customers.profile ? 'age' AND 'x' = ANY (customers.tags)
--> select
SELECT customers.id, customers.name, customers.email, customers.country, customers.created_at, customers.tags, customers.profile, customers.active, customers.credit, customers.manager_id
FROM customers
WHERE customers.profile @> '{"age": 1}'::JSONB AND customers.tags @> ARRAY['a']::TEXT[] AND customers.tags && ARRAY['a','b']::TEXT[]
--> select
SELECT DISTINCT orders.status
FROM orders
--> select
SELECT DISTINCT ON (orders.customer_id) orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines
FROM orders ORDER BY orders.customer_id, orders.placed_at DESC
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines
FROM orders
WHERE orders.placed_at BETWEEN now() - interval '1 day' AND now()
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines
FROM orders
WHERE (orders.id, orders.customer_id) IN ((1, 2), (3, 4))
--> select
SELECT customers.id, anon_1.total
FROM customers, LATERAL (SELECT orders.total AS total
FROM orders
WHERE orders.customer_id = customers.id
 LIMIT 1) AS anon_1
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines
FROM orders JOIN orders AS orders_1 ON orders_1.customer_id = orders.customer_id AND orders_1.id > orders.id
--> select
SELECT rank() OVER (ORDER BY orders.total) AS anon_1
FROM orders
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines
FROM orders
WHERE orders.status ~ '^p'
--> select
SELECT 1 + 2 AS anon_1
--> select
SELECT grouping(orders.status) AS grouping_1, sum(orders.total) AS sum_1
FROM orders GROUP BY ROLLUP(orders.status, orders.customer_id)
--> select
SELECT sum(orders.total) AS sum_1
FROM orders GROUP BY GROUPING SETS((orders.status), (orders.customer_id))
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines
FROM orders
WHERE orders.note IS NULL OR orders.note NOT LIKE 'a\_%' ESCAPE '\'
--> select
SELECT orders.id AS x
FROM orders
WHERE orders.total IS DISTINCT FROM 5
--> select
SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.status AS orders_status, orders.total AS orders_total, orders.placed_at AS orders_placed_at, orders.shipped_on AS orders_shipped_on, orders.note AS orders_note, orders.lines AS orders_lines
FROM orders
WHERE orders.id = 1
--> select
SELECT count(*) AS count_1
FROM (SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, customers.country AS customers_country, customers.created_at AS customers_created_at, customers.tags AS customers_tags, customers.profile AS customers_profile, customers.active AS customers_active, customers.credit AS customers_credit, customers.manager_id AS customers_manager_id
FROM customers
WHERE (customers.name LIKE 'a' || '%')) AS anon_1
--> select
SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.status AS orders_status, orders.total AS orders_total, orders.placed_at AS orders_placed_at, orders.shipped_on AS orders_shipped_on, orders.note AS orders_note, orders.lines AS orders_lines
FROM orders
 LIMIT 3
--> select
SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, customers.country AS customers_country, customers.created_at AS customers_created_at, customers.tags AS customers_tags, customers.profile AS customers_profile, customers.active AS customers_active, customers.credit AS customers_credit, customers.manager_id AS customers_manager_id
FROM customers
WHERE customers.id IN (2, 3, 4)
--> select
SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.status AS orders_status, orders.total AS orders_total, orders.placed_at AS orders_placed_at, orders.shipped_on AS orders_shipped_on, orders.note AS orders_note, orders.lines AS orders_lines, customers_1.id AS customers_1_id, customers_1.name AS customers_1_name, customers_1.email AS customers_1_email, customers_1.country AS customers_1_country, customers_1.created_at AS customers_1_created_at, customers_1.tags AS customers_1_tags, customers_1.profile AS customers_1_profile, customers_1.active AS customers_1_active, customers_1.credit AS customers_1_credit, customers_1.manager_id AS customers_1_manager_id
FROM orders LEFT OUTER JOIN customers AS customers_1 ON customers_1.id = orders.customer_id
 LIMIT 3
--> select
SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, customers.country AS customers_country, customers.created_at AS customers_created_at, customers.tags AS customers_tags, customers.profile AS customers_profile, customers.active AS customers_active, customers.credit AS customers_credit, customers.manager_id AS customers_manager_id
FROM customers
 LIMIT 3
--> select
SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.status AS orders_status, orders.total AS orders_total, orders.placed_at AS orders_placed_at, orders.shipped_on AS orders_shipped_on, orders.note AS orders_note, orders.lines AS orders_lines, anon_1.customers_id AS anon_1_customers_id
FROM (SELECT customers.id AS customers_id
FROM customers
 LIMIT 3) AS anon_1 JOIN orders ON anon_1.customers_id = orders.customer_id
--> select
SELECT orders.status AS orders_status, avg(orders.total) AS avg_1
FROM orders GROUP BY orders.status
--> select
SELECT EXISTS (SELECT 1
FROM orders) AS anon_1
--> select
SELECT DISTINCT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, customers.country AS customers_country, customers.created_at AS customers_created_at, customers.tags AS customers_tags, customers.profile AS customers_profile, customers.active AS customers_active, customers.credit AS customers_credit, customers.manager_id AS customers_manager_id
FROM customers JOIN orders ON customers.id = orders.customer_id
WHERE orders.total > 5
 LIMIT 1
--> select
SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.status AS orders_status, orders.total AS orders_total, orders.placed_at AS orders_placed_at, orders.shipped_on AS orders_shipped_on, orders.note AS orders_note, orders.lines AS orders_lines
FROM orders
WHERE EXISTS (SELECT 1
FROM customers
WHERE customers.id = orders.customer_id AND customers.name = 'x')
--> select
SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, customers.country AS customers_country, customers.created_at AS customers_created_at, customers.tags AS customers_tags, customers.profile AS customers_profile, customers.active AS customers_active, customers.credit AS customers_credit, customers.manager_id AS customers_manager_id
FROM customers
WHERE EXISTS (SELECT 1
FROM orders
WHERE customers.id = orders.customer_id AND orders.total > 1)
--> select
SELECT orders.id, orders.customer_id, orders.status, orders.total, orders.placed_at, orders.shipped_on, orders.note, orders.lines
FROM orders
--> select
select * from orders limit 5
--> select
SELECT oid, typarray FROM pg_type WHERE typname = 'hstore'
--> select
SELECT
                c.relname,
                CASE
                    WHEN c.relispartition THEN 'p'
                    WHEN c.relkind IN ('m', 'v') THEN 'v'
                    ELSE 't'
                END,
                obj_description(c.oid, 'pg_class')
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
--> select
SELECT a1.attname, c2.relname, a2.attname
            FROM pg_constraint con
            LEFT JOIN pg_class c1 ON con.conrelid = c1.oid
            LEFT JOIN pg_class c2 ON con.confrelid = c2.oid
            LEFT JOIN
                pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1]
            LEFT JOIN
                pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1]
            WHERE
                c1.relname = 'customer' AND
                con.contype = 'f' AND
                c1.relnamespace = c2.relnamespace AND
                pg_catalog.pg_table_is_visible(c1.oid)
--> select
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'customer' AND pg_catalog.pg_table_is_visible(cl.oid)
--> select
SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'customer' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions;
--> select
SELECT
                a.attname AS column_name,
                NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable,
                pg_get_expr(ad.adbin, ad.adrelid) AS column_default,
                CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation,
                a.attidentity != '' AS is_autofield,
                col_description(a.attrelid, a.attnum) AS column_comment
            FROM pg_attribute a
            LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
            LEFT JOIN pg_collation co ON a.attcollation = co.oid
            JOIN pg_type t ON a.atttypid = t.oid
            JOIN pg_class c ON a.attrelid = c.oid
            JOIN pg_namespace n ON c.relnamespace = n.oid
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND c.relname = 'customer'
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
--> select
SELECT * FROM "customer" LIMIT 1
--> select
SELECT * FROM "customers" LIMIT 1
--> select
SELECT * FROM "employees" LIMIT 1
--> select
SELECT * FROM "events" LIMIT 1
--> select
SELECT * FROM "lineitem" LIMIT 1
--> select
SELECT * FROM "nation" LIMIT 1
--> select
SELECT * FROM "order_items" LIMIT 1
--> select
SELECT * FROM "orders" LIMIT 1
--> select
SELECT * FROM "part" LIMIT 1
--> select
SELECT * FROM "partsupp" LIMIT 1
--> select
SELECT * FROM "products" LIMIT 1
--> select
SELECT * FROM "purchase" LIMIT 1
--> select
SELECT * FROM "region" LIMIT 1
--> select
SELECT * FROM "supplier" LIMIT 1
--> select
SELECT
                s.relname AS sequence_name,
                a.attname AS colname
            FROM
                pg_class s
                JOIN pg_depend d ON d.objid = s.oid
                    AND d.classid = 'pg_class'::regclass
                    AND d.refclassid = 'pg_class'::regclass
                JOIN pg_attribute a ON d.refobjid = a.attrelid
                    AND d.refobjsubid = a.attnum
                JOIN pg_class tbl ON tbl.oid = d.refobjid
                    AND tbl.relname = 'customer'
                    AND pg_catalog.pg_table_is_visible(tbl.oid)
            WHERE
                s.relkind = 'S';
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" LIMIT 5
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" WHERE ("customers"."country" IN ('DE', 'FR') AND UPPER("customers"."email"::text) = UPPER('B') AND UPPER("customers"."name"::text) LIKE UPPER('%a%') AND NOT ("customers"."name" = 'x')) ORDER BY "customers"."id" DESC
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note", "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "orders" INNER JOIN "customers" ON ("orders"."customer_id" = "customers"."id") WHERE "orders"."total" >= 5 LIMIT 3
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders" WHERE "orders"."customer_id" IN (1, 2, 3)
--> select
SELECT "orders"."status" AS "status", COUNT("orders"."id") AS "n", SUM("orders"."total") AS "s", AVG("orders"."total") AS "a", STDDEV_POP("orders"."total") AS "sd", VAR_POP("orders"."total") AS "v" FROM "orders" GROUP BY 1 ORDER BY 2 DESC
--> select
SELECT DATE_TRUNC('month', "orders"."placed_at" AT TIME ZONE 'America/Chicago') AS "m", COUNT(*) AS "c" FROM "orders" GROUP BY 1
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note", EXTRACT(YEAR FROM "orders"."placed_at" AT TIME ZONE 'America/Chicago') AS "y", EXTRACT(DOW FROM "orders"."placed_at" AT TIME ZONE 'America/Chicago') + 1 AS "w", EXTRACT(ISODOW FROM "orders"."placed_at" AT TIME ZONE 'America/Chicago') AS "iw", EXTRACT(QUARTER FROM "orders"."placed_at" AT TIME ZONE 'America/Chicago') AS "q", EXTRACT(HOUR FROM "orders"."placed_at" AT TIME ZONE 'America/Chicago') AS "h" FROM "orders"
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note", ROW_NUMBER() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."total" DESC) AS "r", LAG("orders"."total", 1) OVER (ORDER BY "orders"."placed_at") AS "l", SUM("orders"."total") OVER (ORDER BY "orders"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS "s" FROM "orders"
--> select
SELECT * FROM ( SELECT "orders"."id" AS "col1", "orders"."customer_id" AS "col2", "orders"."status" AS "col3", "orders"."total" AS "col4", "orders"."placed_at" AS "col5", "orders"."note" AS "col6", RANK() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."total") AS "r" FROM "orders" ) "qualify" WHERE "r" <= 2
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at", EXISTS(SELECT 1 AS "a" FROM "orders" U0 WHERE U0."customer_id" = ("customers"."id") LIMIT 1) AS "has" FROM "customers" WHERE EXISTS(SELECT 1 AS "a" FROM "orders" U0 WHERE U0."customer_id" = ("customers"."id") LIMIT 1)
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at", (SELECT U0."total" AS "total" FROM "orders" U0 WHERE U0."customer_id" = ("customers"."id") ORDER BY U0."placed_at" DESC LIMIT 1) AS "last" FROM "customers"
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note", CASE WHEN "orders"."total" > 100 THEN 'big' ELSE 'small' END AS "k" FROM "orders"
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" WHERE ("customers"."name"::text LIKE 'a%' OR NOT ("customers"."country" = 'DE'))
--> select
SELECT COUNT(DISTINCT "orders"."id") AS "n", COUNT("orders"."id") FILTER (WHERE "orders"."total" > 3) AS "f", SUM("orders"."total") AS "total__sum", MAX("orders"."placed_at") AS "placed_at__max" FROM "orders"
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" WHERE (("customers"."profile" #> '{address,city}') = '"x"'::jsonb AND ("customers"."profile" -> 'age') > '3'::jsonb)
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" WHERE ("customers"."profile" @> '{"a": 1}'::jsonb AND "customers"."profile" ? 'age')
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" WHERE ("customers"."tags" @> (ARRAY['a'])::text[] AND "customers"."tags" && (ARRAY['b'])::text[] AND CASE WHEN "customers"."tags" IS NULL THEN NULL ELSE coalesce(array_length("customers"."tags", 1), 0) END = 2)
--> select
SELECT "customers"."country" AS "country", ARRAY_AGG("customers"."name" ORDER BY "customers"."name") AS "a", STRING_AGG(DISTINCT "customers"."name", 'Value('', '')' ) AS "s", JSONB_AGG("customers"."id" ) AS "j", BOOL_AND("customers"."id" > 1) AS "b" FROM "customers" GROUP BY 1
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at", to_tsvector('english'::regconfig, COALESCE("customers"."name", '') || ' ' || COALESCE("customers"."email", '')) AS "s" FROM "customers" WHERE to_tsvector('english'::regconfig, COALESCE("customers"."name", '') || ' ' || COALESCE("customers"."email", '')) @@ (websearch_to_tsquery('a b'))
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at", ts_rank(to_tsvector(COALESCE("customers"."name", '')), plainto_tsquery('a')) AS "r" FROM "customers" ORDER BY 8 DESC
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at", ts_headline("customers"."name", plainto_tsquery('a')) AS "h" FROM "customers"
--> select
SELECT DISTINCT DATE_TRUNC('month', "orders"."placed_at" AT TIME ZONE 'America/Chicago') AS "datefield" FROM "orders" WHERE "orders"."placed_at" IS NOT NULL ORDER BY 1 ASC
--> select
SELECT DISTINCT DATE_TRUNC('hour', "orders"."placed_at" AT TIME ZONE 'America/Chicago') AS "datetimefield" FROM "orders" WHERE "orders"."placed_at" IS NOT NULL ORDER BY 1 ASC
--> select
SELECT DISTINCT ON ("orders"."customer_id") "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders" ORDER BY "orders"."customer_id" ASC, "orders"."placed_at" DESC
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders" WHERE (("orders"."placed_at" AT TIME ZONE 'America/Chicago')::date >= '2024-01-01'::date AND "orders"."placed_at" BETWEEN '2024-01-01 00:00:00-06:00'::timestamptz AND '2024-12-31 23:59:59.999999-06:00'::timestamptz)
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" WHERE ("customers"."email"::text ~* 'b$' AND "customers"."name"::text ~ '^a')
--> select
(SELECT "orders"."id" AS "col1", "orders"."customer_id" AS "col2", "orders"."status" AS "col3", "orders"."total" AS "col4", "orders"."placed_at" AS "col5", "orders"."note" AS "col6" FROM "orders" WHERE "orders"."id" = 1) UNION ALL (SELECT "orders"."id" AS "col1", "orders"."customer_id" AS "col2", "orders"."status" AS "col3", "orders"."total" AS "col4", "orders"."placed_at" AS "col5", "orders"."note" AS "col6" FROM "orders" WHERE "orders"."id" = 2)
--> select
(SELECT "orders"."id" AS "col1", "orders"."customer_id" AS "col2", "orders"."status" AS "col3", "orders"."total" AS "col4", "orders"."placed_at" AS "col5", "orders"."note" AS "col6" FROM "orders" WHERE "orders"."id" = 1) EXCEPT (SELECT "orders"."id" AS "col1", "orders"."customer_id" AS "col2", "orders"."status" AS "col3", "orders"."total" AS "col4", "orders"."placed_at" AS "col5", "orders"."note" AS "col6" FROM "orders" WHERE "orders"."id" = 2)
--> select
SELECT COUNT(*) AS "__count" FROM "customers"
--> select
SELECT 1 AS "a" FROM "customers" LIMIT 1
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" ORDER BY "customers"."id" ASC LIMIT 1
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "customers"."created_at" FROM "customers" ORDER BY "customers"."id" DESC LIMIT 1
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders" WHERE "orders"."id" IN (1, 2)
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders" ORDER BY RANDOM() ASC LIMIT 2
--> select
SELECT "orders"."id" AS "id" FROM "orders"
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at" FROM "orders"
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders" ORDER BY "orders"."note" DESC NULLS LAST
--> select
select * from orders where id=1
--> select
SELECT (total*2) AS "x", "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders"
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "orders"."note" FROM "orders" WHERE "orders"."total" BETWEEN 1 AND 5
--> select
SELECT DATE_TRUNC('week', "orders"."placed_at" AT TIME ZONE 'Europe/Berlin') AS "b" FROM "orders"
--> select
select version();
--> select
select distinct on ("customer_id") * from "orders" order by "customer_id" asc
--> select
select "id", row_number() over (partition by "customer_id" order by "id") as "rn" from "orders"
--> select
select "id" from "orders" union select "id" from "customers"
--> select
select avg("total") as "a", "status" from "orders" group by rollup(status)
--> select
WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'));
--> select
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type LIKE '%TABLE' AND table_name != 'spatial_ref_sys';
--> select
SELECT pk.constraint_type as "Constraint",c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || c.character_maximum_length || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_statio_all_tables AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.relid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE  cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'orders' AND c.table_schema = 'public'
--> select
SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'orders' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname;
--> select
SELECT DISTINCT tc.constraint_name as constraint_name, tc.constraint_schema as constraint_schema, tc.constraint_catalog as constraint_catalog, tc.table_name as table_name,tc.table_schema as table_schema,tc.table_catalog as table_catalog,tc.initially_deferred as initially_deferred,tc.is_deferrable as is_deferrable,kcu.column_name as column_name,ccu.table_schema  AS referenced_table_schema,ccu.table_catalog  AS referenced_table_catalog,ccu.table_name  AS referenced_table_name,ccu.column_name AS referenced_column_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name WHERE constraint_type = 'FOREIGN KEY' AND tc.table_name = 'orders' AND tc.table_catalog = 'tools'
--> select
SELECT conname as constraint_name, pg_catalog.pg_get_constraintdef(r.oid, true) as condef FROM pg_catalog.pg_constraint r WHERE r.conrelid = (SELECT oid FROM pg_class WHERE relname = 'orders' LIMIT 1) AND r.contype = 'f' ORDER BY 1;
--> select
SELECT schema_name FROM information_schema.schemata WHERE schema_name <> 'information_schema' AND schema_name != 'public' AND schema_name !~ E'^pg_';
--> select
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'orders'
--> select
SELECT 1+1 AS result
--> select
SELECT count(DISTINCT("customers"."id")) AS "count" FROM "customers" AS "customers" LEFT OUTER JOIN "orders" AS "orders" ON "customers"."id" = "orders"."customer_id";
--> select
SELECT "customers".*, "orders"."id" AS "orders.id", "orders"."customer_id" AS "orders.customer_id", "orders"."status" AS "orders.status", "orders"."total" AS "orders.total", "orders"."placed_at" AS "orders.placed_at" FROM (SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile" FROM "customers" AS "customers" LIMIT 5) AS "customers" LEFT OUTER JOIN "orders" AS "orders" ON "customers"."id" = "orders"."customer_id";
--> select
SELECT "orders"."id", "orders"."customer_id", "orders"."status", "orders"."total", "orders"."placed_at", "customer"."id" AS "customer.id", "customer"."name" AS "customer.name", "customer"."email" AS "customer.email", "customer"."country" AS "customer.country", "customer"."tags" AS "customer.tags", "customer"."profile" AS "customer.profile" FROM "orders" AS "orders" INNER JOIN "customers" AS "customer" ON "orders"."customer_id" = "customer"."id" WHERE "orders"."total" > 5 AND "orders"."status" IN ('a', 'b') ORDER BY "orders"."total" DESC;
--> select
SELECT "id", "name", "email", "country", "tags", "profile" FROM "customers" AS "customers" WHERE ("customers"."name" ILIKE '%a%' OR "customers"."tags" @> ARRAY['a']::TEXT[] OR "customers"."tags" && ARRAY['a']::TEXT[] OR CAST(("customers"."profile"#>>'{age}') AS DOUBLE PRECISION) > 3 OR ("customers"."profile"#>>'{address,city}') = 'x');
--> select
SELECT "status", COUNT("id") AS "n", date_trunc('month', "placed_at") AS "m" FROM "orders" AS "orders" GROUP BY "status", date_trunc('month', "placed_at") HAVING COUNT(id)>1;
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile" FROM "customers" AS "customers";
--> select
SELECT count("customers"."id") AS "count" FROM "customers" AS "customers" LEFT OUTER JOIN "orders" AS "orders" ON "customers"."id" = "orders"."customer_id";
--> select
SELECT sum("total") AS "sum" FROM "orders" AS "orders";
--> select
SELECT max("total") AS "max" FROM "orders" AS "orders";
--> select
SELECT "id", "name", "email", "country", "tags", "profile" FROM "customers" AS "customers" WHERE "customers"."id" = 1;
--> select
SELECT "id", "name", "email", "country", "tags", "profile" FROM "customers" AS "customers" WHERE "customers"."name" ~ '^a' LIMIT 1;
--> select
SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."country", "customers"."tags", "customers"."profile", "orders"."id" AS "orders.id", "orders"."customer_id" AS "orders.customer_id", "orders"."status" AS "orders.status", "orders"."total" AS "orders.total", "orders"."placed_at" AS "orders.placed_at" FROM "customers" AS "customers" LEFT OUTER JOIN "orders" AS "orders" ON "customers"."id" = "orders"."customer_id" WHERE "orders"."total" > 1 LIMIT 2;
--> select
SELECT "id", "customer_id", "status", "total", "placed_at", ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY id) AS "rn" FROM "orders" AS "orders";
--> select
SELECT version()
--> select
SELECT * FROM current_schema()
--> select
SELECT "o"."status" AS "s", SUM("o"."total") AS "t" FROM "orders" "o" GROUP BY "o"."status" HAVING COUNT(*)>1
--> select
SELECT DISTINCT ON ("o"."customer_id") "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."placed_at" AS "o_placed_at", "o"."customer_id" AS "o_customer_id" FROM "orders" "o" ORDER BY "o"."customer_id" ASC
--> select
SELECT 1 AS "row_exists" FROM (SELECT 1 AS dummy_column) "dummy_table" WHERE EXISTS (SELECT 1 FROM "orders" "orders") LIMIT 1
--> select
SELECT SUM("orders"."total") AS "SUM" FROM "orders" "orders"
--> select
SELECT * FROM current_database()
--> select
SELECT "table_schema", "table_name", obj_description((quote_ident("table_schema") || '.' || quote_ident("table_name"))::regclass, 'pg_class') AS table_comment FROM "information_schema"."tables" WHERE ("table_schema" = 'public' AND "table_name" = 'orders') OR ("table_schema" = 'public' AND "table_name" = 'customers')
--> select
SELECT TRUE FROM information_schema.columns WHERE table_name = 'pg_class' and column_name = 'relispartition'
--> select
SELECT columns.*, pg_catalog.col_description((quote_ident(table_catalog) || '.' || quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype"::text AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'public' AND "table_name" = 'customers') OR ("table_schema" = 'public' AND "table_name" = 'orders')
--> select
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" IN ('r', 'p') AND (("ns"."nspname" = 'public' AND "t"."relname" = 'customers') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'orders'))
--> select
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name", "a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE'FALSE' END AS "is_unique", pg_get_expr("ix"."indpred", "ix"."indrelid") AS "condition", "types"."typname" AS "type_name", "am"."amname" AS "index_type" FROM "pg_class" "t" INNER JOIN "pg_index" "ix" ON "ix"."indrelid" = "t"."oid" INNER JOIN "pg_attribute" "a" ON "a"."attrelid" = "t"."oid"  AND "a"."attnum" = ANY ("ix"."indkey") INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "t"."relnamespace" INNER JOIN "pg_class" "i" ON "i"."oid" = "ix"."indexrelid" INNER JOIN "pg_type" "types" ON "types"."oid" = "a"."atttypid" INNER JOIN "pg_am" "am" ON "i"."relam" = "am"."oid" LEFT JOIN "pg_constraint" "cnst" ON "cnst"."conname" = "i"."relname" WHERE "t"."relkind" IN ('r', 'p') AND "cnst"."contype" IS NULL AND (("ns"."nspname" = 'public' AND "t"."relname" = 'customers') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'orders'))
--> select
SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name", "att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS "referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete", "con"."confupdtype" AS "on_update", "con"."condeferrable" AS "deferrable", "con"."condeferred" AS "deferred" FROM ( SELECT UNNEST ("con1"."conkey") AS "parent", UNNEST ("con1"."confkey") AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype", "ns"."nspname", "cl"."relname", "con1"."condeferrable", CASE WHEN "con1"."condeferred" THEN 'INITIALLY DEFERRED' ELSE 'INITIALLY IMMEDIATE' END as condeferred, CASE "con1"."confdeltype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confdeltype", CASE "con1"."confupdtype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confupdtype" FROM "pg_class" "cl" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_constraint" "con1" ON "con1"."conrelid" = "cl"."oid" WHERE "con1"."contype" = 'f' AND (("ns"."nspname" = 'public' AND "cl"."relname" = 'customers') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'orders')) ) "con" INNER JOIN "pg_attribute" "att" ON "att"."attrelid" = "con"."confrelid" AND "att"."attnum" = "con"."child" INNER JOIN "pg_class" "cl" ON "cl"."oid" = "con"."confrelid"  AND "cl"."relispartition" = 'f'INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_attribute" "att2" ON "att2"."attrelid" = "con"."conrelid" AND "att2"."attnum" = "con"."parent"
--> select
SELECT "udt_schema", "udt_name" FROM "information_schema"."columns" WHERE "table_schema" = 'public' AND "table_name" = 'customers' AND "column_name"='tags'
--> select
SELECT "e"."enumlabel" AS "value" FROM "pg_enum" "e" INNER JOIN "pg_type" "t" ON "t"."oid" = "e"."enumtypid" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'public' AND "t"."typname" = 'text' ORDER BY "e"."enumsortorder"
--> select
with "sq" as (select "customer_id", sum("total") as "t" from "orders" group by "orders"."customer_id") select "sq"."customer_id", "t", "customers"."id", "customers"."name", "customers"."country", "customers"."profile" from "sq" left join "customers" on "customers"."id" = "sq"."customer_id"
--> select
select distinct on ("orders"."customer_id") "id", "customer_id", "status", "total", "placed_at" from "orders" order by "orders"."customer_id"
--> select
select "id", "name", "country", "profile" from "customers" where exists (select "id", "customer_id", "status", "total", "placed_at" from "orders" where "orders"."customer_id" = "customers"."id")
--> select
select "nspname" from "pg_catalog"."pg_namespace"
--> select
select "id", (select to_json(obj) from (select * from "customers" where "customers"."id" = "orders"."customer_id") as obj) as "c" from "orders"
--> select
select "profile"->'$."a"' as "x" from "customers"
--> select
SELECT table_name, table_schema
              FROM information_schema.tables
            WHERE table_type = 'BASE TABLE'
            AND table_schema NOT IN ('pg_catalog', 'information_schema')
            AND table_name != 'spatial_ref_sys'
--> select
SELECT DISTINCT
    tc.constraint_name as constraint_name,
    tc.constraint_type as constraint_type,
    tc.constraint_schema as source_schema,
    tc.table_name as source_table,
    kcu.column_name as source_column,
    CASE WHEN tc.constraint_type = 'FOREIGN KEY' THEN ccu.constraint_schema ELSE null END AS target_schema,
    CASE WHEN tc.constraint_type = 'FOREIGN KEY' THEN ccu.table_name ELSE null END AS target_table,
    CASE WHEN tc.constraint_type = 'FOREIGN KEY' THEN ccu.column_name ELSE null END AS target_column,
    co.column_default as extra,
    co.identity_generation as generation
    FROM information_schema.table_constraints AS tc
    JOIN information_schema.key_column_usage AS kcu
      ON tc.table_schema = kcu.table_schema AND tc.table_name = kcu.table_name AND tc.constraint_name = kcu.constraint_name
    JOIN information_schema.constraint_column_usage AS ccu
      ON ccu.constraint_schema = tc.constraint_schema AND ccu.constraint_name = tc.constraint_name
    JOIN information_schema.columns AS co
      ON co.table_schema = kcu.table_schema AND co.table_name = kcu.table_name AND co.column_name = kcu.column_name
    WHERE tc.table_name = 'customers'
       AND tc.constraint_schema = 'public'
--> select
SELECT c.column_name, c.data_type, c.udt_name, e.data_type AS element_type,
    (SELECT array_agg(pe.enumlabel) FROM pg_catalog.pg_type pt JOIN pg_catalog.pg_enum pe ON pt.oid=pe.enumtypid
 	    WHERE pt.typname=c.udt_name OR CONCAT('_',pt.typname)=c.udt_name) AS enum_values
    FROM information_schema.columns c LEFT JOIN information_schema.element_types e
     ON ((c.table_catalog, c.table_schema, c.table_name, 'TABLE', c.dtd_identifier)
       = (e.object_catalog, e.object_schema, e.object_name, e.object_type, e.collection_type_identifier))
    WHERE c.table_name = 'customers' AND c.table_schema = 'public'
--> select
SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a, pg_namespace s WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'products' AND s.oid = t.relnamespace AND s.nspname = 'public' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname;
--> select
SELECT COUNT(0) AS trigger_count
              FROM information_schema.triggers AS t
             WHERE t.event_object_table = 'products'
                   AND t.event_object_schema = 'public'
--> select
SELECT
			rel.relnamespace::regnamespace::text AS schema,
			rel.relname AS name,
			des.description AS comment
		 FROM
			pg_class rel
		 LEFT JOIN pg_description des ON rel.oid = des.objoid AND des.objsubid = 0
		 WHERE
			rel.relnamespace IN ('public'::regnamespace)
			AND rel.relkind = 'r'
		 ORDER BY rel.relname
--> select
SELECT
			  con.contype AS type,
			  rel.relname AS table,
			  att.attname AS column,
			  frel.relnamespace::regnamespace::text AS foreign_key_schema,
			  frel.relname AS foreign_key_table,
			  fatt.attname AS foreign_key_column,
			  CASE
				 WHEN con.contype = 'p' THEN pg_get_serial_sequence(att.attrelid::regclass::text, att.attname) != ''
				 ELSE NULL
			  END AS has_auto_increment
			FROM
			  pg_constraint con
			LEFT JOIN pg_class rel ON con.conrelid = rel.oid
			LEFT JOIN pg_class frel ON con.confrelid = frel.oid
			LEFT JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
			LEFT JOIN pg_attribute fatt ON fatt.attrelid = con.confrelid AND fatt.attnum = con.confkey[1]
			WHERE con.connamespace IN ('public'::regnamespace)
			  AND array_length(con.conkey, 1) <= 1
			  AND (con.confkey IS NULL OR array_length(con.confkey, 1) = 1)
--> select
SELECT
			  att.attname AS name,
			  rel.relname AS table,
			  rel.relnamespace::regnamespace::text as schema,
			  att.atttypid::regtype::text AS data_type,
			  ix_rel.relname as index_name,
			  NOT att.attnotnull AS is_nullable,
			CASE WHEN att.attgenerated = 's' THEN pg_get_expr(ad.adbin, ad.adrelid) ELSE null END AS generation_expression,
			CASE WHEN att.attgenerated = '' THEN pg_get_expr(ad.adbin, ad.adrelid) ELSE null END AS default_value,
			att.attgenerated = 's' AS is_generated,
			  CASE
				 WHEN att.atttypid IN (1042, 1043) THEN (att.atttypmod - 4)::int4
				 WHEN att.atttypid IN (1560, 1562) THEN (att.atttypmod)::int4
				 ELSE NULL
			  END AS max_length,
			  des.description AS comment,
			  CASE att.atttypid
				 WHEN 21 THEN 16
				 WHEN 23 THEN 32
				 WHEN 20 THEN 64
				 WHEN 1700 THEN
					CASE WHEN atttypmod = -1 THEN NULL
					  ELSE (((atttypmod - 4) >> 16) & 65535)::int4
					END
				 WHEN 700 THEN 24
				 WHEN 701 THEN 53
				 ELSE NULL
			  END AS numeric_precision,
			  CASE
				 WHEN atttypid IN (21, 23, 20) THEN 0
				 WHEN atttypid = 1700 THEN
					CASE
					  WHEN atttypmod = -1 THEN NULL
					  ELSE ((atttypmod - 4) & 65535)::int4
					END
				 ELSE null
			  END AS numeric_scale
			FROM
			  pg_attribute att
			  LEFT JOIN pg_class rel ON att.attrelid = rel.oid
			  LEFT JOIN pg_attrdef ad ON (att.attrelid, att.attnum) = (ad.adrelid, ad.adnum)
			  LEFT JOIN pg_description des ON (att.attrelid, att.attnum) = (des.objoid, des.objsubid)
			  LEFT JOIN LATERAL (
			    SELECT
				 indexrelid
			    FROM
				 pg_index ix
			    WHERE
				 att.attrelid = ix.indrelid
				 AND att.attnum = ALL(ix.indkey)
				 AND ix.indisunique = false
			    LIMIT 1
			  ) ix ON true
			  LEFT JOIN pg_class ix_rel ON ix_rel.oid=ix.indexrelid
			WHERE
			  rel.relnamespace IN ('public'::regnamespace)
			  AND rel.relkind = 'r'
			  AND att.attnum > 0
			  AND NOT att.attisdropped
			ORDER BY rel.relname, att.attnum;
--> select
SELECT
			  con.conname AS constraint_name,
			  rel.relname AS table,
			  att.attname AS column,
			  frel.relnamespace::regnamespace::text AS foreign_key_schema,
			  frel.relname AS foreign_key_table,
			  fatt.attname AS foreign_key_column,
			  CASE con.confupdtype
				 WHEN 'r' THEN
					'RESTRICT'
				 WHEN 'c' THEN
					'CASCADE'
				 WHEN 'n' THEN
					'SET NULL'
				 WHEN 'd' THEN
					'SET DEFAULT'
				 WHEN 'a' THEN
					'NO ACTION'
				 ELSE
					NULL
			  END AS on_update,
			  CASE con.confdeltype
				 WHEN 'r' THEN
					'RESTRICT'
				 WHEN 'c' THEN
					'CASCADE'
				 WHEN 'n' THEN
					'SET NULL'
				 WHEN 'd' THEN
					'SET DEFAULT'
				 WHEN 'a' THEN
					'NO ACTION'
				 ELSE
					NULL
			  END AS on_delete
			FROM
			  pg_constraint con
			LEFT JOIN pg_class rel ON con.conrelid = rel.oid
			LEFT JOIN pg_class frel ON con.confrelid = frel.oid
			LEFT JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
			LEFT JOIN pg_attribute fatt ON fatt.attrelid = con.confrelid AND fatt.attnum = con.confkey[1]
			WHERE con.connamespace IN ('public'::regnamespace)
			  AND array_length(con.conkey, 1) <= 1
			  AND (con.confkey IS NULL OR array_length(con.confkey, 1) = 1)
			  AND con.contype = 'f'
--> select
SELECT
			att.attname AS column,
			rel.relname AS table
		 FROM
			pg_attribute att
			LEFT JOIN pg_class rel ON att.attrelid = rel.oid
		 WHERE
			rel.relnamespace IN ('public'::regnamespace)
			AND rel.relkind = 'r'
			AND att.attnum > 0
			AND NOT att.attisdropped;
--> select
SELECT oid, nspname AS name, obj_description(oid, 'pg_namespace') AS comment FROM pg_namespace WHERE nspname IN ('pg_catalog') ORDER BY nspname
--> select
SELECT
            t.oid,
            CASE
                WHEN t.typcategory = 'E' THEN 'varchar'
                WHEN t.typcategory = 'A' THEN 'text'
                ELSE t.typname
            END AS typname
        FROM
            pg_type t
        WHERE
            t.typcategory in ('U', 'E')
            OR (
                t.typcategory = 'A'
                AND NOT EXISTS (
                    SELECT 1
                    FROM pg_type e
                    JOIN pg_class c ON c.oid = e.typrelid
                    WHERE e.oid = t.typelem AND e.typtype = 'c' AND c.relkind <> 'c'
                )
            )
--> select
SELECT columns.column_name as "column_name",
             columns.table_name as "table_name",
             columns.table_schema as "table_schema",
             columns.data_type as "data_type"
      FROM information_schema.columns
      WHERE columns.table_schema NOT IN ('pg_catalog', 'information_schema', 'mysql', 'performance_schema', 'sys', 'INFORMATION_SCHEMA')
--> select
SELECT table_schema as "schema_name"
      FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'mysql', 'performance_schema', 'sys', 'INFORMATION_SCHEMA')
      GROUP BY table_schema
--> select
SELECT table_schema as "TABLE_SCHEMA",table_name as "TABLE_NAME", table_catalog as "DB_NAME" FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE='BASE TABLE' AND table_schema in ('public')
--> select
SELECT table_name,column_name,udt_name,column_default,is_nullable,
                    data_type,character_maximum_length,numeric_precision,numeric_scale,
                    case when column_default LIKE 'nextval%' then 'YES' else 'NO' end isidentity,
                    is_identity,
        			(SELECT count(*)
            FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS tc
                inner join INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE cu
                    on cu.CONSTRAINT_NAME = tc.CONSTRAINT_NAME
            where
                tc.CONSTRAINT_TYPE = 'UNIQUE'
                and tc.TABLE_NAME = c.TABLE_NAME
                and cu.COLUMN_NAME = c.COLUMN_NAME
                and tc.TABLE_SCHEMA=c.TABLE_SCHEMA) IsUnique,
                (SELECT
        string_agg(enumlabel, ',')
        FROM "pg_enum" "e"
        INNER JOIN "pg_type" "t" ON "t"."oid" = "e"."enumtypid"
        INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace"
        WHERE "n"."nspname" = table_schema AND "t"."typname"=udt_name
                ) enumValues
                    FROM INFORMATION_SCHEMA.COLUMNS c
                    where table_schema in ('public')
        			order by ordinal_position
--> select
SELECT
        c.relname AS tablename,
        i.relname as indexname,
        f.attname AS columnname,
        CASE
            WHEN ix.indisunique = true THEN 1
            ELSE 0
        END AS is_unique,
        CASE
            WHEN ix.indisprimary='true' THEN 1
            ELSE 0
        END AS is_primary_key
        FROM pg_attribute f
        JOIN pg_class c ON c.oid = f.attrelid
        JOIN pg_type t ON t.oid = f.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = f.attnum
        LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_index AS ix ON f.attnum = ANY(ix.indkey) and c.oid = f.attrelid and c.oid = ix.indrelid
        LEFT JOIN pg_class AS i ON ix.indexrelid = i.oid
        WHERE c.relkind = 'r'::char
        AND n.nspname in ('public')
        AND f.attnum > 0
        AND i.oid<>0
        ORDER BY c.relname,f.attname;
--> select
SELECT DISTINCT
            con.relname AS tablewithforeignkey,
            att.attnum as fk_partno,
                 att2.attname AS foreignkeycolumn,
              cl.relname AS tablereferenced,
              att.attname AS foreignkeycolumnreferenced,
              delete_rule as ondelete,
              update_rule as onupdate,
                concat(con.conname,con.conrelid,con.confrelid) as object_id
               FROM (
                   SELECT
                     unnest(con1.conkey) AS parent,
                     unnest(con1.confkey) AS child,
                     con1.confrelid,
                     con1.conrelid,
                     cl_1.relname,
                   con1.conname,
                   nspname
                   FROM
                     pg_class cl_1,
                     pg_namespace ns,
                     pg_constraint con1
                   WHERE
                     con1.contype = 'f'::"char"
                     AND cl_1.relnamespace = ns.oid
                     AND con1.conrelid = cl_1.oid
                     and nspname in ('public')
              ) con,
                pg_attribute att,
                pg_class cl,
                pg_attribute att2,
                information_schema.referential_constraints rc
              WHERE
                att.attrelid = con.confrelid
                AND att.attnum = con.child
                AND cl.oid = con.confrelid
                AND att2.attrelid = con.conrelid
                AND att2.attnum = con.parent
                AND rc.constraint_name= con.conname AND constraint_catalog=current_database() AND rc.constraint_schema=nspname
--> select
SELECT
    n.nspname AS table_schema,
    c.relname AS table_name,
    CASE
        WHEN c.relkind = 'r' THEN 'table'
        WHEN c.relkind = 'v' THEN 'view'
        WHEN c.relkind = 'm' THEN 'materialized_view'
    END AS type,
	c.relrowsecurity AS rls_enabled
FROM
    pg_catalog.pg_class c
JOIN
    pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE
	c.relkind IN ('r', 'v', 'm')
     AND n.nspname = 'public';
--> select
select schemaname, sequencename, start_value, min_value, max_value, increment_by, cycle, cache_size from pg_sequences as seq WHERE schemaname = 'public';
--> select
select n.nspname as enum_schema,
  t.typname as enum_name,
  e.enumlabel as enum_value,
  e.enumsortorder as sort_order
  from pg_type t
  join pg_enum e on t.oid = e.enumtypid
  join pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   WHERE n.nspname = 'public'
  order by enum_schema, enum_name, sort_order;
--> select
SELECT rolname, rolinherit, rolcreatedb, rolcreaterole FROM pg_roles;
--> select
SELECT schemaname, tablename, policyname as name, permissive as "as", roles as to, cmd as for, qual as using, with_check as "withCheck" FROM pg_policies WHERE schemaname = 'public';
--> select
SELECT c.column_name, c.data_type, constraint_type, constraint_name, constraint_schema
      FROM information_schema.table_constraints tc
      JOIN information_schema.constraint_column_usage AS ccu USING (constraint_schema, constraint_name)
      JOIN information_schema.columns AS c ON c.table_schema = tc.constraint_schema
        AND tc.table_name = c.table_name AND ccu.column_name = c.column_name
      WHERE tc.table_name = 'customers' and constraint_schema = 'public';
--> select
SELECT
						tc.constraint_name,
						tc.constraint_type,
						pg_get_constraintdef(con.oid) AS constraint_definition
					FROM
						information_schema.table_constraints AS tc
						JOIN pg_constraint AS con
							ON tc.constraint_name = con.conname
							AND con.conrelid = (
								SELECT oid
								FROM pg_class
								WHERE relname = tc.table_name
								AND relnamespace = (
									SELECT oid
									FROM pg_namespace
									WHERE nspname = tc.constraint_schema
								)
							)
					WHERE
						tc.table_name = 'customers'
						AND tc.constraint_schema = 'public'
						AND tc.constraint_type = 'CHECK'
						AND con.contype = 'c';
--> select
SELECT
            con.contype AS constraint_type,
            nsp.nspname AS constraint_schema,
            con.conname AS constraint_name,
            rel.relname AS table_name,
            att.attname AS column_name,
            fnsp.nspname AS foreign_table_schema,
            frel.relname AS foreign_table_name,
            fatt.attname AS foreign_column_name,
            CASE con.confupdtype
              WHEN 'a' THEN 'NO ACTION'
              WHEN 'r' THEN 'RESTRICT'
              WHEN 'n' THEN 'SET NULL'
              WHEN 'c' THEN 'CASCADE'
              WHEN 'd' THEN 'SET DEFAULT'
            END AS update_rule,
            CASE con.confdeltype
              WHEN 'a' THEN 'NO ACTION'
              WHEN 'r' THEN 'RESTRICT'
              WHEN 'n' THEN 'SET NULL'
              WHEN 'c' THEN 'CASCADE'
              WHEN 'd' THEN 'SET DEFAULT'
            END AS delete_rule
          FROM
            pg_catalog.pg_constraint con
            JOIN pg_catalog.pg_class rel ON rel.oid = con.conrelid
            JOIN pg_catalog.pg_namespace nsp ON nsp.oid = con.connamespace
            LEFT JOIN pg_catalog.pg_attribute att ON att.attnum = ANY (con.conkey)
              AND att.attrelid = con.conrelid
            LEFT JOIN pg_catalog.pg_class frel ON frel.oid = con.confrelid
            LEFT JOIN pg_catalog.pg_namespace fnsp ON fnsp.oid = frel.relnamespace
            LEFT JOIN pg_catalog.pg_attribute fatt ON fatt.attnum = ANY (con.confkey)
              AND fatt.attrelid = con.confrelid
          WHERE
            nsp.nspname = 'public'
            AND rel.relname = 'customers'
            AND con.contype IN ('f');
--> select
SELECT  DISTINCT ON (t.relname, ic.relname, k.i) t.relname as table_name, ic.relname AS indexname,
        k.i AS index_order,
        i.indisunique as is_unique,
        am.amname as method,
        ic.reloptions as with,
        coalesce(a.attname, pg_get_indexdef(i.indexrelid, k.i, false)) AS column_name,
          CASE
        WHEN pg_get_expr(i.indexprs, i.indrelid) IS NOT NULL THEN 1
        ELSE 0
    END AS is_expression,
        i.indoption[k.i-1] & 1 = 1 AS descending,
        i.indoption[k.i-1] & 2 = 2 AS nulls_first,
        pg_get_expr(
                              i.indpred,
                              i.indrelid
                          ) as where,
         opc.opcname
      FROM pg_class t
          LEFT JOIN pg_index i ON t.oid = i.indrelid
          LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
		  CROSS JOIN LATERAL (SELECT unnest(i.indkey), generate_subscripts(i.indkey, 1) + 1) AS k(attnum, i)
          LEFT JOIN pg_attribute AS a
            ON i.indrelid = a.attrelid AND k.attnum = a.attnum
          JOIN pg_namespace c on c.oid = t.relnamespace
        LEFT JOIN pg_am AS am ON ic.relam = am.oid
        JOIN pg_opclass opc ON opc.oid = ANY(i.indclass)
      WHERE
      c.nspname = 'public' AND
      t.relname = 'customers';
--> select
SELECT
          idx.indexrelname AS index_name,
          idx.relname AS table_name,
          schemaname,
          CASE WHEN con.conname IS NOT NULL THEN 1 ELSE 0 END AS generated_by_constraint
        FROM
          pg_stat_user_indexes idx
        LEFT JOIN
          pg_constraint con ON con.conindid = idx.indexrelid
        WHERE idx.relname = 'customers' and schemaname = 'public'
        group by index_name, table_name,schemaname, generated_by_constraint;
