import { IDENTITY_SETTING } from './identity-sql.ts';
import type { ResolvedSettings } from './settings.ts';
import { type Claims, signClaims } from './sign-claims.ts';
import { bind, command, EXECUTE_ALL, parse } from './wire.ts';

/** What one call has decided about its transaction. */
export interface SessionContext {
  readonly timeoutMs: number;
  readonly lockTimeoutMs: number | undefined;
  readonly role: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly claims: Claims | undefined;
}

/**
 * The text form of every value depends on these; a result must read the same whatever the server or the host is set to.
 * `TimeZone` is not among them: it changes how a timestamptz is shown, not what it is, and belongs to the server unless configured.
 */
const FORCED: Readonly<Record<string, string>> = {
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
};

function configured({ searchPath, timeZone, session }: ResolvedSettings): Readonly<Record<string, string>> {
  return {
    ...session,
    ...(searchPath === undefined ? {} : { search_path: searchPath }),
    ...(timeZone === undefined ? {} : { TimeZone: timeZone }),
  };
}

/**
 * The parameters of the start-up message. A pooler in transaction mode refuses most of them (08P01), so there they are set
 * in each transaction.
 */
export function startupParameters(settings: ResolvedSettings): Readonly<Record<string, string>> {
  const identity = { user: settings.user, database: settings.database, application_name: settings.applicationName };
  if (settings.pooler === 'transaction') return identity;
  return {
    ...identity,
    ...(settings.options === undefined ? {} : { options: settings.options }),
    ...FORCED,
    ...configured(settings),
    default_transaction_read_only: 'on',
    statement_timeout: String(settings.statementTimeoutMs),
    ...(settings.lockTimeoutMs === 0 ? {} : { lock_timeout: String(settings.lockTimeoutMs) }),
    idle_in_transaction_session_timeout: String(settings.idleInTransactionTimeoutMs),
  };
}

/** Name and value of everything that is set inside the transaction, the role last: it may lack the right to set the others. */
function localSettings(
  settings: ResolvedSettings,
  context: SessionContext,
  processId: number,
): readonly (readonly [string, string])[] {
  const throughPooler = settings.pooler === 'transaction';
  const idleTimeoutMs = String(settings.idleInTransactionTimeoutMs);
  const lockTimeoutMs = context.lockTimeoutMs ?? (throughPooler ? settings.lockTimeoutMs : 0);
  return Object.entries({
    ...(throughPooler
      ? { ...FORCED, ...configured(settings), idle_in_transaction_session_timeout: idleTimeoutMs }
      : {}),
    // On a direct connection this is what the session was started with, and nothing outlives a transaction that could change it.
    ...(throughPooler || context.timeoutMs !== settings.statementTimeoutMs
      ? { statement_timeout: String(context.timeoutMs) }
      : {}),
    ...(lockTimeoutMs === 0 ? {} : { lock_timeout: String(lockTimeoutMs) }),
    ...context.settings,
    ...identityOf(settings, context, processId),
    ...(context.role === undefined ? {} : { role: context.role }),
  });
}

function identityOf(
  settings: ResolvedSettings,
  { claims, timeoutMs }: SessionContext,
  processId: number,
): Readonly<Record<string, string>> {
  if (claims === undefined || settings.identity === undefined) return {};
  // Through a pooler the process id is the pooler's own invention.
  const limits = { timeoutMs, processId: settings.pooler === 'transaction' ? undefined : processId };
  return { [IDENTITY_SETTING]: signClaims(settings.identity, claims, limits) };
}

const preludes = new WeakMap<SessionContext, Buffer>();

/**
 * One SELECT that sets everything for this transaction only; with nothing to set, the empty SELECT. It is there also because
 * READ ONLY can still be lifted from a transaction that has not run a query yet.
 *
 * @param context not changed afterwards: without claims its messages are made once.
 * @param processId the backend that claims are bound to.
 */
