import { withoutPrefix } from '@pgmcp/nl2sql';
import type { TextTable } from '@pgmcp/pool';
import type { Call } from '../call.ts';
import type { StatementNotes } from './observe-statement.ts';
import type { OutsideStatement } from './statement.ts';

/** How much of an answer is read, and how long it may take. */
export interface SendLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** Sends a text as the caller to the database, in a READ ONLY transaction of its own. */
export async function sendStatement(
  { database, parameters }: OutsideStatement,
  text: string,
  limits: SendLimits,
  { signal, caller }: Call,
  notes: StatementNotes,
): Promise<TextTable> {
  const session = await database.sessionOf(caller);
  notes.sent();
  try {
    return await database.connections
      .with({ signal, ...limits, access: 'read-only', session })
      .table(notes.comment + text, parameters);
  } catch (error) {
    throw withoutPrefix(error, notes.comment);
  }
}
