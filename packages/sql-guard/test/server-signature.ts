/** Everything that a statement could leave behind, as one row. */
export const signatureQuery = `
select
  (select md5(string_agg(c::text, '|' order by c.oid)) from (select oid, relname, relnamespace, relkind, relfilenode, relowner, relacl, reloptions, relrowsecurity from pg_class) c) as relations,
  (select md5(string_agg(a::text, '|' order by a.attrelid, a.attnum)) from (select attrelid, attnum, attname, atttypid, attisdropped from pg_attribute) a) as columns,
  (select md5(string_agg(p::text, '|' order by p.oid)) from (select oid, proname, prosrc, prosecdef, proacl, proconfig from pg_proc) p) as functions,
  (select md5(string_agg(t::text, '|' order by t.oid)) from (select oid, typname, typtype from pg_type) t) as types,
  (select md5(string_agg(r::text, '|' order by r.oid)) from (select oid, rolname, rolsuper, rolpassword, rolconfig from pg_roles) r) as roles,
  (select md5(string_agg(s::text, '|')) from (select * from pg_db_role_setting order by 1, 2) s) as role_settings,
  (select count(*) from pg_largeobject_metadata) as large_objects,
  (select count(*) from pg_locks where locktype = 'advisory') as advisory_locks,
  (select count(*) from pg_locks l join pg_stat_activity a using (pid) where a.pid <> pg_backend_pid() and l.granted and a.datname = current_database() and l.mode like '%Exclusive%' and l.locktype not in ('virtualxid')) as exclusive_locks,
  (select count(*) from pg_prepared_xacts) as prepared_transactions,
  (select count(*) from pg_replication_slots) as slots,
  (select md5(string_agg(n, '|' order by n)) from pg_ls_dir('.') n) as files,
  (select last_value || is_called::text from s) as sequence,
  (select md5(string_agg(x::text, '|' order by id)) from customers x) as customers,
  (select md5(string_agg(x::text, '|' order by id)) from orders x) as orders,
  (select md5(string_agg(x::text, '|' order by id)) from products x) as products,
  (select md5(string_agg(x::text, '|' order by x::text)) from order_items x) as order_items,
  (select md5(string_agg(x::text, '|' order by id)) from employees x) as employees,
  (select md5(string_agg(x::text, '|' order by id)) from events x) as events,
  (select md5(string_agg(x::text, '|' order by month)) from monthly x) as monthly`;

/** What a statement could leave in its own session. */
export const sessionQuery = `
select
  (select md5(string_agg(name || '=' || coalesce(setting, ''), '|' order by name)) from pg_settings where name not in ('transaction_isolation', 'transaction_read_only', 'transaction_deferrable', 'in_hot_standby')) as settings,
  (select count(*) from pg_prepared_statements where name <> '') as prepared_statements,
  (select count(*) from pg_cursors where name <> '') as cursors,
  (select count(*) from pg_listening_channels()) as channels,
  current_user || '/' || session_user as identity,
  pg_my_temp_schema() as temporary_schema`;
