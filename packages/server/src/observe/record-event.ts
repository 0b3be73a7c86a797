import type { AskEvent } from '@pgmcp/nl2sql';
import type { PoolEvent } from '@pgmcp/pool';
import type { CatalogEvent } from '@pgmcp/schema-introspect';
import type { GuardEvent } from '@pgmcp/sql-guard';
import type { StoreEvent } from '@pgmcp/store';
import type { Logger } from './logger.ts';
import { redact } from './redact.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';

/** One line per kind of event: a new kind does not compile until it has its level. */
const POOL_LEVELS: Readonly<Record<PoolEvent['type'], Level>> = {
  'connection-opened': 'debug',
  'connection-closed': 'debug',
  'connection-returned': 'debug',
  'cancel-sent': 'debug',
  'listen-restored': 'info',
  'breaker-closed': 'info',
  'connect-failed': 'warn',
  'borrow-refused': 'warn',
  'cancel-failed': 'warn',
  'state-changed': 'warn',
  'replica-set-aside': 'warn',
  'listen-lost': 'warn',
  'breaker-opened': 'warn',
  // The guard has a gap: a statement ended the transaction around it.
  'transaction-lost': 'error',
};

const GUARD_LEVELS: Readonly<Record<GuardEvent['type'], Level>> = {
  'worker-started': 'debug',
  'worker-discarded': 'warn',
  busy: 'warn',
};

const STORE_LEVELS: Readonly<Record<StoreEvent['type'], Level>> = {
  migrated: 'info',
  'duplicates-dropped': 'debug',
  swept: 'debug',
  'partition-created': 'info',
  'partition-dropped': 'info',
  'index-built': 'info',
  evicted: 'debug',
  'backed-up': 'info',
  'backup-failed': 'error',
};

/** Log lines for what the server's own records report. */
export function recordStoreEvent(logger: Logger, { type, ...event }: StoreEvent): void {
  const error = 'error' in event ? { error: redact(messageOf(event.error)) } : {};
  logger[STORE_LEVELS[type]]({ event: type, ...event, ...error }, 'store');
}

/** Log lines for what the pool reports. */
export function recordPoolEvent(logger: Logger, { type, ...event }: PoolEvent): void {
  // One for each statement, which has a line of its own.
  if (type === 'connection-returned') return;
  const error = 'error' in event ? event.error : undefined;
  const level = type === 'connection-closed' && error ? 'warn' : POOL_LEVELS[type];
  logger[level]({ event: type, ...event, ...(error && { error: redact(error.message) }) }, 'pool');
}

/** Log lines for what the guard reports. */
export function recordGuardEvent(logger: Logger, { type, ...event }: GuardEvent): void {
  logger[GUARD_LEVELS[type]]({ event: type, ...event }, 'guard');
}

/** Log lines for what a schema cache reports. */
export function recordCatalogEvent(logger: Logger, database: string, { type, ...event }: CatalogEvent): void {
  const fields = {
    event: type,
    database,
    ...event,
    ...('error' in event && { error: redact(messageOf(event.error)) }),
  };
  if (type.endsWith('failed')) logger.warn(fields, 'schema');
  else logger.debug(fields, 'schema');
}

/** Log lines for what happens while a question is worked on. Questions, SQL and values stay out. */
export function recordAskEvent(logger: Logger, database: string, event: AskEvent): void {
  switch (event.type) {
    case 'linked':
    case 'generated':
    case 'repairing':
    case 'done':
      logger.debug({ event: event.type, database, ...event }, 'question');
      return;
    case 'attempted': {
      const { round, source, stage, durationsMs, usage, error } = event.attempt;
      const sqlstate = error?.sqlState;
      logger.debug({ event: event.type, database, round, source, stage, durationsMs, usage, sqlstate }, 'question');
      return;
    }
    default:
      return;
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
