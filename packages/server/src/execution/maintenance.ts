import { qualifiedName } from '@pgmcp/schema-introspect';
import type { Call } from '../call.ts';
import type { ConnectedDatabase } from '../databases.ts';
import { PgmcpError } from '../errors.ts';
import { isPostgresError, postgresFailure } from '../postgres-error.ts';
import type { ExecutorParts } from './executor-parts.ts';
import { refusedByMode } from './write-refusals.ts';

/** What can be done to a table, with the statement that does it. All of them leave its rows and structure as they are. */
export const MAINTENANCE = {
  vacuum: 'VACUUM',
  vacuum_analyze: 'VACUUM (ANALYZE)',
  analyze: 'ANALYZE',
  reindex: 'REINDEX TABLE CONCURRENTLY',
} as const;

/** See {@link MAINTENANCE}. */
export type MaintenanceOperation = keyof typeof MAINTENANCE;

/** One piece of maintenance. The names are those of the catalog. */
export interface MaintenanceRequest {
  readonly database: ConnectedDatabase;
  readonly operation: MaintenanceOperation;
  readonly schema: string;
  readonly table: string;
}

/** What it did. */
export interface MaintenanceOutcome {
  readonly durationMs: number;
  /** With indexes and TOAST. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** The maintaining part of the executor: statements of our own text, outside a transaction, judged and recorded like those from outside. */
export function createMaintenance({ admission, observe, limits }: ExecutorParts) {
  return async (request: MaintenanceRequest, call: Call): Promise<MaintenanceOutcome> => {
    const { database, operation, schema, table } = request;
    const { mode } = admission.policyOf(database, call);
    if (mode !== 'admin') throw refusedByMode(database.name, 'admin');
    // Role and claims of a caller hold in transactions only.
    if ((await database.sessionOf(call.caller)) !== undefined) {
      throw new PgmcpError(
        'ACCESS_DENIED',
        `The database ${database.name} keeps callers apart by role or claims, which do not hold outside a transaction: maintain it with its own tools.`,
      );
    }
    const name = qualifiedName(schema, table);
    const sql = `${MAINTENANCE[operation]} ${name}`;
    return observe({ database, sql }, call, async (notes) => {
      await admission.admit({ database, sql }, call, notes, { purpose: 'write' });
      const bytes = async () => {
        const { rows } = await database.connections
          .with({ signal: call.signal })
          .query<{ bytes: string }>(
            'SELECT pg_catalog.pg_total_relation_size(pg_catalog.to_regclass($1))::text AS bytes',
            [name],
          );
        return Number(rows[0]?.bytes ?? 0);
      };
      const bytesBefore = await bytes();
      const startedAt = performance.now();
      notes.sent();
      await database.connections
        .with({ signal: call.signal, timeoutMs: limits.timeoutMs })
        .maintain(sql)
        .catch((error: unknown) => {
          throw isPostgresError(error) ? postgresFailure(error) : error;
        });
      const durationMs = performance.now() - startedAt;
      notes.answered({ rows: 0, bytes: 0, truncated: false });
      return { durationMs, bytesBefore, bytesAfter: await bytes() };
    });
  };
}
