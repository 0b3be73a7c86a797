/** Settings that SHOW may read: none of them carries a secret, a path or an identity. */
const shownSettings: ReadonlySet<string> = new Set(
  `server_version server_version_num search_path timezone datestyle intervalstyle lc_collate lc_ctype lc_messages lc_monetary lc_numeric lc_time
   client_encoding server_encoding standard_conforming_strings statement_timeout work_mem max_connections transaction_isolation
   transaction_read_only default_transaction_read_only default_transaction_isolation
   lock_timeout idle_in_transaction_session_timeout idle_session_timeout transaction_timeout
   block_size integer_datetimes max_identifier_length bytea_output extra_float_digits default_text_search_config default_statistics_target
   shared_buffers effective_cache_size maintenance_work_mem temp_buffers hash_mem_multiplier effective_io_concurrency
   random_page_cost seq_page_cost cpu_tuple_cost jit max_worker_processes max_parallel_workers max_parallel_workers_per_gather
   autovacuum wal_level max_wal_size min_wal_size checkpoint_timeout in_hot_standby`.split(/\s+/),
);

/** True when SHOW of this name passes. The server compares setting names without case. */
export const isShownSetting = (name: string): boolean => shownSettings.has(name.toLowerCase());
