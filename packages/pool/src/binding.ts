import { PoolError } from './errors.ts';
import type { SessionContext } from './session.ts';
import { problemOfCallSettings } from './session-settings.ts';
import type { ResolvedSettings } from './settings.ts';
import { type Claims, RESERVED_CLAIMS } from './sign-claims.ts';

/** What one call, or every call of one bound `Database`, is limited to. Unknown keys are errors. */
export interface Binding {
  /** Aborting it cancels the statement on the server; the call ends in `CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** `statement_timeout` of each statement. Default: `statementTimeoutMs` of the database. */
  readonly timeoutMs?: number | undefined;
  /** `lock_timeout` of each statement. Default: `lockTimeoutMs` of the database. */
  readonly lockTimeoutMs?: number | undefined;
  /** Default: `read-only`. */
  readonly access?: 'read-only' | 'read-write' | undefined;
  /** Rows that `table` reads at most. Default: 1,000. */
  readonly maxRows?: number | undefined;
  /** Bytes of rows that `table` reads at most, as they stand on the wire. Default: 1 MiB. */
  readonly maxBytes?: number | undefined;
  /**
   * Largest single row that is read at all, up to 256 MiB; the connection is closed when a larger one comes. Raise it for a query of your
   * own whose one row is large by design. Default: `maxMessageBytes` of the database.
   */
  readonly maxRowBytes?: number | undefined;
  /**
   * Which server answers a read; writes always go to the primary. `prefer-replica`: a replica that is healthy, not too far behind and
   * past `afterPosition`, else the primary. `replica`: such a replica or an error. Default: `primary`.
   */
  readonly target?: 'primary' | 'replica' | 'prefer-replica' | undefined;
  /** What `position()` has returned after the write that has to be seen. */
  readonly afterPosition?: string | undefined;
  /** For the time of the transaction only. */
  readonly session?: SessionBinding | undefined;
}

/** Identity and settings of one transaction. */
export interface SessionBinding {
  /** `SET LOCAL ROLE`; must be in the `roles` of the database. */
  readonly role?: string | undefined;
  /** Signed and sent along, for policies that call `pgmcp_identity.claims()`; needs `identity` in the database settings. */
  readonly claims?: Claims | undefined;
  /**
   * {@link SESSION_SETTINGS}, and custom settings (`app.tenant`) where `statementsAreGuarded` is set for the database.
   */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/** A {@link Binding} that was checked, with the defaults filled in. */
export interface CheckedBinding extends SessionContext {
  readonly signal: AbortSignal | undefined;
  readonly access: 'read-only' | 'read-write';
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly maxRowBytes: number;
  readonly target: 'primary' | 'replica' | 'prefer-replica';
  readonly afterPosition: string | undefined;
}

const DEFAULT_MAX_ROWS = 1_000;
const DEFAULT_MAX_BYTES = 1024 * 1024;
const MAX_ROW_BYTES = 256 * 1024 * 1024;
const MAX_TIMEOUT_MS = 2 ** 31 - 1 - 1_000;
/** The function that verifies them takes a token of 8,192 characters: two for each of these bytes, and its id, time, session and signature. */
const MAX_CLAIMS_BYTES = 3_900;

const KNOWN_KEYS: readonly string[] = [
  'signal',
  'timeoutMs',
  'lockTimeoutMs',
  'access',
  'maxRows',
  'maxBytes',
  'maxRowBytes',
  'target',
  'afterPosition',
  'session',
] satisfies (keyof Binding)[];

/** A `pg_lsn` as PostgreSQL writes it. */
const POSITION = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i;

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readWhole(name: string, key: string, value: number | undefined, fallback: number, largest: number): number {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= 1 && value <= largest) return value;
  throw new PoolError('INVALID_SETTINGS', `Database "${name}": ${key} must be a whole number from 1 to ${largest}.`, {
    database: name,
  });
}

/** A signal that cannot be listened to would be found out only after the statement was sent. */
function isSignal(signal: unknown): boolean {
  return (
    typeof signal === 'object' &&
    signal !== null &&
    'aborted' in signal &&
    'addEventListener' in signal &&
    typeof signal.addEventListener === 'function' &&
    'removeEventListener' in signal &&
    typeof signal.removeEventListener === 'function'
  );
}

