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
      logger.debug(fields, 'pool');
      return;
    case 'connection-closed':
      if ('error' in event) logger.warn(fields, 'pool');
      else logger.debug(fields, 'pool');
      return;
    case 'connect-failed':
    case 'borrow-refused':
    case 'cancel-failed':
    case 'state-changed':
      logger.warn(fields, 'pool');
      return;
    case 'transaction-lost':
      logger.error(fields, 'a statement ended the transaction around it: the guard has a gap');
      return;
  }
}

/** Log lines for what the guard reports. */
export function recordGuardEvent(logger: Logger, { type, ...event }: GuardEvent): void {
  const fields = { event: type, ...event };
  switch (type) {
    case 'worker-started':
      logger.debug(fields, 'guard');
      return;
    case 'worker-discarded':
    case 'busy':
      logger.warn(fields, 'guard');
      return;
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
