import type { AskEvent } from '@pgmcp/nl2sql';
import type { PoolEvent } from '@pgmcp/pool';
import type { CatalogEvent } from '@pgmcp/schema-introspect';
import type { GuardEvent } from '@pgmcp/sql-guard';
import type { Logger } from './logger.ts';
import { redact } from './redact.ts';

/** Log lines for what the pool reports. */
export function recordPoolEvent(logger: Logger, { type, ...event }: PoolEvent): void {
  const fields = {
    event: type,
    ...event,
    ...('error' in event && event.error && { error: redact(event.error.message) }),
  };
  switch (type) {
    case 'connection-opened':
    case 'cancel-sent':
      return logger.debug(fields, 'pool');
    case 'connection-closed':
      return 'error' in event ? logger.warn(fields, 'pool') : logger.debug(fields, 'pool');
    case 'connect-failed':
    case 'borrow-refused':
    case 'cancel-failed':
    case 'state-changed':
      return logger.warn(fields, 'pool');
    case 'transaction-lost':
      return logger.error(fields, 'a statement ended the transaction around it: the guard has a gap');
  }
}

/** Log lines for what the guard reports. */
export function recordGuardEvent(logger: Logger, { type, ...event }: GuardEvent): void {
  const fields = { event: type, ...event };
  switch (type) {
    case 'worker-started':
      return logger.debug(fields, 'guard');
    case 'worker-discarded':
    case 'busy':
      return logger.warn(fields, 'guard');
  }
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
      return logger.debug({ event: event.type, database, ...event }, 'question');
    case 'attempted': {
      const { round, source, stage, durationsMs, usage, error } = event.attempt;
      const sqlstate = error?.sqlState;
      return logger.debug(
        { event: event.type, database, round, source, stage, durationsMs, usage, sqlstate },
        'question',
      );
    }
    default:
      return;
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
