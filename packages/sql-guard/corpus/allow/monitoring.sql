--> select
SELECT s.schemaname, s.relname AS tablename, s.indexrelname AS indexname, pg_relation_size(s.indexrelid) AS index_size FROM pg_catalog.pg_stat_user_indexes s JOIN pg_catalog.pg_index i ON s.indexrelid = i.indexrelid WHERE s.idx_scan = 0 AND 0 <> ALL (i.indkey) AND NOT i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint c WHERE c.conindid = s.indexrelid) ORDER BY pg_relation_size(s.indexrelid) DESC
--> select
SELECT sum(heap_blks_read) as heap_read, sum(heap_blks_hit) as heap_hit, sum(heap_blks_hit) / nullif(sum(heap_blks_hit) + sum(heap_blks_read), 0) as ratio FROM pg_statio_user_tables
--> select
SELECT sum(idx_blks_hit) - sum(idx_blks_read) FROM pg_statio_user_indexes
--> select
SELECT relname, n_live_tup, n_dead_tup, round(100.0 * n_dead_tup / NULLIF(n_live_tup + n_dead_tup, 0), 1) AS dead_pct, last_vacuum, last_autovacuum, last_analyze FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 20
--> select
SELECT relname, seq_scan, seq_tup_read, idx_scan, seq_tup_read / GREATEST(seq_scan, 1) AS avg FROM pg_stat_user_tables WHERE seq_scan > 0 ORDER BY seq_tup_read DESC
--> select
SELECT schemaname || '.' || relname AS "table", pg_size_pretty(pg_total_relation_size(relid)) AS total, pg_size_pretty(pg_relation_size(relid, 'main')) AS main, pg_size_pretty(pg_total_relation_size(relid) - pg_relation_size(relid)) AS external FROM pg_catalog.pg_statio_user_tables ORDER BY pg_total_relation_size(relid) DESC
--> select
SELECT datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database ORDER BY pg_database_size(datname) DESC
--> select
SELECT datname, age(datfrozenxid), round(100 * age(datfrozenxid) / 2147483647.0, 2) AS pct FROM pg_database ORDER BY 2 DESC
--> select
SELECT c.oid::regclass, age(c.relfrozenxid), pg_size_pretty(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON c.relnamespace = n.oid WHERE relkind IN ('r', 't', 'm') AND n.nspname NOT IN ('pg_toast') ORDER BY 2 DESC LIMIT 20
--> select
SELECT pg_size_pretty(sum(pg_relation_size(idx))::bigint) AS size, (array_agg(idx))[1] AS idx1, (array_agg(idx))[2] AS idx2 FROM (SELECT indexrelid::regclass AS idx, (indrelid::text ||E'\n'|| indclass::text ||E'\n'|| indkey::text ||E'\n'|| coalesce(indexprs::text,'')||E'\n' || coalesce(indpred::text,'')) AS key FROM pg_index) sub GROUP BY key HAVING count(*)>1 ORDER BY sum(pg_relation_size(idx)) DESC
--> select
SELECT c.conrelid::regclass AS "table", string_agg(a.attname, ',' ORDER BY x.n) AS columns, pg_catalog.pg_size_pretty(pg_catalog.pg_relation_size(c.conrelid)) AS size, c.conname AS constraint, c.confrelid::regclass AS referenced_table FROM pg_catalog.pg_constraint c CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS x(attnum, n) JOIN pg_catalog.pg_attribute a ON a.attnum = x.attnum AND a.attrelid = c.conrelid WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.conrelid AND i.indpred IS NULL AND (i.indkey::smallint[])[0:cardinality(c.conkey)-1] OPERATOR(pg_catalog.@>) c.conkey) AND c.contype = 'f' GROUP BY c.conrelid, c.conname, c.confrelid ORDER BY pg_catalog.pg_relation_size(c.conrelid) DESC
--> select
SELECT nspname, tblname, idxname, bs*(relpages)::bigint AS real_size, pg_size_pretty(bs*(relpages-est_pages)::bigint) AS extra FROM (SELECT coalesce(1 + ceil(reltuples/floor((bs-pageopqdata-pagehdr)/(4+nulldatahdrwidth)::float)), 0) AS est_pages, bs, nspname, tblname, idxname, relpages FROM (SELECT 8192 AS bs, 16 AS pageopqdata, 24 AS pagehdr, 40 AS nulldatahdrwidth, n.nspname, t.relname AS tblname, i.relname AS idxname, i.relpages, i.reltuples FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = i.relnamespace) a) b WHERE relpages > est_pages
--> select
SELECT '16/B374D848'::pg_lsn - '16/B374D840'::pg_lsn, pg_wal_lsn_diff('16/B374D848', '16/B374D840')
--> select
SELECT * FROM pg_stat_bgwriter
--> select
SELECT num_timed, num_requested FROM pg_stat_checkpointer
--> select
SELECT backend_type, object, context, reads, writes FROM pg_stat_io
--> select
SELECT archived_count, failed_count FROM pg_stat_archiver
--> select
SELECT wal_records, wal_bytes FROM pg_stat_wal
--> select
SELECT name, blks_hit FROM pg_stat_slru
--> select
SELECT * FROM pg_stat_database_conflicts
--> select
SELECT datname, 100 * xact_commit / NULLIF(xact_commit + xact_rollback, 0) AS ratio, deadlocks, temp_files, pg_size_pretty(temp_bytes) FROM pg_stat_database
--> select
SELECT * FROM pg_stat_user_functions
--> select
SELECT * FROM pg_statio_user_sequences
--> select
SELECT relname, n_tup_upd, n_tup_hot_upd, round(100.0 * n_tup_hot_upd / nullif(n_tup_upd, 0), 2) AS hot FROM pg_stat_user_tables
--> explain
EXPLAIN (FORMAT JSON, VERBOSE, COSTS, SETTINGS) SELECT * FROM orders WHERE customer_id = 5
--> explain
EXPLAIN SELECT count(*) FROM orders GROUP BY status
--> explain
explain (costs off, buffers false) with x as (select 1) select * from x
--> select
SELECT date_trunc('second', current_timestamp - pg_postmaster_start_time()) AS uptime
--> select
SELECT schemaname, sequencename, last_value, max_value, round(100.0 * last_value / max_value, 2) AS pct FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 5 DESC
--> select
SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid
--> select
SELECT c.relname, t.relname AS toast, pg_size_pretty(pg_relation_size(t.oid)) FROM pg_class c JOIN pg_class t ON c.reltoastrelid = t.oid ORDER BY pg_relation_size(t.oid) DESC LIMIT 10
--> select
SELECT relname, reloptions FROM pg_class WHERE reloptions IS NOT NULL
--> select
SELECT c.relname, o.option_name, o.option_value FROM pg_class c, pg_options_to_table(c.reloptions) o
--> select
SELECT avg(pg_column_size(o.*)) FROM orders o
--> select
SELECT ctid, xmin, xmax, * FROM orders LIMIT 3
--> select
SELECT (ctid::text::point)[0]::int AS page, count(*) FROM orders GROUP BY 1 ORDER BY 1
--> select
SELECT pg_column_compression(note), count(*) FROM orders GROUP BY 1
--> select
SELECT pg_client_encoding(), getdatabaseencoding()
--> select
SELECT current_role, current_user, user, session_user, current_catalog
--> select
SELECT r.rolname, m.rolname AS member FROM pg_auth_members am JOIN pg_roles r ON r.oid = am.roleid JOIN pg_roles m ON m.oid = am.member
--> select
SELECT c.relname, d.description FROM pg_class c JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = 0
--> show
SHOW timezone
--> show
SHOW TIME ZONE
--> show
SHOW max_connections
--> show
SHOW shared_buffers
--> show
SHOW transaction isolation level
--> show
SHOW lock_timeout
--> show
SHOW default_transaction_isolation
