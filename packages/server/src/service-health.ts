import { databaseText } from './database-text.ts';
import type { ConnectedDatabase, Databases } from './databases.ts';
import { redact } from './observe/index.ts';
import { SUPERUSER_WARNING } from './superuser-warning.ts';
import { VERSION } from './version.ts';

/** State of one database now. */
export interface DatabaseStatus {
  readonly name: string;
  readonly status: 'up' | 'down';
  readonly server_version?: string;
  readonly latency_ms?: number;
  /** Age of the schema snapshot in seconds; absent until it was read. */
  readonly schema_age_s?: number;
  readonly replicas?: readonly { readonly name: string; readonly status: string; readonly lag_ms?: number }[];
  readonly error?: string;
  readonly warning?: string;
}

/** State of the server now: `degraded` when a database is down. */
export interface ServiceHealth {
  readonly status: 'ok' | 'degraded';
  readonly version: string;
  readonly databases: readonly DatabaseStatus[];
}

/** How long a reading is reused, in milliseconds, so that probes cannot load the databases. */
const REUSE_MS = 250;

/** The readings of late, so that neither probes nor callers can load what they ask. */
const readings = new WeakMap<ConnectedDatabase, { readonly at: number; readonly status: Promise<DatabaseStatus> }>();

/** Reads the health of the process as far as it shows in these databases. Never rejects. */
export async function readServiceHealth(databases: Databases): Promise<ServiceHealth> {
  const states = await Promise.all(databases.all.map(statusOf));
  return {
    status: states.every(({ status }) => status === 'up') ? 'ok' : 'degraded',
    version: VERSION,
    databases: states,
  };
}

function statusOf(database: ConnectedDatabase): Promise<DatabaseStatus> {
  const latest = readings.get(database);
  if (latest !== undefined && performance.now() - latest.at <= REUSE_MS) return latest.status;
  const status = readStatus(database);
  readings.set(database, { at: performance.now(), status });
  return status;
}

async function readStatus({ name, connections, catalogs }: ConnectedDatabase): Promise<DatabaseStatus> {
  const health = await connections.health();
  const snapshot = catalogs.current();
  return {
    name,
    status: health.status,
    ...(health.serverVersion !== undefined && { server_version: health.serverVersion }),
    ...(health.latencyMs !== undefined && { latency_ms: Math.round(health.latencyMs * 10) / 10 }),
    ...(snapshot && { schema_age_s: Math.round(snapshot.ageMs / 1000) }),
    ...(health.replicas &&
      health.replicas.length > 0 && {
        replicas: health.replicas.map(({ name: replica, status, lagMs }) => ({
          name: replica,
          status,
          ...(lagMs !== undefined && { lag_ms: Math.round(lagMs) }),
        })),
      }),
    ...(health.error && { error: databaseText(redact(health.error.message)) }),
    ...(health.superuser === true && { warning: SUPERUSER_WARNING }),
  };
}
