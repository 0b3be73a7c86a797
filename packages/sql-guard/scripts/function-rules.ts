/**
 * Which of PostgreSQL's own functions are refused although their volatility would let them pass, which are accepted although it would
 * not, and why. `generate-builtins.ts` applies these rules to `pg_proc`; the first matching row of `refusals` wins.
 */
import type { FunctionRefusalReason } from '../src/functions/refusal-reasons.ts';

interface NameRule {
  readonly reason: FunctionRefusalReason;
  /** Whole names; a trailing `*` matches any ending, a leading `*` any beginning. */
  readonly names: string;
}

/**
 * VOLATILE functions that change nothing and wait for nothing, and those of the catalog that say no more than its open tables do. Not
 * `pg_get_triggerdef`: the arguments of triggers hold the keys of web hooks.
 */
export const accepted = `random random_normal array_shuffle array_sample clock_timestamp timeofday gen_random_uuid uuidv4 uuidv7
  pg_relation_size pg_table_size pg_indexes_size pg_total_relation_size pg_database_size pg_is_in_recovery
  pg_typeof pg_size_pretty pg_size_bytes pg_column_size pg_collation_for pg_get_constraintdef pg_get_indexdef pg_get_viewdef
  pg_get_expr pg_get_partkeydef pg_get_serial_sequence pg_get_userbyid pg_get_keywords pg_table_is_visible
  pg_postmaster_start_time pg_encoding_to_char pg_char_to_encoding pg_encoding_max_length pg_client_encoding
  pg_type_is_visible pg_function_is_visible pg_operator_is_visible pg_opclass_is_visible pg_opfamily_is_visible
  pg_collation_is_visible pg_conversion_is_visible pg_statistics_obj_is_visible
  pg_ts_config_is_visible pg_ts_dict_is_visible pg_ts_parser_is_visible pg_ts_template_is_visible
  pg_partition_tree pg_partition_root pg_partition_ancestors pg_options_to_table pg_column_compression pg_lsn pg_wal_lsn_diff
  pg_relation_is_updatable pg_column_is_updatable pg_is_other_temp_schema pg_basetype
  pg_index_has_property pg_indexam_has_property pg_index_column_has_property`;

export const refusals: readonly NameRule[] = [
  { reason: 'sleep', names: 'pg_sleep*' },
  { reason: 'lock', names: 'pg_advisory_* pg_try_advisory_*' },
  { reason: 'notify', names: 'pg_notify pg_logical_emit_message pg_listening_channels pg_notification_queue_usage' },
  { reason: 'setting', names: 'set_config setseed' },
  {
    reason: 'setting-read',
    names:
      'current_setting pg_show_all_settings pg_settings_get_flags pg_show_all_file_settings pg_hba_file_rules pg_ident_file_mappings pg_config',
  },
  { reason: 'sequence', names: 'nextval setval currval lastval pg_sequence_last_value pg_get_sequence_data' },
  {
    reason: 'sql-text',
    names: `query_to_xml* table_to_xml* schema_to_xml* database_to_xml* cursor_to_xml* ts_stat ts_rewrite pg_input_is_valid pg_input_error_info`,
  },
  { reason: 'large-object', names: 'lo_* loread lowrite' },
  {
    reason: 'file',
    names: `pg_read_file pg_read_binary_file pg_ls_* pg_stat_file pg_current_logfile pg_relation_filenode pg_relation_filepath
      pg_filenode_relation pg_tablespace_location pg_tablespace_databases pg_available_wal_summaries pg_wal_summary_contents pg_rotate_logfile pg_get_loaded_modules`,
  },
  {
    reason: 'session',
    names: `pg_cancel_backend pg_terminate_backend pg_blocking_pids pg_safe_snapshot_blocking_pids pg_isolation_test_session_is_blocked
      pg_stat_get_* pg_lock_status pg_prepared_xact pg_prepared_statement pg_cursor pg_log_backend_memory_contexts
      pg_get_backend_memory_contexts pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_aios`,
  },
  {
    reason: 'statistics',
    names: 'pg_stat_* pg_clear_* pg_restore_* pg_mcv_list_items pg_dependencies_* pg_ndistinct_*',
  },
  {
    reason: 'replication',
    names: `pg_*_slot pg_*_slots pg_replication_* pg_logical_slot_* pg_copy_* pg_create_* pg_drop_* pg_show_replication_origin_status pg_sync_replication_slots
      pg_wal* pg_current_wal_* pg_last_* pg_get_wal_* pg_switch_wal pg_promote pg_is_wal_replay_paused pg_backup_* pg_start_backup pg_stop_backup pg_is_in_backup
      pg_backup_start_time pg_export_snapshot pg_log_standby_snapshot pg_split_walfile_name`,
  },
  {
    reason: 'administration',
    names:
      'pg_reload_conf pg_control_* pg_import_system_collations brin_desummarize_range brin_summarize_* gin_clean_pending_list pg_stop_making_pinned_objects pg_nextoid',
  },
  {
    reason: 'transaction-id',
    names: `txid_* pg_current_xact_id* pg_current_snapshot pg_snapshot_* pg_visible_in_snapshot pg_xact_* pg_get_multixact_members mxid_age`,
  },
  {
    reason: 'environment',
    names: 'inet_client_* inet_server_* pg_backend_pid pg_conf_load_time current_query getpgusername',
  },
  { reason: 'privilege', names: 'has_* pg_has_role row_security_active acl* makeaclitem hash_aclitem* pg_get_acl' },
  {
    reason: 'internal',
    names: '*_validator *_handler RI_* binary_upgrade_* currtid* satisfies_hash_partition postgresql_fdw_validator',
  },
  { reason: 'catalog', names: 'pg_*' },
];
