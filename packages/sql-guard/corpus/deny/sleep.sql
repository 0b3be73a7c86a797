--> function FuncCall 1:8
SELECT pg_sleep(60)
--> function FuncCall 1:8
SELECT pg_sleep_for('1 minute')
--> function FuncCall 1:8
SELECT pg_sleep_until(now() + interval '1 minute')
--> function FuncCall 1:8
SELECT pg_catalog.pg_sleep(60)
--> function FuncCall 1:8
SELECT "pg_sleep"(60)
--> function FuncCall 1:8
SELECT U&"\0070g_sleep"(1)
--> function FuncCall 1:16
SELECT 1 WHERE pg_sleep(60) IS NULL
--> function FuncCall 1:15
SELECT * FROM pg_sleep(60)
--> function FuncCall 1:58
SELECT count(*) FROM generate_series(1, 1000) g, LATERAL pg_sleep(1)
--> function FuncCall 1:60
SELECT CASE WHEN (SELECT count(*) FROM customers) > 5 THEN pg_sleep(5) END
--> function FuncCall 1:8
SELECT pg_sleep(1), pg_sleep(2)
--> function FuncCall 1:8
SELECT PG_SLEEP(1)
--> function FuncCall 1:8
SELECT pg_sleep
  (1)
--> function FuncCall 1:12
SELECT/*x*/pg_sleep/*y*/(/*z*/1)
--> function FuncCall 1:17
SELECT coalesce(pg_sleep(1)::text, 'x')
--> function FuncCall 1:8
SELECT pg_sleep(1)::text::int
--> function FuncCall 1:9
SELECT ("pg_catalog".pg_sleep(1))