export function prelude(settings: ResolvedSettings, context: SessionContext, processId: number): Buffer {
  const made = preludes.get(context);
  if (made !== undefined) return made;
  const entries = localSettings(settings, context, processId);
  const calls = entries.map((_, index) => `pg_catalog.set_config($${2 * index + 1},$${2 * index + 2},true)`);
  const messages = Buffer.concat([parse(`SELECT ${calls.join(',')}`), bind(entries.flat()), EXECUTE_ALL]);
  // Signed claims hold a time and a session.
  if (context.claims === undefined) preludes.set(context, messages);
  return messages;
}

/** What comes before the statement of a read in one flight. */
export interface FlightPrelude {
  readonly messages: Buffer;
  /** How many statements these are. */
  readonly statements: number;
}

const flightPreludes = new WeakMap<SessionContext, FlightPrelude>();

/**
 * BEGIN and the settings for a direct connection. Timeouts alone go as `SET LOCAL`, which needs no plan and no snapshot; with
 * anything else all of it goes as one SELECT.
 *
 * @param begin the messages that open the transaction.
 */
export function flightPrelude(
  settings: ResolvedSettings,
  context: SessionContext,
  processId: number,
  begin: Buffer,
): FlightPrelude {
  const made = flightPreludes.get(context);
  if (made !== undefined) return made;
  const entries = localSettings(settings, context, processId);
  const onlyTimeouts = entries.every(([name]) => name === 'statement_timeout' || name === 'lock_timeout');
  const prepared: FlightPrelude = onlyTimeouts
    ? {
        // Whole numbers, checked with the binding: nothing here has to be quoted.
        messages: Buffer.concat([begin, ...entries.map(([name, value]) => command(`SET LOCAL ${name} = ${value}`))]),
        statements: 1 + entries.length,
      }
    : { messages: Buffer.concat([begin, prelude(settings, context, processId)]), statements: 2 };
  if (context.claims === undefined) flightPreludes.set(context, prepared);
  return prepared;
}

type Expectation = readonly [parameter: string, value: string];

/** What the server must report as long as a connection may be lent. */
const TRUSTED: readonly Expectation[] = [
  ['standard_conforming_strings', 'on'],
  ['client_encoding', 'UTF8'],
];

const TRUSTED_DIRECT: readonly Expectation[] = [
  ...TRUSTED,
  ['DateStyle', 'ISO, MDY'],
  ['IntervalStyle', 'postgres'],
  // Reported from PostgreSQL 14 on.
  ['default_transaction_read_only', 'on'],
];

/** Reported from PostgreSQL 14 on. */
export const IN_HOT_STANDBY = 'in_hot_standby';

const WATCHED: ReadonlySet<string> = new Set([...TRUSTED_DIRECT.map(([parameter]) => parameter), IN_HOT_STANDBY]);

/** Keeps what a ParameterStatus reports when somebody looks at it; a server may report as many others as it likes. */
export function rememberParameter(
  parameters: Map<string, string>,
  { parameterName, parameterValue }: { readonly parameterName: string; readonly parameterValue: string },
): void {
  if (WATCHED.has(parameterName)) parameters.set(parameterName, parameterValue);
}

interface ChangedParameter {
  readonly parameter: string;
  readonly value: string;
}

function firstChanged(
  expected: readonly Expectation[],
  reported: ReadonlyMap<string, string>,
): ChangedParameter | undefined {
  for (const [parameter, wanted] of expected) {
    const value = reported.get(parameter);
    if (value !== undefined && value !== wanted) return { parameter, value };
  }
  return undefined;
}

/** The first parameter whose last reported value differs from what was asked for at the start; such a connection is not lent. */
export function changedParameter(
  settings: ResolvedSettings,
  reported: ReadonlyMap<string, string>,
): ChangedParameter | undefined {
  return firstChanged(settings.pooler === 'transaction' ? TRUSTED : TRUSTED_DIRECT, reported);
}

/**
 * The same for the parameters that decide how a text is split into tokens: a check that was made on the text holds only as long as they
 * do, also between two statements of one transaction.
 */
export function changedSyntax(reported: ReadonlyMap<string, string>): ChangedParameter | undefined {
  return firstChanged(TRUSTED, reported);
}
