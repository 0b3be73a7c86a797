--> function FuncCall 1:8
SELECT pg_cancel_backend(1)
--> function FuncCall 1:8
SELECT pg_terminate_backend(1)
--> function FuncCall 1:8
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
--> relation RangeVar 1:15
SELECT * FROM pg_stat_activity
--> relation RangeVar 1:19
SELECT query FROM pg_catalog.pg_stat_activity
--> function FuncCall 1:8
SELECT pg_stat_get_activity(NULL)
--> function FuncCall 1:15
SELECT * FROM pg_stat_get_activity(NULL)
--> function FuncCall 1:8
SELECT pg_stat_get_backend_activity(1)
--> function FuncCall 1:8
SELECT pg_blocking_pids(1)
--> function FuncCall 1:8
SELECT pg_safe_snapshot_blocking_pids(1)
--> relation RangeVar 1:15
SELECT * FROM pg_locks
--> function FuncCall 1:8
SELECT pg_lock_status()
--> relation RangeVar 1:15
SELECT * FROM pg_prepared_statements
--> relation RangeVar 1:15
SELECT * FROM pg_prepared_xacts
--> relation RangeVar 1:15
SELECT * FROM pg_cursors
--> function FuncCall 1:8
SELECT pg_log_backend_memory_contexts(1)
--> relation RangeVar 1:15
SELECT * FROM pg_backend_memory_contexts
--> relation RangeVar 1:15
SELECT * FROM pg_stat_ssl
--> relation RangeVar 1:15
SELECT * FROM pg_stat_gssapi
--> function FuncCall 1:8
SELECT pg_notify('c', 'x')
--> function FuncCall 1:8
SELECT pg_listening_channels()
--> node ListenStmt 1:1
LISTEN c
--> node UnlistenStmt 1:1
UNLISTEN *
--> node NotifyStmt 1:1
NOTIFY c, 'x'
--> function FuncCall 1:8
SELECT pg_notification_queue_usage()
--> function FuncCall 1:15
SELECT * FROM pg_stat_get_wal_receiver()
--> function FuncCall 1:15
SELECT * FROM pg_get_aios()
