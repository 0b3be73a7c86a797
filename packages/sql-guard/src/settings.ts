/** Settings that SHOW may read: none of them carries a secret, a path or an identity. */
const shownSettings: ReadonlySet<string> = new Set(
  `server_version server_version_num search_path timezone datestyle intervalstyle lc_collate lc_ctype lc_messages lc_monetary lc_numeric lc_time
   client_encoding server_encoding standard_conforming_strings statement_timeout work_mem max_connections transaction_isolation
   transaction_read_only default_transaction_read_only default_transaction_isolation
   lock_timeout idle_in_transaction_session_timeout idle_session_timeout transaction_timeout
   block_size integer_datetimes max_identifier_length bytea_output extra_float_digits default_text_search_config default_statistics_target
   shared_buffers effective_cache_size maintenance_work_mem temp_buffers hash_mem_multiplier effective_io_concurrency
   random_page_cost seq_page_cost cpu_tuple_cost jit max_worker_processes max_parallel_workers max_parallel_workers_per_gather
   autovacuum wal_level max_wal_size min_wal_size checkpoint_timeout in_hot_standby
   geqo geqo_threshold from_collapse_limit join_collapse_limit constraint_exclusion cursor_tuple_fraction plan_cache_mode recursive_worktable_factor
   cpu_index_tuple_cost cpu_operator_cost parallel_setup_cost parallel_tuple_cost min_parallel_table_scan_size min_parallel_index_scan_size
   max_parallel_maintenance_workers jit_above_cost jit_inline_above_cost jit_optimize_above_cost parallel_leader_participation
   enable_async_append enable_bitmapscan enable_gathermerge enable_hashagg enable_hashjoin enable_incremental_sort enable_indexonlyscan
   enable_indexscan enable_material enable_memoize enable_mergejoin enable_nestloop enable_parallel_append enable_parallel_hash
   enable_partition_pruning enable_partitionwise_aggregate enable_partitionwise_join enable_seqscan enable_sort enable_tidscan
   autovacuum_naptime autovacuum_vacuum_threshold autovacuum_vacuum_scale_factor autovacuum_analyze_threshold autovacuum_analyze_scale_factor
   autovacuum_freeze_max_age autovacuum_max_workers autovacuum_work_mem vacuum_cost_limit vacuum_cost_delay logical_decoding_work_mem
   superuser_reserved_connections max_locks_per_transaction deadlock_timeout track_counts track_io_timing wal_buffers wal_block_size segment_size
   synchronous_commit temp_file_limit array_nulls xmlbinary xmloption data_checksums`.split(/\s+/),
);

/** True when SHOW of this name passes. The server compares setting names without case. */
export const isShownSetting = (name: string): boolean => shownSettings.has(name.toLowerCase());