function checkClaims(database: ResolvedSettings, claims: Claims, invalid: (problem: string) => PoolError): void {
  if (database.identity === undefined) throw invalid('session.claims needs identity (a key) in the database settings');
  for (const name of ['subject', 'tenant'] as const) {
    if (typeof claims[name] !== 'string' || claims[name] === '') throw invalid(`session.claims needs a ${name}`);
  }
  for (const [name, value] of Object.entries(claims)) {
    if (RESERVED_CLAIMS.includes(name)) throw invalid(`the claim "${name}" belongs to the signature`);
    if (!['string', 'number', 'boolean', 'undefined'].includes(typeof value))
      throw invalid(`the claim "${name}" must be a text, a number or a boolean`);
    if (typeof value === 'number' && !Number.isFinite(value))
      throw invalid(`the claim "${name}" must be a finite number`);
  }
  // After the types: not everything has a form in JSON.
  if (Buffer.byteLength(JSON.stringify(claims)) > MAX_CLAIMS_BYTES)
    throw invalid(`session.claims must have at most ${MAX_CLAIMS_BYTES} bytes as JSON`);
}

function checkSession(database: ResolvedSettings, session: SessionBinding): void {
  const invalid = (problem: string) =>
    new PoolError('INVALID_SETTINGS', `Database "${database.name}": ${problem}.`, { database: database.name });
  if (!isObject(session)) throw invalid('session must be an object with role, settings, claims');
  const { role, settings, claims, ...unknown } = session;
  const [extra] = Object.keys(unknown);
  if (extra !== undefined) throw invalid(`unknown key "${extra}" in session; known are role, settings, claims`);
  if (role !== undefined && !database.roles.includes(role))
    throw invalid('the role of the session is not in the roles that the database settings allow');
  if (claims !== undefined && !isObject(claims)) throw invalid('session.claims must be an object');
  if (claims !== undefined) checkClaims(database, claims, invalid);
  const problem = problemOfCallSettings(database, settings ?? {});
  if (problem !== undefined) throw invalid(problem);
}

/**
 * A binding with another one on top, whose options win.
 *
 * @throws PoolError `INVALID_SETTINGS` when that one is no object.
 */
export function mergeBindings(database: string, bound: Binding, more: Binding): Binding {
  if (isObject(more)) return { ...bound, ...more };
  throw new PoolError(
    'INVALID_SETTINGS',
    `Database "${database}": options must be an object, such as { timeoutMs: 5_000 }.`,
    { database },
  );
}

/**
 * Fills in the defaults and refuses what is not valid.
 *
 * @throws PoolError `INVALID_SETTINGS`.
 */
export function checkBinding(database: ResolvedSettings, binding: Binding): CheckedBinding {
  const { name } = database;
  for (const key of Object.keys(binding)) {
    if (!KNOWN_KEYS.includes(key)) {
      throw new PoolError(
        'INVALID_SETTINGS',
        `Database "${name}": unknown option "${key}"; known are ${KNOWN_KEYS.join(', ')}.`,
        { database: name },
      );
    }
  }
  const access = binding.access ?? 'read-only';
  if (access !== 'read-only' && access !== 'read-write') {
    throw new PoolError('INVALID_SETTINGS', `Database "${name}": access must be read-only or read-write.`, {
      database: name,
    });
  }
  const target = binding.target ?? 'primary';
  if (target !== 'primary' && target !== 'replica' && target !== 'prefer-replica') {
    throw new PoolError('INVALID_SETTINGS', `Database "${name}": target must be primary, replica or prefer-replica.`, {
      database: name,
    });
  }
  if (binding.afterPosition !== undefined && !POSITION.test(String(binding.afterPosition))) {
    throw new PoolError('INVALID_SETTINGS', `Database "${name}": afterPosition must be what position() has returned.`, {
      database: name,
    });
  }
  if (binding.signal !== undefined && !isSignal(binding.signal)) {
    throw new PoolError('INVALID_SETTINGS', `Database "${name}": signal must be an AbortSignal.`, { database: name });
  }
  if (binding.session !== undefined) checkSession(database, binding.session);
  return {
    signal: binding.signal,
    access,
    timeoutMs: readWhole(name, 'timeoutMs', binding.timeoutMs, database.statementTimeoutMs, MAX_TIMEOUT_MS),
    lockTimeoutMs:
      binding.lockTimeoutMs === undefined
        ? undefined
        : readWhole(name, 'lockTimeoutMs', binding.lockTimeoutMs, 0, MAX_TIMEOUT_MS),
    maxRows: readWhole(name, 'maxRows', binding.maxRows, DEFAULT_MAX_ROWS, 2 ** 31 - 2),
    maxBytes: readWhole(name, 'maxBytes', binding.maxBytes, DEFAULT_MAX_BYTES, Number.MAX_SAFE_INTEGER),
    maxRowBytes: readWhole(name, 'maxRowBytes', binding.maxRowBytes, database.maxMessageBytes, MAX_ROW_BYTES),
    role: binding.session?.role,
    // Copies: what was checked must not be changed afterwards.
    settings: { ...binding.session?.settings },
    claims: binding.session?.claims === undefined ? undefined : { ...binding.session.claims },
    target,
    afterPosition: binding.afterPosition,
  };
}
