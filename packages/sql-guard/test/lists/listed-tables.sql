-- Refused in read-only where public.orders and app.* are allowed.
SELECT * FROM customers
SELECT * FROM public.customers
SELECT * FROM app.plain
SELECT * FROM app.contacts
SELECT * FROM v_secret
SELECT NULL::secret
SELECT (NULL::secret).*
SELECT * FROM json_populate_record(NULL::app.address, '{}')
SELECT NULL::app.pair
SELECT 'secret'::regclass
SELECT pg_get_viewdef('v_secret')
SELECT tableoid::regclass FROM orders
SELECT * FROM pg_class
SELECT * FROM information_schema.tables
SELECT * FROM secret_id_seq
SELECT * FROM pg_get_catalog_foreign_keys()
SELECT nextval('secret_id_seq')
SELECT * FROM pg_available_extensions()
SELECT * FROM pg_available_extension_versions()
SELECT * FROM pg_extension_update_paths('plpgsql')
SELECT pg_relation_filenode('secret')
SELECT pg_relation_filepath('secret')
SELECT pg_relation_is_publishable('secret')
SELECT pg_relation_is_updatable('secret', true)
SELECT pg_column_is_updatable('secret', 1::smallint, true)
SELECT has_table_privilege('secret', 'select')
SELECT has_column_privilege('secret', 'val', 'select')
SELECT pg_identify_object(1259, 16400, 0)
SELECT pg_describe_object(1259, 16400, 0)
SELECT pg_get_object_address('table', '{secret}', '{}')
SELECT pg_get_functiondef(16400)
SELECT pg_get_triggerdef(16400)
SELECT pg_get_statisticsobjdef(16400)
SELECT pg_get_partition_constraintdef(16400)
SELECT pg_get_function_arguments(16400)
SELECT pg_get_function_result(16400)
SELECT pg_index_column_has_property('secret_pkey'::regclass, 1, 'asc')
SELECT pg_index_has_property(16400::oid, 'clusterable')
SELECT pg_indexam_has_property(403, 'can_order')
SELECT pg_tablespace_location(1663)
SELECT pg_tablespace_databases(1663)
SELECT pg_basetype('app.mail'::regtype)
SELECT pg_basetype(16400)
SELECT pg_input_is_valid('x', 'secret')
SELECT to_regtypemod('secret')
SELECT pg_my_temp_schema()
SELECT pg_is_other_temp_schema(1)
SELECT pg_event_trigger_ddl_commands()
SELECT aclexplode(NULL)
SELECT acldefault('r', 10)
SELECT satisfies_hash_partition('measures'::regclass, 2, 0, 1)
SELECT col_description(16400, 1)
SELECT currtid2('secret', '(0,1)')
SELECT pg_stat_get_live_tuples(16400)
SELECT pg_stat_get_numscans(16400)
SELECT index_am_handler_in('x')
SELECT regclassin('secret'), regtypein('secret')
SELECT 16400::regclass
SELECT 'x'::regtype
SELECT ARRAY[1]::regclass[]
SELECT 1::oid::regclass::text
SELECT information_schema._pg_char_max_length(25, 10)
SELECT information_schema._pg_index_position(16400, 1::smallint)
SELECT * FROM information_schema._pg_foreign_tables
SELECT o.* FROM orders o WHERE o.status::regclass = 1
SELECT make_date(1,1,1)::text::regclass
SELECT '16400'::oidvector::regclass[]
SELECT CAST('secret' AS pg_catalog.regclass)
SELECT regclass 'secret'
SELECT pg_catalog.regclass 'secret'
SELECT JSON_VALUE('"secret"', '$' RETURNING regclass)
SELECT * FROM JSON_TABLE('["secret"]', '$[*]' COLUMNS (a regclass PATH '$'))
SELECT xmlserialize(CONTENT '<a/>'::xml AS regclass)
SELECT (SELECT count(*) FROM orders) UNION ALL SELECT 'secret'::regclass
SELECT format('%s', 'secret'::regclass)
EXPLAIN SELECT * FROM orders WHERE tableoid = 'secret'::regclass
SELECT * FROM regions
SELECT * FROM regions_de
SELECT * FROM base
SELECT * FROM child
SELECT * FROM measures
