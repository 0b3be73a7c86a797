--> function FuncCall 1:8
SELECT pg_reload_conf()
--> function FuncCall 1:8
SELECT pg_rotate_logfile()
--> function FuncCall 1:8
SELECT pg_promote()
--> function FuncCall 1:8
SELECT pg_switch_wal()
--> function FuncCall 1:8
SELECT pg_create_restore_point('x')
--> function FuncCall 1:8
SELECT pg_backup_start('x')
--> function FuncCall 1:8
SELECT pg_backup_stop()
--> function FuncCall 1:8
SELECT pg_start_backup('x')
--> function FuncCall 1:8
SELECT pg_wal_replay_pause()
--> function FuncCall 1:8
SELECT pg_wal_replay_resume()
--> function FuncCall 1:8
SELECT pg_create_physical_replication_slot('x')
--> function FuncCall 1:8
SELECT pg_create_logical_replication_slot('x', 'test_decoding')
--> function FuncCall 1:8
SELECT pg_drop_replication_slot('x')
--> function FuncCall 1:8
SELECT pg_logical_slot_get_changes('x', NULL, NULL)
--> function FuncCall 1:8
SELECT pg_logical_emit_message(true, 'a', 'b')
--> function FuncCall 1:8
SELECT pg_replication_origin_create('x')
--> function FuncCall 1:8
SELECT pg_export_snapshot()
--> function FuncCall 1:8
SELECT pg_stat_reset()
--> function FuncCall 1:8
SELECT pg_stat_reset_shared('bgwriter')
--> function FuncCall 1:8
SELECT pg_stat_reset_single_table_counters(1)
--> function FuncCall 1:8
SELECT pg_stat_clear_snapshot()
--> function FuncCall 1:8
SELECT pg_import_system_collations('public')
--> function FuncCall 1:8
SELECT pg_control_system()
--> function FuncCall 1:8
SELECT gin_clean_pending_list('i')
--> function FuncCall 1:8
SELECT brin_summarize_new_values('i')
--> function FuncCall 1:8
SELECT pg_config()
--> relation RangeVar 1:15
SELECT * FROM pg_config
--> function FuncCall 1:8
SELECT pg_restore_relation_stats('schemaname', 'public')
--> function FuncCall 1:8
SELECT binary_upgrade_set_next_pg_type_oid(1)
--> function FuncCall 1:8
SELECT pg_log_standby_snapshot()
--> function FuncCall 1:8
SELECT pg_sync_replication_slots()
--> function FuncCall 1:8
SELECT pg_conf_load_time()
--> function FuncCall 1:8
SELECT heap_tableam_handler(NULL)
--> function FuncCall 1:8
SELECT tsm_system_handler(NULL)
--> function FuncCall 1:8
SELECT regprocin('pg_sleep')
--> function FuncCall 1:8
SELECT tsvector_update_trigger()
