/**
 * Relations of `pg_catalog` and `information_schema` that hold secrets, other sessions' data, samples of table contents or the bodies of
 * functions. Everything else there is structure and may be read.
 */
const secretNames = `
  pg_authid pg_shadow pg_user pg_user_mapping pg_user_mappings pg_foreign_server pg_foreign_table pg_foreign_data_wrapper
  pg_hba_file_rules pg_ident_file_mappings pg_file_settings pg_settings pg_config pg_db_role_setting
  pg_subscription pg_subscription_rel pg_publication pg_publication_rel pg_publication_namespace pg_publication_tables pg_event_trigger pg_seclabel pg_seclabels pg_shseclabel
  pg_stat_activity pg_stat_wal_receiver pg_stat_replication pg_stat_replication_slots pg_stat_ssl pg_stat_gssapi
  pg_stat_subscription pg_stat_subscription_stats pg_replication_slots pg_replication_origin pg_replication_origin_status
  pg_stats pg_stats_ext pg_stats_ext_exprs pg_statistic pg_statistic_ext pg_statistic_ext_data
  pg_largeobject pg_largeobject_metadata pg_proc pg_prepared_statements pg_prepared_xacts pg_cursors pg_locks
  pg_backend_memory_contexts pg_shmem_allocations pg_shmem_allocations_numa pg_aios pg_group pg_init_privs pg_default_acl pg_parameter_acl
  pg_stat_progress_analyze pg_stat_progress_basebackup pg_stat_progress_cluster pg_stat_progress_copy pg_stat_progress_create_index pg_stat_progress_vacuum
  routines user_mappings user_mapping_options foreign_server_options foreign_servers foreign_tables foreign_table_options
  foreign_data_wrappers foreign_data_wrapper_options column_options
  _pg_user_mappings _pg_foreign_servers _pg_foreign_tables _pg_foreign_table_columns _pg_foreign_data_wrappers`;

const secrets: ReadonlySet<string> = new Set(secretNames.trim().split(/\s+/));

/** Views of extensions that show statements or contents of others, in whatever schema they were installed. */
const secretExtensionPrefixes = [
  'pg_stat_statements',
  'pg_stat_monitor',
  'pg_buffercache',
  'pg_stat_kcache',
  'pg_qualstats',
  'pg_wait_sampling',
];

/** True for a system relation that no statement from outside may read. */
export const isSecretCatalog = (name: string): boolean => secrets.has(name);

/** True for a view of a monitoring extension. */
export const isSecretExtensionView = (name: string): boolean =>
  secretExtensionPrefixes.some((prefix) => name.startsWith(prefix));
