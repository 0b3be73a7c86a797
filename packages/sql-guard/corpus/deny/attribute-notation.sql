--> function A_Indirection 1:9
SELECT (60).pg_sleep
--> function A_Indirection 1:12
SELECT (0.1::float8).pg_sleep
--> function A_Indirection 1:19
SELECT ('work_mem'::text).current_setting
--> function A_Indirection 1:26
SELECT ((('/etc/passwd'))::text).pg_read_file
--> function A_Indirection 1:12
SELECT ('.'::text).pg_ls_dir
--> function A_Indirection 1:9
SELECT (1).pg_advisory_lock
--> function A_Indirection 1:10
SELECT (1::bigint).pg_advisory_xact_lock
--> function A_Indirection 1:10
SELECT (0::oid).lo_create
--> function A_Indirection 1:9
SELECT (16384).lo_unlink
--> function A_Indirection 1:12
SELECT ('s'::regclass).nextval
--> function A_Indirection 1:12
SELECT ('s'::text).nextval
--> function A_Indirection 1:9
SELECT (1).pg_terminate_backend
--> function A_Indirection 1:12
SELECT ('x'::text).pg_switch_wal
--> function A_Indirection 1:19
SELECT ('select 1'::text).ts_stat
--> function A_Indirection 1:9
SELECT (customers.id).pg_sleep FROM customers
--> function A_Indirection 1:9
SELECT (c.id).pg_advisory_lock FROM customers c
--> function A_Indirection 1:9
SELECT (c).purge FROM customers c
--> function A_Indirection 1:9
SELECT (id).purge FROM customers
--> function A_Indirection 1:9
SELECT (name).purge_all FROM customers
--> function A_Indirection 1:8
SELECT (SELECT 5).pg_sleep
--> function A_Indirection 1:9
SELECT (CASE WHEN true THEN 5 END).pg_sleep
--> function A_Indirection 1:9
SELECT (ARRAY[5])[1].pg_sleep
--> function A_Indirection 1:9
SELECT (ROW(1, 2)).pg_sleep
--> function A_Indirection 1:1
SELECT ((jsonb_each('{}')).value).pg_sleep
--> function ColumnRef 1:8
SELECT g.pg_sleep FROM unnest(ARRAY[0.1]) g
--> function ColumnRef 1:8
SELECT g.pg_sleep FROM generate_series(1, 2) AS g
--> function ColumnRef 1:8
SELECT g.current_setting FROM unnest(ARRAY['work_mem']) g
--> function ColumnRef 1:8
SELECT x.current_setting FROM lower('WORK_MEM') AS x(y)
--> function ColumnRef 1:8
SELECT lower.current_setting FROM lower('WORK_MEM')
--> function ColumnRef 1:8
SELECT current_setting.current_setting FROM jsonb_array_elements_text('["work_mem"]') AS current_setting
--> function ColumnRef 1:8
SELECT purge.purge FROM jsonb_array_elements_text('["x"]') AS purge
--> function ColumnRef 1:40
SELECT * FROM unnest(ARRAY[5]) g WHERE g.pg_advisory_lock IS NULL
--> function ColumnRef 1:43
SELECT * FROM unnest(ARRAY[5]) g ORDER BY g.pg_sleep
--> function ColumnRef 1:8
SELECT t.pg_sleep FROM ROWS FROM (unnest(ARRAY[5.0])) AS t
--> function ColumnRef 1:68
SELECT count(*) FROM customers JOIN LATERAL unnest(ARRAY[id]) u ON u.pg_sleep IS NULL
--> function A_Indirection 1:48
SELECT (current_database()).pg_database_size, (1).pg_cancel_backend
--> function A_Indirection 1:21
SELECT ($$select 1$$::text).query_to_xml
--> function A_Indirection 1:15
SELECT ('evil'::text).dblink_connect
--> function A_Indirection 1:9
SELECT (1).lo_close, (2).pg_promote
--> function A_Indirection 1:9
SELECT ("customers").secret_function FROM customers
--> function ColumnRef 1:8
SELECT s.pg_read_file FROM cast('/etc/passwd' AS text) s
--> function ColumnRef 1:8
SELECT c.pg_sleep FROM coalesce(5) c
--> function A_Indirection 1:9
SELECT (5)."pg_sleep"
--> function A_Indirection 1:9
SELECT (5).U&"pg\005Fsleep"
