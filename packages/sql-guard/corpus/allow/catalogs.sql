--> select
SELECT * FROM information_schema.tables
--> select
SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position
--> select
SELECT * FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage k USING (constraint_name)
--> select
SELECT * FROM information_schema.views
--> select
SELECT * FROM information_schema.schemata
--> select
SELECT * FROM information_schema.referential_constraints
--> select
SELECT tablename FROM pg_tables WHERE schemaname = 'public'
--> select
SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'
--> select
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
--> select
SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'
--> select
SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
--> select
SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = 'customers'::regclass AND a.attnum > 0 AND NOT a.attisdropped
--> select
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'orders'::regclass
--> select
SELECT enumlabel FROM pg_enum
--> select
SELECT typname FROM pg_type WHERE typtype = 'e'
--> select
SELECT datname FROM pg_database
--> select
SELECT extname, extversion FROM pg_extension
--> select
SELECT * FROM pg_stat_user_tables
--> select
SELECT relname, n_live_tup FROM pg_stat_all_tables
--> select
SELECT * FROM pg_stat_user_indexes
--> select
SELECT * FROM pg_stat_database WHERE datname = current_database()
--> select
SELECT * FROM pg_sequences
--> select
SELECT * FROM pg_matviews
--> select
SELECT rolname, rolsuper, rolcanlogin FROM pg_roles
--> select
SELECT r.rolname, d.datname FROM pg_roles r JOIN pg_database d ON d.datdba = r.oid WHERE r.rolcanlogin ORDER BY 1
--> select
SELECT count(*) FROM pg_catalog.pg_roles
--> select
SELECT obj_description(oid) FROM pg_class WHERE relname = 'customers'
--> select
SELECT * FROM pg_description WHERE objoid = 'customers'::regclass
--> select
SELECT inhrelid::regclass, inhparent::regclass FROM pg_inherits
--> select
SELECT polname, pg_get_expr(polqual, polrelid) FROM pg_policy
--> select
SELECT * FROM pg_timezone_names LIMIT 1
--> select
SELECT * FROM pg_trigger
