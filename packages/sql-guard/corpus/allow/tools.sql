--> select
-- Metabase:: userID: 1 queryType: MBQL queryHash: 8f0c1c9b
SELECT DATE_TRUNC('month', "public"."orders"."placed_at") AS "placed_at", COUNT(*) AS "count", SUM("public"."orders"."total") AS "sum" FROM "public"."orders" LEFT JOIN "public"."customers" AS "Customers" ON "public"."orders"."customer_id" = "Customers"."id" WHERE ("public"."orders"."placed_at" >= DATE_TRUNC('month', (NOW() + INTERVAL '-12 month'))) AND ("public"."orders"."placed_at" < DATE_TRUNC('month', NOW())) GROUP BY DATE_TRUNC('month', "public"."orders"."placed_at") ORDER BY DATE_TRUNC('month', "public"."orders"."placed_at") ASC
--> select
SELECT "source"."country" AS "country", "source"."count" AS "count" FROM (SELECT "public"."customers"."country" AS "country", COUNT(*) AS "count" FROM "public"."customers" GROUP BY "public"."customers"."country" ORDER BY "public"."customers"."country" ASC) AS "source" WHERE "source"."count" > 5 LIMIT 1048575
--> select
SELECT "public"."customers"."id" AS "id", SUBSTRING("public"."customers"."note" FROM 1 FOR 1234) AS "note" FROM "public"."customers" LIMIT 10000
--> select
SELECT count(distinct "public"."orders"."customer_id") AS "count", CAST(extract(isodow from "public"."orders"."placed_at") AS integer) AS "dow" FROM "public"."orders" GROUP BY CAST(extract(isodow from "public"."orders"."placed_at") AS integer)
--> select
SELECT FLOOR((("public"."orders"."total" - 0.0) / 12.5)) * 12.5 + 0.0 AS "total", COUNT(*) AS "count" FROM "public"."orders" GROUP BY FLOOR((("public"."orders"."total" - 0.0) / 12.5)) * 12.5 + 0.0 ORDER BY 1
--> select
SELECT (CAST(DATE_TRUNC('week', (CAST("public"."orders"."placed_at" AS timestamp) + (INTERVAL '1 day'))) AS timestamp) + (INTERVAL '-1 day')) AS "placed_at", PERCENTILE_CONT(0.9) within group (order by "public"."orders"."total") AS "p90" FROM "public"."orders" GROUP BY 1 ORDER BY 1 ASC
--> select
SELECT "public"."orders"."lines"#>>array['address', 'city']::text[] AS "city", ("public"."orders"."lines"#>>array['qty']::text[])::decimal AS q FROM "public"."orders"
--> select
select "table_schema" as "schema", "table_name" as "name", obj_description(concat('"', "table_schema", '"."', "table_name", '"')::regclass) as "description" from information_schema.tables where table_schema not in ('information_schema','pg_catalog')
--> select
SELECT DATE_TRUNC('day', placed_at) AS __timestamp, country AS country, COUNT(*) AS count FROM (SELECT o.*, c.country FROM orders o JOIN customers c ON c.id = o.customer_id) AS virtual_table JOIN (SELECT country AS country__, COUNT(*) AS mme_inner__ FROM customers GROUP BY country ORDER BY mme_inner__ DESC LIMIT 10) AS series_limit ON country = country__ WHERE placed_at >= TO_TIMESTAMP('2024-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') AND placed_at < TO_TIMESTAMP('2024-12-31 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') GROUP BY DATE_TRUNC('day', placed_at), country LIMIT 50000
--> select
SELECT country AS country, sum(CASE WHEN status = 'paid' THEN total ELSE 0 END) AS "Paid $$", COUNT(DISTINCT customer_id) AS "COUNT_DISTINCT(customer_id)" FROM public.orders JOIN public.customers ON customers.id = customer_id GROUP BY country HAVING ((sum(total) > 100)) ORDER BY "Paid $$" DESC
LIMIT 1000
OFFSET 0
--> select
SELECT
  floor(extract(epoch from at)/300)*300 AS "time",
  kind AS metric,
  avg(amount::numeric) AS "value"
