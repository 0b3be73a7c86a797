/** Settings that SHOW may read: none of them carries a secret, a path or an identity. */
const shownSettings: ReadonlySet<string> = new Set(
  `server_version server_version_num search_path timezone datestyle intervalstyle lc_collate lc_ctype lc_messages lc_monetary lc_numeric lc_time
   client_encoding server_encoding standard_conforming_strings statement_timeout work_mem max_connections transaction_isolation
   transaction_read_only default_transaction_read_only`.split(/\s+/),
);

/** True when SHOW of this name passes. The server compares setting names without case. */
export const isShownSetting = (name: string): boolean => shownSettings.has(name.toLowerCase());
