--> relation RangeVar 1:15
SELECT * FROM pg_authid
--> relation RangeVar 1:25
SELECT rolpassword FROM pg_catalog.pg_authid
--> relation RangeVar 1:15
SELECT * FROM pg_shadow
--> relation RangeVar 1:20
SELECT passwd FROM pg_catalog.pg_shadow
--> relation RangeVar 1:15
SELECT * FROM pg_user_mapping
--> relation RangeVar 1:15
SELECT * FROM pg_user_mappings
--> relation RangeVar 1:23
SELECT umoptions FROM pg_catalog.pg_user_mappings
--> relation RangeVar 1:15
SELECT * FROM pg_user
--> relation RangeVar 1:15
SELECT * FROM pg_foreign_server
--> relation RangeVar 1:24
SELECT srvoptions FROM pg_catalog.pg_foreign_server
--> relation RangeVar 1:15
SELECT * FROM pg_foreign_table
--> relation RangeVar 1:15
SELECT * FROM pg_foreign_data_wrapper
--> relation RangeVar 1:15
SELECT * FROM pg_subscription
--> relation RangeVar 1:25
SELECT subconninfo FROM pg_catalog.pg_subscription
--> relation RangeVar 1:15
SELECT * FROM pg_publication
--> relation RangeVar 1:15
SELECT * FROM pg_event_trigger
--> relation RangeVar 1:15
SELECT * FROM pg_seclabel
--> relation RangeVar 1:15
SELECT * FROM pg_stats
--> relation RangeVar 1:30
SELECT most_common_vals FROM pg_stats WHERE tablename = 'customers'
--> relation RangeVar 1:15
SELECT * FROM pg_statistic
--> relation RangeVar 1:15
SELECT * FROM pg_statistic_ext_data
--> relation RangeVar 1:15
SELECT * FROM pg_stats_ext
--> relation RangeVar 1:15
SELECT * FROM pg_stats_ext_exprs
--> relation RangeVar 1:15
SELECT * FROM pg_stat_statements
--> relation RangeVar 1:19
SELECT query FROM public.pg_stat_statements
--> relation RangeVar 1:15
SELECT * FROM extensions.pg_stat_statements_info
--> relation RangeVar 1:15
SELECT * FROM pg_stat_replication
--> relation RangeVar 1:22
SELECT conninfo FROM pg_stat_wal_receiver
--> relation RangeVar 1:15
SELECT * FROM pg_stat_subscription
--> relation RangeVar 1:15
SELECT * FROM pg_replication_slots
--> relation RangeVar 1:20
SELECT prosrc FROM pg_proc
--> relation RangeVar 1:20
SELECT prosrc FROM pg_catalog.pg_proc
--> relation RangeVar 1:15
SELECT * FROM pg_shmem_allocations
--> relation RangeVar 1:15
SELECT * FROM information_schema.user_mapping_options
--> relation RangeVar 1:15
SELECT * FROM information_schema.user_mappings
--> relation RangeVar 1:15
SELECT * FROM information_schema.foreign_server_options
--> relation RangeVar 1:15
SELECT * FROM information_schema._pg_user_mappings
--> relation RangeVar 1:15
SELECT * FROM "pg_authid"
--> relation RangeVar 1:15
SELECT * FROM PG_AUTHID
--> relation RangeVar 1:15
SELECT * FROM U&"pg\005Fauthid"
--> relation RangeVar 1:7
TABLE pg_authid
--> relation RangeVar 1:38
SELECT (SELECT max(rolpassword) FROM pg_authid)
--> relation RangeVar 1:36
WITH pg_authid_x AS (SELECT * FROM pg_authid) SELECT * FROM pg_authid_x
--> relation RangeVar 1:26
SELECT * FROM customers, pg_authid
--> relation RangeVar 1:60
SELECT * FROM customers WHERE name IN (SELECT rolname FROM pg_authid)
--> relation RangeVar 1:20
SELECT * FROM ONLY pg_authid
--> relation RangeVar 1:15
SELECT * FROM pg_authid TABLESAMPLE SYSTEM (100)
--> relation RangeVar 1:22
SELECT 1 UNION TABLE pg_shadow
--> function FuncCall 1:8
SELECT pg_get_functiondef(1)
--> function FuncCall 1:8
SELECT pg_get_ruledef(1)
--> relation RangeVar 1:15
SELECT * FROM pg_buffercache
--> relation RangeVar 1:15
SELECT * FROM pg_aios
--> relation RangeVar 1:32
SELECT routine_definition FROM information_schema.routines
--> relation RangeVar 1:15
SELECT * FROM pg_dsm_registry_allocations
--> relation RangeVar 1:15
SELECT * FROM pg_what_a_newer_server_has
--> relation RangeVar 1:15
SELECT * FROM pg_toast.pg_toast_1260
--> relation RangeVar 1:15
SELECT * FROM pg_toast_1260
