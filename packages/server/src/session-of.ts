import type { SessionBinding } from '@pgmcp/pool';
import { type Caller, LOCAL_CALLER } from './call.ts';
import { PgmcpError } from './errors.ts';

/**
 * How callers are kept apart inside a database.
 *
 * - `login`: not at all; everybody sees what the configured login sees.
 * - `role`: statements run as the caller's database role, one of `roles`.
 * - `signed-claims`: statements run as the one role in `roles`, with subject and tenant signed for `pgmcp_identity.claims()`.
 * - `unsigned-settings`: subject and tenant in plain settings, as PostgREST does. A statement can change a setting, so only the guard
 *   stands between a caller and another's rows.
 */
export const ISOLATION_MODES = ['login', 'role', 'signed-claims', 'unsigned-settings'] as const;

/** See {@link ISOLATION_MODES}. */
export type IsolationMode = (typeof ISOLATION_MODES)[number];

/** What the configuration of a database says about isolation. */
export interface Isolation {
  readonly mode: IsolationMode;
  /** Database roles that callers may run as. */
  readonly roles: readonly string[];
}

/** What the transaction of a caller's statement runs as: a pool binding, or nothing where the login is the boundary. */
export function sessionOf(caller: Caller, database: string, { mode, roles }: Isolation): SessionBinding | undefined {
  switch (mode) {
    case 'login':
      return undefined;
    case 'role':
      return { role: roleOf(caller, database, roles) };
    case 'signed-claims': {
      const [role] = roles;
      return {
        ...(role !== undefined && { role }),
        claims: { ...caller.identity?.claims, subject: caller.id, tenant: tenantOf(caller, database) },
      };
    }
    case 'unsigned-settings': {
      const tenant = tenantOf(caller, database);
      const claims = JSON.stringify({ ...caller.identity?.claims, sub: caller.id, tenant });
      return {
        ...(roles.length > 0 && { role: roleOf(caller, database, roles) }),
        settings: { 'request.jwt.claims': claims, 'app.user_id': caller.id, 'app.tenant': tenant },
      };
    }
  }
}

function roleOf(caller: Caller, database: string, roles: readonly string[]): string {
  const wanted = caller.identity?.role;
  if (wanted === undefined && roles.length === 1 && roles[0] !== undefined) return roles[0];
  if (wanted !== undefined && roles.includes(wanted)) return wanted;
  throw refused(
    database,
    wanted === undefined ? 'the caller has no database role' : 'the role of the caller is not one of its roles',
  );
}

function tenantOf(caller: Caller, database: string): string {
  if (caller.tenant !== undefined && caller.tenant !== '') return caller.tenant;
  const hint = caller.id === LOCAL_CALLER.id ? ' Serve it over HTTP with authentication.' : '';
  throw refused(database, `the caller belongs to no tenant.${hint}`);
}

function refused(database: string, reason: string): PgmcpError {
  return new PgmcpError(
    'ACCESS_DENIED',
    `The database ${database} keeps callers apart, and ${reason.replace(/\.?$/, '.')} Ask the operator for an identity that it knows.`,
  );
}
