--> select
SELECT 1
--> select
SELECT
--> select
SELECT *  FROM customers
--> select
SELECT c.* FROM customers c
--> select
SELECT customers.* FROM customers
--> select
SELECT public.customers.name FROM public.customers
--> select
SELECT name, email FROM customers
--> select
SELECT name AS "Name", email e FROM customers
--> select
SELECT DISTINCT country FROM customers
--> select
SELECT DISTINCT ON (country) country, name FROM customers ORDER BY country, created_at DESC
--> select
SELECT ALL country FROM customers
--> select
SELECT 1 AS a, 2 AS a
--> select
SELECT NULL, TRUE, FALSE, 1.5, 1e10, 'text', E'line\n', $$dollar$$, $q$it's$q$, B'101', X'1F', U&'d\0061t'
--> select
SELECT 'first'
  'second'
--> select
SELECT -1, +1, - 5.5
--> select
SELECT 0x1F, 0o17, 0b101, 1_000_000
--> select
SELECT (1), ((2))
--> select
SELECT c FROM customers c
--> select
SELECT (c).name FROM customers c
--> select
SELECT (c.*) IS NOT NULL FROM customers c
--> select
SELECT ROW(1, 'a'), (1, 'a')
--> select
SELECT ARRAY[1, 2, 3], ARRAY[[1, 2], [3, 4]], ARRAY(SELECT id FROM customers)
--> select
SELECT '{1,2}'::int[]
--> select
SELECT tags[1], tags[1:2], tags[:1], tags[1:] FROM customers
--> select
SELECT (ARRAY[1, 2, 3])[2]
--> select
SELECT id "from" FROM customers
--> select
SELECT current_date, current_time, current_timestamp, localtime, localtimestamp, current_timestamp(3)
--> select
SELECT current_user, session_user, user, current_role, current_catalog, current_schema
--> select
SELECT version(), current_database(), current_schemas(true)
--> select
SELECT 1;
--> select
  SELECT 1  ;  
--> select
-- leading comment
SELECT 1
--> select
/* block */ SELECT /* inside */ 1 /* end */
--> select
SELECT 1 -- trailing
--> select
SELECT 'semi;colon', "name" FROM customers
--> select
SELECT '-- not a comment', '/* neither */'
--> select
SELECT 'DROP TABLE customers'
--> select
SELECT 'pg_sleep(10)' AS "set_config"
--> select
SELECT 'It''s DELETE FROM orders;' AS note
--> select
SELECT name AS "DELETE", email AS "drop table" FROM customers
--> select
SELECT 'ünïcödé ☃ 😀' AS "naïve", length('日本語')
