import { errorCode, errorMessage, PoolError } from './errors.ts';

/** What one database says about itself, or why it says nothing. */
export interface DatabaseHealth {
  readonly name: string;
  readonly status: 'up' | 'down';
  /** Round trip of the question on an open connection, in milliseconds. */
  readonly latencyMs?: number;
  /** As the server prints it: `18.4`. */
  readonly serverVersion?: string;
  /** As a number that compares: `180004`. */
  readonly serverVersionNum?: number;
  /** Whether the server takes no writes from this login: it is a replica, or its default is read-only for this login. */
  readonly readOnly?: boolean;
  readonly inRecovery?: boolean;
  /** The login may do everything; a read-only transaction is then the only thing between a statement and the data. */
  readonly superuser?: boolean;
  /** The login is not subject to row-level security. */
  readonly bypassRls?: boolean;
  readonly user?: string;
  readonly replicas?: readonly ReplicaHealth[];
  readonly error?: HealthError;
}

/** Why there is no answer. */
export interface HealthError {
  readonly code: string;
  readonly message: string;
  /** Whether it may pass by itself: a server that is down, not a wrong password. */
  readonly retryable: boolean;
}

/** Makes plain data of an error. */
export function toHealthError(error: unknown): HealthError {
  return {
    code: errorCode(error) ?? 'UNKNOWN',
    message: errorMessage(error),
    retryable: error instanceof PoolError && error.retryable,
  };
}

/** What is known of one replica. */
export interface ReplicaHealth {
  /** `host:port` */
  readonly name: string;
  readonly status: 'up' | 'down';
  /** How far behind it is, in milliseconds; 0 when it has applied everything that it has received. */
  readonly lagMs?: number;
  /** How far it has come in the primary's log of changes. */
  readonly position?: string;
  readonly error?: HealthError;
}

interface HealthRow {
  readonly version: string;
  readonly version_num: number;
  readonly in_recovery: boolean;
  readonly read_only: boolean;
  readonly superuser: boolean;
  readonly bypass_rls: boolean;
  readonly user: string;
}

// The pool itself asks for read-only sessions, so what the owner has decided is read from the catalog.
const QUESTION = `
  SELECT pg_catalog.current_setting('server_version') AS version,
         pg_catalog.current_setting('server_version_num')::int AS version_num,
         pg_catalog.pg_is_in_recovery() AS in_recovery,
         EXISTS (
           SELECT FROM pg_catalog.pg_db_role_setting s
           WHERE s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
             AND s.setrole IN (0, r.oid)
             AND s.setconfig && ARRAY['default_transaction_read_only=on', 'default_transaction_read_only=true', 'default_transaction_read_only=1']
         ) AS read_only,
         r.rolsuper AS superuser, r.rolbypassrls AS bypass_rls, r.rolname AS "user"
  FROM pg_catalog.pg_roles r
  WHERE r.rolname = session_user`;

/** Asks one database; never rejects. */
export async function askHealth(
  name: string,
  query: (text: string) => Promise<{ rows: HealthRow[]; durationMs: number }>,
): Promise<DatabaseHealth> {
  try {
    const { rows, durationMs } = await query(QUESTION);
    const [row] = rows;
    if (row === undefined) throw new Error('The login is not in pg_roles.');
    return {
      name,
      status: 'up',
      latencyMs: durationMs,
      serverVersion: row.version,
      serverVersionNum: row.version_num,
      readOnly: row.in_recovery || row.read_only,
      inRecovery: row.in_recovery,
      superuser: row.superuser,
      bypassRls: row.bypass_rls,
      user: row.user,
    };
  } catch (error) {
    return { name, status: 'down', error: toHealthError(error) };
  }
}
