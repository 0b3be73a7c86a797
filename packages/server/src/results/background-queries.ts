import { type Call, type Caller, callerKey, type FinishedCall } from '../call.ts';
import { toPgmcpError } from '../classify-error.ts';
import type { ResultsConfiguration } from '../config/index.ts';
import { errorBody } from '../error-body.ts';
import { PgmcpError } from '../errors.ts';
import type { OutsideStatement } from '../execution/statement.ts';
import { startCall } from '../start-call.ts';
import type { CapturedStream } from './captured-stream.ts';
import type { FoundResult, Results, ResultWriter } from './results.ts';

/** Statements that run on while nobody waits for them. */
export interface BackgroundQueries {
  /**
   * Starts a statement whose rows are captured under a new handle. Resolves when it is admitted and runs.
   * @throws PgmcpError the refusal of the guard or of a policy; `RATE_LIMIT_EXCEEDED` when the caller has too many running.
   */
  start(statement: OutsideStatement, call: Call): Promise<string>;
  /** Ends a running statement, on whichever replica it runs, and waits a moment for the end. Ended ones stay as they are. */
  cancel(caller: Caller, id: string): Promise<FoundResult>;
  /** The result once it has ended, or as it is after `waitMs`. */
  settled(caller: Caller, id: string, waitMs: number, signal: AbortSignal): Promise<FoundResult>;
  /** Resolves when no capture is under way any more; the shutdown signal ends them. */
  close(): Promise<void>;
}

/** What background queries stand on. */
export interface BackgroundQueriesParts {
  readonly results: Results;
  readonly limits: ResultsConfiguration;
  /** Admits a statement and opens its rows. */
  openRows(statement: OutsideStatement, call: Call): Promise<CapturedStream>;
  recordCall(finished: FinishedCall): void;
  readonly shutdownSignal: AbortSignal;
}

/** How often a capture says that it lives, and looks whether another replica was asked to end it. */
const HEARTBEAT_MS = 5_000;

/** How often a result is looked at that another replica captures. */
const POLL_MS = 500;

/** How long a cancelled statement is waited for. */
const CANCEL_WAIT_MS = 10_000;

interface Running {
  readonly owner: string;
  readonly abort: () => void;
  readonly ended: Promise<void>;
}

/** Makes the runner. One per process. */
export function createBackgroundQueries(parts: BackgroundQueriesParts): BackgroundQueries {
  const { results, limits, openRows, recordCall, shutdownSignal } = parts;
  const running = new Map<string, Running>();
  const starting = new Map<string, number>();

  function refuseTooMany(owner: string): void {
    const count = [...running.values()].filter((each) => each.owner === owner).length + (starting.get(owner) ?? 0);
    if (count < limits.maxRunningPerCaller) return;
    throw new PgmcpError(
      'RATE_LIMIT_EXCEEDED',
      `${count} statements of yours are running, which is the most: wait for one with get_query_result or end one with cancel_query.`,
      { retryable: true, details: { limit: 'running_statements', maximum: limits.maxRunningPerCaller } },
    );
  }

  async function start(statement: OutsideStatement, { caller, signal, tool }: Call): Promise<string> {
    // An abort that is past is heard by no listener.
    if (signal.aborted) throw new PgmcpError('CANCELLED', 'The call was cancelled.');
    const owner = callerKey(caller);
    refuseTooMany(owner);
    starting.set(owner, (starting.get(owner) ?? 0) + 1);
    const cancelling = new AbortController();
    const forget = () => cancelling.abort();
    // Until the client has the handle, its going away ends the statement: nobody else could.
    signal.addEventListener('abort', forget, { once: true });
    const { call, finish } = startCall({
      tool,
      caller,
      signal: AbortSignal.any([cancelling.signal, shutdownSignal]),
      progress: () => undefined,
    });
    try {
      const rows = await openRows(statement, call);
      const writer = await results.open(caller, statement.database.name).catch(async (error: unknown) => {
        await rows.close();
        throw error;
      });
      const ended = capture(rows, writer, call, { abort: forget, timeoutMs: limits.queryTimeoutMs }).then((failure) => {
        running.delete(writer.id);
        recordCall(finish(failure));
      });
      running.set(writer.id, { owner, abort: forget, ended });
      return writer.id;
    } catch (error) {
      throw toPgmcpError(error, call);
    } finally {
      signal.removeEventListener('abort', forget);
      const left = (starting.get(owner) ?? 1) - 1;
      if (left === 0) starting.delete(owner);
      else starting.set(owner, left);
    }
  }

  async function settled(caller: Caller, id: string, waitMs: number, signal: AbortSignal): Promise<FoundResult> {
    const until = Date.now() + waitMs;
    for (;;) {
      const found = await results.find(caller, id);
      const left = until - Date.now();
      if (found.result.status !== 'running' || left <= 0 || signal.aborted) return found;
      const here = running.get(id);
      await Promise.race([here?.ended ?? pause(Math.min(left, POLL_MS), signal), pause(left, signal)]);
    }
  }

  return {
    start,
    settled,
    async close() {
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
    async cancel(caller, id) {
      const found = await results.find(caller, id);
      if (found.result.status !== 'running') return found;
      const here = running.get(id);
      if (here) here.abort();
      else await results.requestCancel(caller, id);
      return settled(caller, id, CANCEL_WAIT_MS, shutdownSignal);
    },
  };
}

/** Stores the rows until there are no more. Never rejects: what goes wrong is stored in their place. */
async function capture(
  rows: CapturedStream,
  writer: ResultWriter,
  call: Call,
  { abort, timeoutMs }: { readonly abort: () => void; readonly timeoutMs: number },
): Promise<Pick<FinishedCall, 'error' | 'thrown'> | undefined> {
  const heartbeat = setInterval(() => {
    writer.beat().then(
      (cancelRequested) => cancelRequested && abort(),
      // The result has expired or was given up for newer ones: nobody can read it any more.
      () => abort(),
    );
  }, HEARTBEAT_MS);
  heartbeat.unref();
  let timedOut = false;
  // PostgreSQL bounds each batch; all of them together are bounded here.
  const timeout = setTimeout(() => {
    timedOut = true;
    abort();
  }, timeoutMs);
  timeout.unref();
  try {
    for await (const batch of rows.batches) await writer.add(batch);
    await writer.end({ status: 'complete', truncated: rows.truncated() });
    return undefined;
  } catch (thrown) {
    const error = timedOut ? tookTooLong(timeoutMs) : toPgmcpError(thrown, call);
    const { code, message, details } = errorBody(error);
    const status = call.signal.aborted && !timedOut ? 'cancelled' : 'failed';
    // When the storage is what failed, the handle ends by its silence.
    await writer.end({ status, error: { code, message, ...(details && { details }) } }).catch(() => undefined);
    return { error, thrown };
  } finally {
    clearInterval(heartbeat);
    clearTimeout(timeout);
  }
}

function tookTooLong(timeoutMs: number): PgmcpError {
  return new PgmcpError(
    'EXECUTION_TIMEOUT',
    `The statement was ended after ${Math.round(timeoutMs / 1000)} s (PG_MCP_RESULTS_QUERY_TIMEOUT). Narrow it down.`,
  );
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
  });
}
