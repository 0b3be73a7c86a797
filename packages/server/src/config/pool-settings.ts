import type { DatabaseSettings } from '@pgmcp/pool';
import type { DatabaseConfiguration } from './sections/databases.ts';

/** The pool's settings of a configured database. */
export function poolSettings(database: DatabaseConfiguration, statementTimeoutMs: number): DatabaseSettings {
  const { name, url, host, port, dbname, user, password, sslMode, sslRootCert, sslCert, sslKey } = database;
  return {
    name,
    applicationName: 'pgmcp',
    statementTimeoutMs,
    minConnections: database.minPoolSize,
    maxConnections: database.maxPoolSize,
    pooler: database.pooler,
    ...(url && { url: url.reveal() }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(dbname !== undefined && { database: dbname }),
    ...(user !== undefined && { user }),
    ...(password && { password: () => password.reveal() }),
    ...(sslMode && { sslMode }),
    ...(sslRootCert !== undefined && { sslRootCert }),
    ...(sslCert !== undefined && { sslCert }),
    ...(sslKey !== undefined && { sslKey }),
  };
}
