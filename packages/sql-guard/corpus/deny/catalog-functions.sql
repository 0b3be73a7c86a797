--> function FuncCall 1:8
SELECT pg_describe_object(1, 2, 3)
--> function FuncCall 1:8
SELECT pg_get_function_sqlbody(1)
--> function FuncCall 1:8
SELECT pg_get_triggerdef(1)
--> function FuncCall 1:8
SELECT pg_get_publication_tables('p')
--> function FuncCall 1:8
SELECT pg_identify_object(1, 2, 3)
--> function FuncCall 1:8
SELECT pg_relation_is_publishable('customers')
--> function FuncCall 1:8
SELECT pg_sequence_parameters(1)
--> function FuncCall 1:8
SELECT pg_event_trigger_ddl_commands()
--> function FuncCall 1:8
SELECT pg_extension_config_dump('x', '')
--> function FuncCall 1:8
SELECT pg_tablespace_databases(1)
--> function FuncCall 1:8
SELECT pg_stop_making_pinned_objects()
--> function FuncCall 1:8
SELECT pg_nextoid('pg_class', 'oid', 'i')
--> function FuncCall 1:8
SELECT plpgsql_validator(1)
--> function FuncCall 1:8
SELECT postgresql_fdw_validator(ARRAY['a'], 1)
--> function FuncCall 1:8
SELECT fmgr_sql_validator(1)
--> function FuncCall 1:8
SELECT "RI_FKey_check_ins"()
--> function FuncCall 1:8
SELECT currtid2('customers', '(0,1)')
--> function FuncCall 1:8
SELECT satisfies_hash_partition(1, 2, 3, 4)
--> function FuncCall 1:8
SELECT int4in('1')
--> function FuncCall 1:8
SELECT textin('x')
--> function FuncCall 1:8
SELECT regclassin('x')
--> function FuncCall 1:8
SELECT array_in('{}', 23, -1)
--> function FuncCall 1:8
SELECT domain_in('x', 1, -1)
--> function FuncCall 1:8
SELECT record_in('(1)', 1, -1)
--> function FuncCall 1:8
SELECT bernoulli(NULL)
--> function FuncCall 1:8
SELECT bthandler(NULL)
--> function FuncCall 1:8
SELECT amvalidate(1)
