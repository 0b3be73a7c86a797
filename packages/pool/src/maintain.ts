import { limited } from './commit.ts';
import type { Connection } from './connection.ts';
import { PoolError } from './errors.ts';
import type { Outcome } from './messages.ts';
import type { TransactionOptions } from './transaction.ts';
import { encodeStatement } from './values.ts';
import { stoppedError, watchStatement } from './watch.ts';
import { simpleQuery } from './wire.ts';

/** Steps of our own around the statement. */
const STEP_LIMIT_MS = 2_000;

/**
 * Runs one statement that must not stand in a transaction, such as VACUUM. It waits for locks as long as `timeoutMs` allows, unless
 * `lockTimeoutMs` is bound. Afterwards the session is as it was at its start.
 *
 * @throws PoolError `INVALID_SETTINGS` through a pooler in transaction mode, where session and statement may reach two
 * connections of the server; when bound to a session, which would have to be a transaction's.
 */
export async function maintain({ settings, binding, lender, emit }: TransactionOptions, text: string): Promise<void> {
  const database = settings.name;
  const statement = simpleQuery(encodeStatement(text, undefined).text);
  if (settings.pooler === 'transaction') {
    const message = `Database "${database}": a statement outside a transaction needs a direct connection, not a pooler in transaction mode.`;
    throw new PoolError('INVALID_SETTINGS', message, { database });
  }
  if (binding.role !== undefined || binding.claims !== undefined || Object.keys(binding.settings).length > 0) {
    const message = `Database "${database}": a statement outside a transaction cannot be bound to a role, claims or settings.`;
    throw new PoolError('INVALID_SETTINGS', message, { database });
  }
  const connection = await lender.borrow(binding.signal, false);
  connection.limits.maxMessageBytes = binding.maxRowBytes;
  let isClean = false;
  try {
    // REINDEX CONCURRENTLY waits for every older transaction, and leaves an invalid index behind when it gives up.
    const lockTimeoutMs = binding.lockTimeoutMs ?? (settings.lockTimeoutMs === 0 ? undefined : 0);
    await step(connection, `SET statement_timeout = ${binding.timeoutMs}`);
    if (lockTimeoutMs !== undefined) await step(connection, `SET lock_timeout = ${lockTimeoutMs}`);
    const watch = watchStatement(connection, { settings, emit, signal: binding.signal, timeoutMs: binding.timeoutMs });
    const outcome = await connection.send(statement);
    const reason = await watch.end();
    if (reason === 'signal' || reason === 'timeout')
      throw stoppedError(database, reason, binding.signal, binding.timeoutMs);
    isClean = outcome.status === 'I' && (await resets(connection));
    if (outcome.error !== undefined) throw outcome.error;
  } finally {
    lender.giveBack(connection, isClean);
  }
}

async function step(connection: Connection, text: string): Promise<Outcome> {
  const outcome = await limited(connection, STEP_LIMIT_MS, connection.send(simpleQuery(text)));
  if (outcome.error !== undefined) throw outcome.error;
  return outcome;
}

/** Back to what the session was started with. */
async function resets(connection: Connection): Promise<boolean> {
  const { status, error } = await limited(connection, STEP_LIMIT_MS, connection.send(simpleQuery('DISCARD ALL')));
  return status === 'I' && error === undefined;
}
