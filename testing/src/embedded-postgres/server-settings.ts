import { EmbeddedPostgresError } from './errors.ts';

/** Fast because nothing here has to survive a power cut; everything that changes answers stays at PostgreSQL's default. */
const throwawaySettings: Readonly<Record<string, string>> = {
  // Without waiting for the disk a synchronous commit costs next to nothing, and it survives a crash of the server alone.
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_preload_libraries: 'pg_stat_statements',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** What the launcher itself relies on, so nobody may override it. */
const reserved = [
  'port',
  'listen_addresses',
  'unix_socket_directories',
  'data_directory',
  'hba_file',
  'logging_collector',
];

/**
 * Renders `postgresql.conf` lines.
 *
 * @param settings Added to, or in place of, the settings of a throw-away server. Values are quoted here.
 * @throws EmbeddedPostgresError `INVALID_SETTINGS` for a name that is not a setting's name or that the launcher sets itself.
 */
export function renderSettings(
  settings: Readonly<Record<string, string>>,
  address: { port: number; socketDirectory: string | undefined },
): string {
  for (const [name, value] of Object.entries(settings)) {
    if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i.test(name)) {
      throw new EmbeddedPostgresError('INVALID_SETTINGS', `"${name}" is not the name of a PostgreSQL setting.`);
    }
    if (reserved.includes(name.toLowerCase())) {
      throw new EmbeddedPostgresError(
        'INVALID_SETTINGS',
        `The setting "${name}" is chosen by the launcher: leave it out.`,
      );
    }
    if (/[\r\n\0]/.test(value)) {
      throw new EmbeddedPostgresError('INVALID_SETTINGS', `The value of the setting "${name}" must be a single line.`);
    }
  }
  const all = {
    ...throwawaySettings,
    ...settings,
    port: String(address.port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: address.socketDirectory ?? '',
  };
  const quote = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return Object.entries(all)
    .map(([name, value]) => `${name} = ${quote(value)}\n`)
    .join('');
}
