import type { DatabaseSettings } from '@pgmcp/pool';
import type { DatabaseConfiguration } from './sections/databases.ts';

/** The pool's settings of a configured database. */
export function poolSettings(database: DatabaseConfiguration, statementTimeoutMs: number): DatabaseSettings {
  const { roles, identityKey, identityKeyId } = database;
  const { name, url, host, port, dbname, user, password, sslMode, sslRootCert, sslCert, sslKey } = database;
  const { connectTimeoutMs, borrowTimeoutMs, idleTimeoutMs, maxLifetimeMs, idleInTransactionTimeoutMs } = database;
  const { lockTimeoutMs, channelBinding, targetSessionAttrs, replicas, maxReplicaLagMs, searchPath, timeZone } =
    database;
  return {
    name,
    applicationName: 'pgmcp',
    statementTimeoutMs,
    // The executor lets nothing pass that the guard has not judged.
    statementsAreGuarded: true,
    minConnections: database.minPoolSize,
    maxConnections: database.maxPoolSize,
    pooler: database.pooler,
    ...(roles && { roles }),
    ...(identityKey && identityKeyId && { identity: { id: identityKeyId, secret: identityKey.reveal() } }),
    ...(url && { url: url.reveal() }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(dbname !== undefined && { database: dbname }),
    ...(user !== undefined && { user }),
    // A text, not a function: a reload keeps the connections of a database whose settings are equal.
    ...(password && { password: password.reveal() }),
    ...(sslMode && { sslMode }),
    ...(sslRootCert !== undefined && { sslRootCert }),
    ...(sslCert !== undefined && { sslCert }),
    ...(sslKey !== undefined && { sslKey }),
    connectTimeoutMs,
    borrowTimeoutMs,
    idleTimeoutMs,
    maxLifetimeMs,
    idleInTransactionTimeoutMs,
    lockTimeoutMs,
    channelBinding,
    targetSessionAttrs,
    replicas,
    maxReplicaLagMs,
    searchPath,
    timeZone,
    ...(database.session && Object.keys(database.session).length > 0 && { session: database.session }),
  };
}
