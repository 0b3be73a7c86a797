import { afterAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';

/*
 * What the design lists by name, written down here by hand: the generated lists must agree with it.
 */

const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());
const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const passes = async (sql: string, serverVersionNum = 180_000): Promise<boolean> =>
  (await guard.check(sql, { serverVersionNum })).allowed;

async function allPass(texts: readonly string[]): Promise<void> {
  for (const sql of texts) expect(await passes(sql), sql).toBe(true);
}
async function nonePasses(texts: readonly string[]): Promise<void> {
  for (const sql of texts) expect(await passes(sql), sql).toBe(false);
}

const refusedFunctions = words(
  `query_to_xml query_to_xml_and_xmlschema query_to_xmlschema table_to_xml table_to_xmlschema table_to_xml_and_xmlschema
  schema_to_xml schema_to_xmlschema schema_to_xml_and_xmlschema database_to_xml database_to_xmlschema database_to_xml_and_xmlschema
  cursor_to_xml cursor_to_xmlschema ts_stat current_setting txid_current txid_current_if_assigned txid_current_snapshot
  txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin txid_status txid_visible_in_snapshot pg_current_xact_id
  pg_current_xact_id_if_assigned pg_current_snapshot pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin inet_client_addr
  inet_client_port inet_server_addr inet_server_port pg_backend_pid pg_conf_load_time has_table_privilege has_any_column_privilege
  has_column_privilege has_database_privilege has_function_privilege has_schema_privilege has_sequence_privilege has_type_privilege
  has_server_privilege has_tablespace_privilege has_language_privilege has_foreign_data_wrapper_privilege has_parameter_privilege
  pg_has_role row_security_active aclexplode makeaclitem lo_create lo_creat lo_import lo_export lo_open lo_close lo_get lo_put
  lo_unlink lo_from_bytea lo_lseek lo_lseek64 lo_tell lo_truncate loread lowrite plpgsql_validator fmgr_c_validator
  fmgr_sql_validator fmgr_internal_validator bthandler heap_tableam_handler RI_FKey_check_ins binary_upgrade_create_empty_extension
  currtid2 setseed nextval currval lastval setval set_config pg_sleep pg_sleep_for pg_sleep_until pg_notify pg_advisory_lock
  pg_advisory_xact_lock pg_try_advisory_lock pg_advisory_unlock pg_advisory_unlock_all pg_advisory_lock_shared pg_read_file
  pg_read_binary_file pg_ls_dir pg_stat_file pg_ls_logdir pg_ls_waldir pg_ls_tmpdir pg_ls_archive_statusdir pg_reload_conf
  pg_rotate_logfile pg_cancel_backend pg_terminate_backend pg_promote pg_switch_wal pg_create_restore_point pg_backup_start
  pg_backup_stop pg_create_physical_replication_slot pg_create_logical_replication_slot pg_drop_replication_slot
  pg_logical_emit_message pg_logical_slot_get_changes pg_replication_origin_create pg_stat_reset pg_stat_get_activity
  pg_stat_get_backend_pid pg_show_all_settings pg_lock_status pg_prepared_statement pg_cursor pg_export_snapshot
  pg_stat_clear_snapshot pg_control_system pg_hba_file_rules pg_show_all_file_settings pg_log_backend_memory_contexts
  pg_import_system_collations pg_file_write pg_get_functiondef pg_blocking_pids pg_isolation_test_session_is_blocked
  pg_current_wal_lsn pg_last_wal_replay_lsn pg_wal_replay_pause pg_listening_channels pg_notification_queue_usage pg_trigger_depth
  pg_tablespace_location pg_relation_filepath pg_relation_filenode pg_filenode_relation`,
);
const secretCatalogs = words(
  `pg_authid pg_shadow pg_user pg_user_mapping pg_user_mappings pg_foreign_server pg_foreign_table pg_foreign_data_wrapper
  pg_hba_file_rules pg_ident_file_mappings pg_file_settings pg_settings pg_config pg_db_role_setting pg_subscription pg_publication
  pg_event_trigger pg_seclabel pg_stat_activity pg_stat_statements pg_stat_statements_info pg_stat_wal_receiver pg_stat_replication
  pg_stat_ssl pg_stat_gssapi pg_stat_subscription pg_replication_slots pg_stats pg_stats_ext pg_stats_ext_exprs pg_statistic
  pg_statistic_ext pg_statistic_ext_data pg_largeobject pg_proc pg_prepared_statements pg_prepared_xacts pg_cursors pg_locks
  pg_backend_memory_contexts pg_shmem_allocations`,
);