FROM events
WHERE
  at BETWEEN '2024-01-01T00:00:00Z' AND '2024-01-02T00:00:00Z'
GROUP BY 1, kind
ORDER BY 1
--> select
SELECT extract(epoch from at) as "time", (payload->>'ms')::double precision as ms FROM events WHERE extract(epoch from at) >= 1704067200 AND extract(epoch from at) <= 1704153600 AND kind IN ('view','click') ORDER BY 1,2
--> select
SELECT date_bin('15 minutes', at, TIMESTAMP '2001-01-01') AS time, count(*) filter (where kind = 'click')::float / nullif(count(*), 0) AS ctr FROM events WHERE at > now() - interval '6h' GROUP BY 1 ORDER BY 1
--> select
SELECT to_timestamp(floor((extract('epoch' from at) / 60 )) * 60) AT TIME ZONE 'UTC' as t, kind, count(*) FROM events GROUP BY t, kind ORDER BY t;
--> select
SELECT quote_ident(table_name) FROM information_schema.tables WHERE quote_ident(table_schema) NOT IN ('information_schema','pg_catalog','_timescaledb_cache') AND quote_ident(table_schema) = ANY(current_schemas(true)) ORDER BY CASE WHEN table_schema = current_schema() THEN 0 ELSE 1 END, 1
--> select
SELECT if_not.exists FROM (SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb') AS exists) if_not
--> select
SELECT CAST("t0"."country" AS TEXT) AS "country", SUM("t0"."X__measure__0") AS "TEMP(x)(12)(0)", (CASE WHEN (1 = 0) THEN 0 ELSE NULL END) AS "z" FROM (SELECT "customers"."country" AS "country", COUNT(1) AS "X__measure__0" FROM "public"."orders" "orders" INNER JOIN "public"."customers" "customers" ON ("orders"."customer_id" = "customers"."id") GROUP BY 1) "t0" GROUP BY 1
--> select
SELECT SUM("orders"."total") AS "sum:total:ok", DATE_TRUNC( 'MONTH', CAST("orders"."placed_at" AS TIMESTAMP WITHOUT TIME ZONE) ) AS "tmn:placed_at:ok" FROM "public"."orders" "orders" WHERE ((NOT ("orders"."status" IS NULL)) AND ("orders"."placed_at" >= (TIMESTAMP '2024-01-01 00:00:00'))) GROUP BY 2
--> select
SELECT (CAST(FLOOR(EXTRACT(MONTH FROM "o"."placed_at")) AS BIGINT) + 2) / 3 AS quarter, (DATE '1900-01-01' + 5) AS d FROM "public"."orders" "o"
--> select
SELECT
    (DATE(orders.placed_at )) AS "orders.placed_date",
    COALESCE(SUM(CASE WHEN orders.status = 'paid' THEN orders.total  ELSE NULL END), 0) AS "orders.paid",
    COALESCE(COALESCE(CAST( ( SUM(DISTINCT (CAST(FLOOR(COALESCE(orders.total,0)*(1000000*1.0)) AS DECIMAL(65,0))) + ('x' || MD5(orders.id ::varchar))::bit(64)::bigint::DECIMAL(65)  *18446744073709551616 + ('x' || SUBSTR(MD5(orders.id ::varchar),17))::bit(64)::bigint::DECIMAL(65) ) - SUM(DISTINCT ('x' || MD5(orders.id ::varchar))::bit(64)::bigint::DECIMAL(65)  *18446744073709551616 + ('x' || SUBSTR(MD5(orders.id ::varchar),17))::bit(64)::bigint::DECIMAL(65)) )  AS DOUBLE PRECISION) / CAST((1000000*1.0) AS DOUBLE PRECISION), 0), 0) AS "orders.total"
FROM public.orders  AS orders
GROUP BY
    (DATE(orders.placed_at ))
ORDER BY
    1 DESC
FETCH NEXT 500 ROWS ONLY
--> select
WITH daily AS (SELECT DATE(placed_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York') AS d, COUNT(*) c FROM orders GROUP BY 1)
SELECT TO_CHAR(d, 'YYYY-MM') AS "m", SUM(c) AS c FROM daily GROUP BY 1 LIMIT 500
--> select
select "_"."country", sum("_"."total") as "a0" from (select "$Outer"."country", "$Inner"."total" from "public"."customers" "$Outer" left outer join "public"."orders" "$Inner" on ("$Outer"."id" = "$Inner"."customer_id" or "$Outer"."id" is null and "$Inner"."customer_id" is null)) "_" group by "_"."country" limit 1000001
--> select
select t.oid, t.typname, case when t.typnamespace = 11 then 'pg_catalog' end from pg_type t where t.oid in (23, 25)
--> select
SELECT TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.tables WHERE TABLE_SCHEMA NOT IN ('information_schema', 'pg_catalog') ORDER BY TABLE_SCHEMA, TABLE_NAME
--> select
/* Username: admin, query_id: 12, Queue: queries */ SELECT s.nspname as table_schema, c.relname as table_name, a.attname as column_name, null as data_type FROM pg_class c JOIN pg_namespace s ON c.relnamespace = s.oid AND s.nspname NOT IN ('pg_catalog', 'information_schema') JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE c.relkind = 'm'
--> select
SELECT "public"."customers"."id", "public"."customers"."email", COALESCE("aggr_selection_0_Order"."_aggr_count_orders", 0) AS "_aggr_count_orders" FROM "public"."customers" LEFT JOIN (SELECT "public"."orders"."customer_id", COUNT(*) AS "_aggr_count_orders" FROM "public"."orders" WHERE 1=1 GROUP BY "public"."orders"."customer_id") AS "aggr_selection_0_Order" ON ("public"."customers"."id" = "aggr_selection_0_Order"."customer_id") WHERE 1=1 ORDER BY "public"."customers"."id" ASC LIMIT 10 OFFSET 0 /* traceparent='00-0-0-00' */
--> select
SELECT "t1"."id", "t1"."name", "Customer_orders"."__prisma_data__" AS "orders" FROM "public"."customers" AS "t1" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t4"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT('id', "t3"."id", 'total', "t3"."total") AS "__prisma_data__" FROM (SELECT "t2".* FROM "public"."orders" AS "t2" WHERE "t1"."id" = "t2"."customer_id" /* root select */) AS "t3" /* inner select */) AS "t4" /* middle select */) AS "t5" /* outer select */) AS "Customer_orders" ON TRUE
--> select
SELECT COUNT(*) FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE ("public"."orders"."status" = 'new' AND "public"."orders"."id" NOT IN (1,2,3)) OFFSET 0) AS "sub"
--> select
SELECT "customers"."id", "customers"."name" FROM "customers" WHERE ("customers"."created_at" BETWEEN '2024-01-01 00:00:00+00:00'::timestamptz AND '2024-12-31 23:59:59.999999+00:00'::timestamptz AND UPPER("customers"."name"::text) LIKE UPPER('%foo%')) ORDER BY "customers"."id" ASC LIMIT 21
--> select
SELECT 1 AS "a" FROM "customers" WHERE "customers"."id" = 5 LIMIT 1
--> select
SELECT DATE_TRUNC('month', "orders"."placed_at" AT TIME ZONE 'Europe/Berlin') AS "m", EXTRACT('isoyear' FROM "orders"."placed_at") AS "y", (("orders"."total")::double precision / NULLIF(2, 0)::double precision) FROM "orders"
--> select
SELECT c.relname, CASE WHEN c.relispartition THEN 'p' WHEN c.relkind IN ('m', 'v') THEN 'v' ELSE 't' END, obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v') AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND pg_catalog.pg_table_is_visible(c.oid)
--> select
SELECT a.attname AS column_name, NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable, pg_get_expr(ad.adbin, ad.adrelid) AS column_default, CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation, a.attidentity != '' AS is_autofield, col_description(a.attrelid, a.attnum) AS column_comment FROM pg_attribute a LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum LEFT JOIN pg_collation co ON a.attcollation = co.oid JOIN pg_type t ON a.atttypid = t.oid JOIN pg_class c ON a.attrelid = c.oid JOIN pg_namespace n ON c.relnamespace = n.oid WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v') AND c.relname = 'orders' AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND pg_catalog.pg_table_is_visible(c.oid)
--> select
SELECT c.conname, array(SELECT attname FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx) JOIN pg_attribute AS ca ON cols.colid = ca.attnum WHERE ca.attrelid = c.conrelid ORDER BY cols.arridx), c.contype, (SELECT fkc.relname || '.' || fka.attname FROM pg_attribute AS fka JOIN pg_class AS fkc ON fka.attrelid = fkc.oid WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]), cl.reloptions FROM pg_constraint AS c JOIN pg_class AS cl ON c.conrelid = cl.oid WHERE cl.relname = 'orders' AND pg_catalog.pg_table_is_visible(cl.oid)
--> select
SELECT indexname, array_agg(attname ORDER BY arridx), indisunique, indisprimary, array_agg(ordering ORDER BY arridx), amname, exprdef, s2.attoptions FROM (SELECT c2.relname as indexname, idx.*, attr.attname, am.amname, CASE WHEN idx.indexprs IS NOT NULL THEN pg_get_indexdef(idx.indexrelid) END AS exprdef, CASE am.amname WHEN 'btree' THEN CASE (option & 1) WHEN 1 THEN 'DESC' ELSE 'ASC' END END as ordering, c2.reloptions as attoptions FROM (SELECT *, unnest(i.indkey) as key, unnest(i.indoption) as option, generate_series(1, 2) AS arridx FROM pg_index i) idx LEFT JOIN pg_class c ON idx.indrelid = c.oid LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid LEFT JOIN pg_am am ON c2.relam = am.oid LEFT JOIN pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key WHERE c.relname = 'orders' AND pg_catalog.pg_table_is_visible(c.oid)) s2 GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions
--> select
SELECT s.relname AS sequence_name, a.attname AS colname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass JOIN pg_attribute a ON d.refobjid = a.attrelid AND d.refobjsubid = a.attnum JOIN pg_class tbl ON tbl.oid = d.refobjid AND tbl.relname = 'orders' AND pg_catalog.pg_table_is_visible(tbl.oid) WHERE s.relkind = 'S'
--> select
SELECT customers.id, customers.name, anon_1.n FROM customers LEFT OUTER JOIN (SELECT orders.customer_id AS customer_id, count(orders.id) AS n FROM orders GROUP BY orders.customer_id) AS anon_1 ON customers.id = anon_1.customer_id WHERE customers.id IN (1, 2, 3) ORDER BY anon_1.n DESC NULLS LAST LIMIT 10
--> select
select pg_catalog.version()
--> select
select current_schema()
--> show
show standard_conforming_strings
--> select
SELECT pg_catalog.pg_attribute.attname AS name, pg_catalog.format_type(pg_catalog.pg_attribute.atttypid, pg_catalog.pg_attribute.atttypmod) AS format_type, (SELECT pg_catalog.pg_get_expr(pg_catalog.pg_attrdef.adbin, pg_catalog.pg_attrdef.adrelid) AS pg_get_expr_1 FROM pg_catalog.pg_attrdef WHERE pg_catalog.pg_attrdef.adrelid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attrdef.adnum = pg_catalog.pg_attribute.attnum AND pg_catalog.pg_attribute.atthasdef) AS "default", pg_catalog.pg_attribute.attnotnull AS not_null, pg_catalog.pg_class.relname AS table_name, pg_catalog.pg_description.description AS comment, pg_catalog.pg_attribute.attgenerated AS generated, (SELECT json_build_object('always', pg_catalog.pg_attribute.attidentity = 'a', 'start', pg_catalog.pg_sequence.seqstart, 'increment', pg_catalog.pg_sequence.seqincrement, 'minvalue', pg_catalog.pg_sequence.seqmin, 'maxvalue', pg_catalog.pg_sequence.seqmax, 'cache', pg_catalog.pg_sequence.seqcache, 'cycle', pg_catalog.pg_sequence.seqcycle) AS json_build_object_1 FROM pg_catalog.pg_sequence WHERE pg_catalog.pg_attribute.attidentity != '' AND pg_catalog.pg_sequence.seqrelid = CAST(CAST(pg_catalog.pg_get_serial_sequence(CAST(CAST(pg_catalog.pg_attribute.attrelid AS REGCLASS) AS TEXT), pg_catalog.pg_attribute.attname) AS REGCLASS) AS OID)) AS identity_options FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_class.oid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attribute.attnum > 0 AND NOT pg_catalog.pg_attribute.attisdropped LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_description.objsubid = pg_catalog.pg_attribute.attnum JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_attribute.attnum
--> select
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, NULL AS extra FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.conindid AS conindid, con.description AS description, con.ord AS ord, pg_catalog.pg_attribute.attname AS attname FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, pg_catalog.pg_constraint.conindid AS conindid, unnest(pg_catalog.pg_constraint.conkey) AS attnum, generate_subscripts(pg_catalog.pg_constraint.conkey, 1) AS ord, pg_catalog.pg_description.description AS description FROM pg_catalog.pg_constraint LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid WHERE pg_catalog.pg_constraint.contype = 'p' AND pg_catalog.pg_constraint.conrelid IN (16384)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid WHERE con.conrelid IN (16384)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname
--> select
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid WHERE pg_catalog.pg_type.typtype = 'e' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
--> select
SELECT "customers".* FROM "customers" INNER JOIN "orders" ON "orders"."customer_id" = "customers"."id" WHERE "orders"."status" = 'paid' AND "customers"."active" = TRUE GROUP BY "customers"."id" HAVING (COUNT(orders.id) > 1) ORDER BY "customers"."created_at" DESC LIMIT 25 OFFSET 50 /*application:Shop,controller:customers,action:index*/
--> select
SELECT a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypid, a.atttypmod, c.collname, col_description(a.attrelid, a.attnum) AS comment, attidentity AS identity, attgenerated as attgenerated FROM pg_attribute a LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum LEFT JOIN pg_type t ON a.atttypid = t.oid LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation WHERE a.attrelid = '"orders"'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
--> select
SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput, r.rngsubtype, t.typtype, t.typbasetype FROM pg_type as t LEFT JOIN pg_range as r ON oid = rngtypid WHERE t.typname IN ('int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'numeric', 'bool')
--> select
SELECT distinct i.relname, d.indisunique, d.indkey, pg_get_indexdef(d.indexrelid), pg_catalog.obj_description(i.oid, 'pg_class') AS comment, d.indisvalid, ARRAY(SELECT pg_get_indexdef(d.indexrelid, k + 1, true) FROM generate_subscripts(d.indkey, 1) AS k ORDER BY k) AS columns, ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = d.indexrelid ORDER BY a.attnum) FROM pg_class t INNER JOIN pg_index d ON t.oid = d.indrelid INNER JOIN pg_class i ON d.indexrelid = i.oid LEFT JOIN pg_namespace n ON n.oid = t.relnamespace WHERE i.relkind IN ('i', 'I') AND d.indisprimary = 'f' AND t.relname = 'orders' AND n.nspname = ANY (current_schemas(false)) ORDER BY i.relname
--> select
SELECT t2.oid::regclass::text AS to_table, a1.attname AS column, a2.attname AS primary_key, c.conname AS name, c.confupdtype AS on_update, c.confdeltype AS on_delete, c.convalidated AS valid, c.condeferrable AS deferrable, c.condeferred AS deferred, c.conrelid, c.confrelid FROM pg_constraint c JOIN pg_class t1 ON c.conrelid = t1.oid JOIN pg_class t2 ON c.confrelid = t2.oid JOIN pg_attribute a1 ON a1.attnum = c.conkey[1] AND a1.attrelid = t1.oid JOIN pg_attribute a2 ON a2.attnum = c.confkey[1] AND a2.attrelid = t2.oid JOIN pg_namespace t3 ON c.connamespace = t3.oid WHERE c.contype = 'f' AND t1.relname = 'orders' AND t3.nspname = ANY (current_schemas(false)) ORDER BY c.conname
--> select
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relname = 'schema_migrations' AND c.relkind IN ('r','v','m','p','f')
--> select
SELECT COUNT(*) FROM (SELECT 1 AS one FROM "orders" LIMIT 1000) subquery_for_count
--> select
SELECT "orders".* FROM "orders" WHERE (orders.created_at::date = current_date) AND "orders"."status" IN ('new', 'paid') AND NOT ("orders"."note" ILIKE '%test\_%') ORDER BY RANDOM() LIMIT 1
--> select
select c1_0.id,c1_0.name,o1_0.customer_id,o1_0.id,o1_0.total from customers c1_0 left join orders o1_0 on c1_0.id=o1_0.customer_id where lower(c1_0.name) like lower('a%') escape '' order by c1_0.id offset 0 rows fetch first 20 rows only
--> select
select case when count(c)>0 then true else false end as exists1_, max(cast(c.id as varchar(255))) from customers c
--> select
select this_.id as y0_, (select count(*) from orders o where o.customer_id=this_.id) as y1_ from customers this_ where (this_.country in ('DE','FR') or this_.country is null) and this_.id>=0 limit 20
--> select
SELECT "Customer"."id" AS "Customer_id", "Customer"."name" AS "Customer_name", "Customer__Customer_orders"."id" AS "Customer__Customer_orders_id" FROM "customers" "Customer" LEFT JOIN "orders" "Customer__Customer_orders" ON "Customer__Customer_orders"."customer_id"="Customer"."id" WHERE (("Customer"."name" = 'x')) AND ("Customer"."id" IN (1))
--> select
SELECT "table_schema", "table_name", obj_description(('"' || "table_schema" || '"."' || "table_name" || '"')::regclass, 'pg_class') AS table_comment FROM "information_schema"."tables" WHERE ("table_schema" = 'public' AND "table_name" = 'orders')
--> select
SELECT columns.*, pg_catalog.col_description(('"' || table_catalog || '"."' || table_schema || '"."' || table_name || '"')::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype" AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'public' AND "table_name" = 'orders')
--> select
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" IN ('r', 'p') AND (("ns"."nspname" = 'public' AND "t"."relname" = 'orders'))
--> select
SELECT * FROM current_schema()
--> select
SELECT * FROM current_database()
--> show
SHOW server_version;
--> select
select "customers"."id", "customers"."name", "customers_orders"."data" as "orders" from "customers" left join lateral (select coalesce(json_agg(json_build_array("customers_orders"."id", "customers_orders"."total") order by "customers_orders"."id" asc), '[]'::json) as "data" from "orders" "customers_orders" where "customers_orders"."customer_id" = "customers"."id") "customers_orders" on true order by "customers"."id" limit 5
--> select
select "id", "name", row_number() over (partition by "country" order by "created_at" desc) as rn from "customers" where ("customers"."active" = true and "customers"."email" is not null)
--> select
SELECT c0."id", c0."name", o1."total" FROM "customers" AS c0 INNER JOIN LATERAL (SELECT so0."total" AS "total" FROM "orders" AS so0 WHERE (so0."customer_id" = c0."id") ORDER BY so0."placed_at" DESC LIMIT 1) AS o1 ON TRUE WHERE (c0."id" = ANY('{1,2}'::int[])) ORDER BY c0."id"
--> select
SELECT TRUE FROM "customers" AS c0 WHERE (c0."name" ILIKE 'a%') LIMIT 1
--> select
SELECT c."id", c."name", t."id" AS "Id0" FROM "customers" AS c LEFT JOIN (SELECT t0."id", t0."customer_id" FROM (SELECT o."id", o."customer_id", ROW_NUMBER() OVER(PARTITION BY o."customer_id" ORDER BY o."placed_at" DESC) AS row FROM "orders" AS o) AS t0 WHERE t0.row <= 3) AS t ON c."id" = t."customer_id" WHERE strpos(c."name", 'x') > 0 AND date_part('year', c."created_at")::int = 2024 ORDER BY c."id" NULLS FIRST
--> select
SELECT count(*)::int, COALESCE(sum(o.total), 0.0), bool_and(o.total > 0.0) FROM orders AS o WHERE o.placed_at >= TIMESTAMPTZ '2024-01-01T00:00:00Z' AND o.status LIKE 'p%' ESCAPE ''
--> select
SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.elemtypoid FROM (SELECT typ.oid, typ.typnamespace, typ.typname, typ.typtype, typ.typrelid, typ.typnotnull, typ.relkind, elemtyp.oid AS elemtypoid, elemtyp.typname AS elemtypname, elemcls.relkind AS elemrelkind, CASE WHEN elemproc.proname='array_recv' THEN 'a' ELSE elemtyp.typtype END AS elemtyptype FROM (SELECT typ.oid, typnamespace, typname, typrelid, typnotnull, relkind, typelem AS elemoid, typtype FROM pg_type AS typ LEFT JOIN pg_class AS cls ON (cls.oid = typ.typrelid)) AS typ LEFT JOIN pg_type AS elemtyp ON elemtyp.oid = elemoid LEFT JOIN pg_class AS elemcls ON (elemcls.oid = elemtyp.typrelid) LEFT JOIN (VALUES (1, 'x')) AS elemproc(oid, proname) ON elemproc.oid = elemtyp.typreceive) AS t JOIN pg_namespace AS ns ON (ns.oid = typnamespace) WHERE typtype IN ('b', 'r', 'm', 'e', 'd') ORDER BY ns.nspname
--> select
select "c".*, count("o"."id") as "n" from "customers" as "c" left join "orders" as "o" on "o"."customer_id" = "c"."id" where "c"."country" not in ('US') group by "c"."id" limit 10
--> select
SELECT "Customer".*, "orders"."id" AS "orders.id", "orders"."total" AS "orders.total" FROM (SELECT "Customer"."id", "Customer"."name" FROM "customers" AS "Customer" WHERE "Customer"."active" IS TRUE ORDER BY "Customer"."id" ASC LIMIT 10) AS "Customer" LEFT OUTER JOIN "orders" AS "orders" ON "Customer"."id" = "orders"."customer_id"
--> select
SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'orders' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname
--> select
SELECT NULL AS TABLE_CAT, n.nspname AS TABLE_SCHEM, ct.relname AS TABLE_NAME, a.attname AS COLUMN_NAME, (information_schema._pg_expandarray(i.indkey)).n AS KEY_SEQ, ci.relname AS PK_NAME, information_schema._pg_expandarray(i.indkey) AS KEYS, a.attnum AS A_ATTNUM FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_attribute a ON (ct.oid = a.attrelid) JOIN pg_catalog.pg_namespace n ON (ct.relnamespace = n.oid) JOIN pg_catalog.pg_index i ON ( a.attrelid = i.indrelid) JOIN pg_catalog.pg_class ci ON (ci.oid = i.indexrelid) WHERE true AND n.nspname = 'public' AND ct.relname = 'orders' AND i.indisprimary
--> select
SELECT current_schema(),session_user
--> select
SELECT typinput='pg_catalog.array_in'::regproc as is_array, typtype, typname, pg_type.oid FROM pg_catalog.pg_type LEFT JOIN (select ns.oid as nspoid, ns.nspname, r.r from pg_namespace as ns join ( select s.r, (current_schemas(false))[s.r] as nspname from generate_series(1, array_upper(current_schemas(false), 1)) as s(r) ) as r using ( nspname )) as sp ON sp.nspoid = typnamespace WHERE typname = 'hstore' ORDER BY sp.r, pg_type.oid DESC LIMIT 1
--> select
SELECT nspname AS TABLE_SCHEM, NULL AS TABLE_CATALOG FROM pg_catalog.pg_namespace WHERE nspname <> 'pg_toast' AND (nspname !~ '^pg_temp_' OR nspname = (pg_catalog.current_schemas(true))[1]) AND (nspname !~ '^pg_toast_temp_' OR nspname = replace((pg_catalog.current_schemas(true))[1], 'pg_temp_', 'pg_toast_temp_')) ORDER BY TABLE_SCHEM
