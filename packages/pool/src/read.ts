import type { CheckedBinding } from './binding.ts';
import type { Connection } from './connection.ts';
import { PoolError, toError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import { type Flight, type Statement, startRead } from './flight.ts';
import type { Lender } from './lender.ts';
import type { RowSink } from './messages.ts';
import { type Repetition, repeat } from './repeat.ts';
import type { ResolvedSettings } from './settings.ts';
import { stoppedError, type Watch, watchStatement } from './watch.ts';

/** Where a read borrows its connection. */
export interface ReadParts {
  readonly settings: ResolvedSettings;
  readonly lender: Lender;
  readonly emit: (event: PoolEvent) => void;
}

const END_LIMIT_MS = 1_000;

/** Gives the connection back when the end of the read is confirmed; nobody has to wait for that. */
function settle(connection: Connection, lender: Lender, flight: Flight): void {
  const clean = flight.clean();
  if (typeof clean === 'boolean') {
    lender.giveBack(connection, clean);
    return;
  }
  lender.expect(connection);
  const timer = setTimeout(
    () => connection.destroy(new PoolError('TIMEOUT', 'The end of the transaction was not confirmed.')),
    END_LIMIT_MS,
  );
  const giveBack = (isClean: boolean) => {
    clearTimeout(timer);
    lender.giveBack(connection, isClean);
  };
  clean.then(giveBack, () => giveBack(false));
}

async function readOnce<Sink extends RowSink>(
  repetition: Repetition | undefined,
  { settings, lender, emit }: ReadParts,
  binding: CheckedBinding,
  statement: Omit<Statement, 'sink'>,
  createSink: (stop: () => void) => Sink,
): Promise<Sink> {
  const database = settings.name;
  const connection =
    (repetition === undefined ? lender.take(binding.signal) : undefined) ??
    (await lender.borrow(binding.signal, repetition !== undefined));
  if (repetition !== undefined) repetition.openedAt = connection.openedAt;
  connection.limits.maxMessageBytes = binding.maxRowBytes;
  let hasRows = false;
  const sink = createSink(() => watch.stop('bytes'));
  const { row } = sink;
  let flight: Flight;
  let watch: Watch;
  try {
    flight = startRead(connection, settings, binding, {
      ...statement,
      sink: {
        ...sink,
        row: (values, bytes) => {
          hasRows = true;
          row(values, bytes);
        },
      },
    });
    watch = watchStatement(connection, { settings, emit, signal: binding.signal, timeoutMs: binding.timeoutMs });
  } catch (thrown) {
    // What cannot be written, a signal that throws: nobody else would take the connection back.
    lender.discard(connection, 'not-clean', toError(thrown));
    throw thrown;
  }
  const outcome = await flight.answer;
  const ended = watch.end();
  const reason = typeof ended === 'object' ? await ended : ended;
  if (reason === 'signal' || reason === 'timeout') {
    const error = stoppedError(database, reason, binding.signal, binding.timeoutMs);
    lender.discard(connection, 'cancelled', error);
    throw error;
  }
  if (reason === 'bytes') {
    lender.discard(connection, 'cancelled');
    return sink;
  }
  settle(connection, lender, flight);
  if (outcome.error instanceof PoolError && outcome.error.code === 'TRANSACTION_LOST')
    emit({ type: 'transaction-lost', database, processId: connection.facts.processId });
  if (outcome.error !== undefined)
    throw hasRows ? new FailedAfterRows(outcome.error.message, { cause: outcome.error }) : outcome.error;
  return sink;
}

/** Marks an error that came after the first row: such a read is never repeated. */
class FailedAfterRows extends Error {}

/**
 * Runs one statement in a READ ONLY transaction of its own, on a connection borrowed for it. Repeated when it lost its connection, or gave
 * way to another transaction, before its first row; see {@link repeat}.
 */
export async function read<Sink extends RowSink>(
  ...parameters: Parameters<typeof readOnce<Sink>> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Sink> {
  try {
    try {
      return await readOnce(undefined, ...parameters);
    } catch (error) {
      return await repeat(error, (repetition) => readOnce(repetition, ...parameters));
    }
  } catch (error) {
    throw error instanceof FailedAfterRows ? error.cause : error;
  }
}