describe('a name that the design lists', () => {
  it('is a refused function, whatever PostgreSQL says of its volatility', () =>
    nonePasses(
      refusedFunctions.flatMap((name) => [`SELECT "${name}"(1)`, `SELECT * FROM pg_catalog."${name}"('x', 1) AS x`]),
    ));

  it('is an accepted function beside refused ones of its kind', () =>
    allPass([
      ...words(
        `pg_typeof pg_size_pretty pg_size_bytes pg_column_size pg_collation_for pg_get_constraintdef pg_get_indexdef pg_get_viewdef
  pg_get_expr pg_get_partkeydef pg_get_serial_sequence pg_get_userbyid pg_table_is_visible pg_encoding_to_char pg_relation_size
  pg_table_size pg_indexes_size pg_total_relation_size pg_database_size`,
      ).map((name) => `SELECT ${name}(1)`),
      ...words(
        'pg_get_keywords pg_is_in_recovery pg_postmaster_start_time random clock_timestamp timeofday gen_random_uuid',
      ).map((name) => `SELECT ${name}()`),
    ]));

  it('is a call that the grammar writes by itself', () =>
    allPass([
      "SELECT trim('x'), trim(leading 'x'), extract(year FROM now()), now() AT TIME ZONE 'utc', overlay('a' PLACING 'b' FROM 1)",
      "SELECT position('a' IN 'b'), substring('a' FROM 1), 'a' SIMILAR TO 'b', 'a' LIKE 'b' ESCAPE 'c', normalize('a'), 'a' IS NORMALIZED",
      "SELECT (now(), now()) OVERLAPS (now(), now()), COLLATION FOR ('a'), xmlexists('//a' PASSING doc) FROM events",
    ]));

  // With three arguments it computes, and nested ('a' becomes 'a & a') it doubles its result each time: refused by name.
  it('is a function that runs SQL text with two arguments', () =>
    nonePasses([
      "SELECT ts_rewrite('a'::tsquery, 'SELECT t, s FROM u')",
      "SELECT ts_rewrite('a'::tsquery, 'b'::tsquery, 'c'::tsquery)",
      "SELECT ('a'::tsquery).ts_rewrite",
    ]));

  it('is a catalog with secrets, qualified or not', () =>
    nonePasses(secretCatalogs.flatMap((name) => [`SELECT * FROM ${name}`, `SELECT * FROM pg_catalog.${name}`])));

  it('is a view of the standard with secrets', () =>
    nonePasses(
      words('user_mappings user_mapping_options foreign_server_options foreign_servers _pg_user_mappings').map(
        (name) => `SELECT * FROM information_schema.${name}`,
      ),
    ));

  it('is a setting that SHOW reads, or one that carries secrets, paths or identities', async () => {
    await allPass(
      words(
        `server_version server_version_num search_path timezone datestyle intervalstyle lc_messages lc_collate lc_monetary client_encoding
         server_encoding standard_conforming_strings statement_timeout work_mem max_connections transaction_isolation transaction_read_only
         default_transaction_read_only`,
      ).map((name) => `SHOW ${name}`),
    );
    await nonePasses(
      words(
        `all role session_authorization is_superuser data_directory config_file hba_file ident_file log_directory ssl_key_file krb_server_keyfile
         archive_command restore_command primary_conninfo shared_preload_libraries dynamic_library_path listen_addresses port
         unix_socket_directories app.tenant`,
      ).map((name) => `SHOW ${name}`),
    );
  });

  it('is an option of EXPLAIN, by the values that the server takes for it', async () => {
    const values = ['', 'on', 'off', 'TRUE', 'false', '0', '1', "'on'"];
    await allPass([
      ...words('verbose costs settings generic_plan buffers summary memory').flatMap((name) =>
        values.map((value) => `EXPLAIN (${name} ${value}) SELECT 1`),
      ),
      ...['off', 'FALSE', '0', "'off'"].map((value) => `EXPLAIN (ANALYZE ${value}) SELECT 1`),
      ...['text', 'JSON', 'xml', "'yaml'"].map((value) => `EXPLAIN (FORMAT ${value}) SELECT 1`),
    ]);
    await nonePasses(
      ['', 'on', 'true', '1', "'yes'", '2', "''", 'x', '-1', '0.0', 'off, ANALYZE', 'on, ANALYZE off'].map(
        (value) => `EXPLAIN (ANALYZE ${value}) SELECT 1`,
      ),
    );
  });

  it.each([
    [160_000, "SELECT json_array(1, 2), json_object('a': 1)"],
    [160_000, 'SELECT json_arrayagg(a), json_objectagg(a: b) FROM t'],
    [160_000, "SELECT '1' IS JSON"],
    [170_000, "SELECT json_value('1', '$'), json_query('1', '$'), json_exists('1', '$')"],
    [170_000, "SELECT * FROM json_table('[]', '$' COLUMNS (a int))"],
    [170_000, "SELECT json_scalar('1'), json_serialize('1'), json('1')"],
  ])('is syntax from %i on, and the call of a function of a user before: %s', async (first, sql) => {
    expect(await passes(sql, first)).toBe(true);
    expect(await passes(sql, first - 10_000)).toBe(false);
  });
});

describe('a text that the parser reads and no server does', () => {
  it('is refused', () => nonePasses(['SELECT $1a', 'SELECT INTERVAL $1', 'SET ROLE $1', 'SELECT $1']));
});
