import type { Connection } from './connection.ts';
import { busyError, cancelled, PoolError, toError, unreachable } from './errors.ts';
import type { CloseReason, PoolEvent } from './events.ts';
import { createOrphanedStatements } from './orphaned-statements.ts';
import { createPause } from './pause.ts';
import { ping } from './ping.ts';
import { changedParameter } from './session.ts';
import type { ResolvedSettings } from './settings.ts';
import { createWaitTimes, type WaitTimes } from './stats.ts';
import { createWaitingLine } from './waiting-line.ts';

/** A connection that was idle for longer is asked for a sign of life before it is lent. */
const PING_AFTER_IDLE_MS = 1_000;
/** Reasons that nobody here has chosen. */
const UNEXPECTED: ReadonlySet<CloseReason> = new Set(['lost', 'ping-failed', 'not-clean']);
/** Callers that may wait, as a multiple of `maxConnections`. */
const WAITERS_PER_CONNECTION = 4;
/** A connection lives this share shorter or longer than `maxLifetimeMs`, so that not all end at once. */
const LIFETIME_JITTER = 0.1;

/** Opens one connection; may try again until `signal` is aborted, telling each failure to `onFailure`. */
export type Opener = (signal: AbortSignal, onFailure: (error: Error) => void) => Promise<Connection>;

/** Counts of one lender at one moment. */
interface LenderCounts {
  readonly total: number;
  readonly idle: number;
  readonly lent: number;
  readonly connecting: number;
  readonly waiting: number;
}

/** Lends connections and takes them back; the only place that knows which ones are open. */
export interface Lender {
  readonly waitTimes: WaitTimes;
  /** @param mustPing ask for a sign of life even when the connection was used a moment ago: the last one turned out dead. */
  borrow(signal: AbortSignal | undefined, mustPing?: boolean): Promise<Connection>;
  /** A connection that can be lent at once, as it is: used a moment ago, open, clean. Undefined: ask {@link Lender.borrow}. */
  take(signal: AbortSignal | undefined): Connection | undefined;
  /** Says that a lent connection is about to come back, so that a caller rather waits for it than opens another one. */
  expect(connection: Connection): void;
  /** Takes a connection back. Only one that is proven clean is lent again. */
  giveBack(connection: Connection, isClean: boolean): void;
  /** Takes a connection out for good. */
  discard(connection: Connection, reason: CloseReason, error?: Error): void;
  counts(): LenderCounts;
  /** Refuses new borrowers at once, waits for lent connections, then destroys what is left. */
  close(deadlineMs: number): Promise<void>;
}

/**
 * A bounded pool: at most `maxConnections` open, waiting bounded in time and number, connections checked before they are lent
 * and destroyed when they cannot be proven clean.
 */
export function createLender(settings: ResolvedSettings, open: Opener, emit: (event: PoolEvent) => void): Lender {
  const { name: database, maxConnections, minConnections, borrowTimeoutMs, idleTimeoutMs, maxLifetimeMs } = settings;
  const connections = new Set<Connection>();
  const orphans = createOrphanedStatements(settings, emit);
  const idle: Connection[] = [];
  const line = createWaitingLine();
  const returning = new Set<Connection>();
  const waitTimes = createWaitTimes();
  const pause = createPause(serve);
  let connecting = 0;
  let lastFailure: Error | undefined;
  let closed = false;
  let attempts = new AbortController();
  let whenEmpty: (() => void) | undefined;
  let reaper: NodeJS.Timeout | undefined;

  function remove(connection: Connection, reason: CloseReason, error: Error | undefined): void {
    if (!connections.delete(connection)) return;
    returning.delete(connection);
    endUse(connection);
    if (connection.endedBusy) orphans.stop(connection);
    const index = idle.indexOf(connection);
    if (index !== -1) idle.splice(index, 1);
    // As good as a log-in that failed: a pooler takes log-ins also while its server is down.
    if (!connection.wasLent && UNEXPECTED.has(reason)) {
      lastFailure = connection.broken ?? error;
      pause.begin();
    }
    emit({
      type: 'connection-closed',
      database,
      processId: connection.facts.processId,
      reason,
      ...(error === undefined ? {} : { error }),
    });
    if (connections.size === 0 && connecting === 0) whenEmpty?.();
    serve();
  }

  function discard(connection: Connection, reason: CloseReason, error?: Error): void {
    connection.onLost = undefined;
    const why =
      error ?? new PoolError('CONNECTION_LOST', `The connection was closed by the pool (${reason}).`, { database });
    // Idle connections part politely; the others may have a statement under way, or an answer that nobody reads.
    if (reason === 'idle' || reason === 'lifetime' || (reason === 'closed' && connection.pendingCount === 0))
      connection.end(why);
    else connection.destroy(why);
    remove(connection, reason, error);
  }

  function adopt(connection: Connection): void {
    connections.add(connection);
    connection.expiresAt =
      connection.openedAt + maxLifetimeMs * (1 - LIFETIME_JITTER + 2 * LIFETIME_JITTER * Math.random());
    connection.onLost = (error) => remove(connection, 'lost', error);
    const { processId, target, tls, openedInMs } = connection.facts;
    emit({ type: 'connection-opened', database, target, processId, tls, durationMs: openedInMs });
    if (connection.broken === undefined) makeIdle(connection);
    else remove(connection, 'lost', connection.broken);
  }

  function endUse(connection: Connection): void {
    if (connection.lentAt === 0) return;
    emit({ type: 'connection-returned', database, usedMs: performance.now() - connection.lentAt });
    connection.lentAt = 0;
  }

  function makeIdle(connection: Connection): void {
    endUse(connection);
    connection.idleSince = performance.now();
    idle.push(connection);
    reaper ??= setInterval(reap, Math.max(50, Math.min(idleTimeoutMs, maxLifetimeMs, 5_000) / 2)).unref();
    serve();
  }

  function reap(): void {
    const now = performance.now();
    for (const connection of [...idle]) {
      if (now >= connection.expiresAt) discard(connection, 'lifetime');
      else if (now - connection.idleSince >= idleTimeoutMs && connections.size > minConnections)
        discard(connection, 'idle');
    }
    if (!closed) for (let missing = minConnections - connections.size - connecting; missing > 0; missing -= 1) grow();
    if (idle.length === 0 && minConnections === 0) {
      clearInterval(reaper);
      reaper = undefined;
    }
  }

  function grow(): void {
    connecting += 1;
    const { signal } = attempts;
    open(signal, (error) => {
      lastFailure = error;
    })
      .then((connection) => {
        connecting -= 1;
        lastFailure = undefined;
        if (closed) {
          connection.end(new PoolError('CLOSED', 'The pools are closed.'));
          if (connections.size === 0 && connecting === 0) whenEmpty?.();
        } else adopt(connection);
      })
      .catch((thrown: unknown) => {
        connecting -= 1;
        if (connections.size === 0 && connecting === 0) whenEmpty?.();
        if (signal.aborted) return closed ? undefined : serve();
        // Repeating did not help: whoever waits has to know now. Callers that can still get a connection keep waiting.
        lastFailure = toError(thrown);
        if (connections.size === 0) line.dismiss(lastFailure);
      });
  }

  /** Gives idle connections to those who wait and opens what is missing. */
  function serve(): void {
    while (line.length > 0) {
      const connection = idle.pop();
      if (connection === undefined) break;
      line.serve(connection);
    }
    // While the server cannot be reached one attempt at a time is enough.
    const wanted = lastFailure === undefined ? line.length - returning.size : Math.min(1, line.length);
    while (!closed && !pause.isOn && connecting < wanted && connections.size + connecting < maxConnections) grow();
  }

  /** Attempts that nobody waits for any more must not go on for ever. */
  function stopAttempts(): void {
    if (line.length > 0 || connecting === 0) return;
    attempts.abort();
    attempts = new AbortController();
  }

  function busy(message: string): PoolError {
    const error = busyError(database, message, lastFailure);
    emit({ type: 'borrow-refused', database, error });
    return error;
  }

  function overdueError(): PoolError {
    return ![...connections].some(({ wasLent }) => wasLent)
      ? unreachable(database, lastFailure, borrowTimeoutMs)
      : busy(
          `Database "${database}": all ${connections.size} connections are in use and none came back within ${borrowTimeoutMs} ms. Repeat the call later, or raise maxConnections.`,
        );
  }

  function wait(deadline: number, signal: AbortSignal | undefined, atFront: boolean): Promise<Connection> {
    const abortedError = () => cancelled(database, signal);
    const waiting = line.join({ atFront, deadline, signal, overdueError, abortedError, onLeave: stopAttempts });
    serve();
    return waiting;
  }

  /** What has killed one connection may have killed all: asked at once, they cost the caller one wait and not one each. */
  function pingIdle(): void {
    for (const connection of idle.splice(0)) {
      ping(connection).then(
        (isAlive) =>
          isAlive && connection.broken === undefined ? giveBack(connection, true) : discard(connection, 'ping-failed'),
        (error: unknown) => discard(connection, 'ping-failed', toError(error)),
      );
    }
  }

  /** Whether the connection may be lent; a dead one is found here and not by the caller's statement. */
  async function isAlive(connection: Connection, mustPing: boolean): Promise<boolean> {
    if (connection.broken !== undefined) return false;
    const now = performance.now();
    if (now >= connection.expiresAt) {
      discard(connection, 'lifetime');
      return false;
    }
    if ((mustPing || now - connection.idleSince > PING_AFTER_IDLE_MS) && !(await ping(connection))) {
      discard(connection, 'ping-failed');
      pingIdle();
      return false;
    }
    return checkParameters(connection);
  }

  function checkParameters(connection: Connection): boolean {
    const changed = changedParameter(settings, connection.facts.parameters);
    if (changed === undefined) return true;
    emit({ type: 'state-changed', database, processId: connection.facts.processId, ...changed });
    discard(connection, 'not-clean');
    return false;
  }

  /** The usual case without a promise: on loopback each turn of the microtask queue is felt. */
  function take(signal: AbortSignal | undefined): Connection | undefined {
    const connection = idle.at(-1);
    if (closed || connection === undefined || signal?.aborted || connection.broken !== undefined) return undefined;
    const now = performance.now();
    if (now >= connection.expiresAt || now - connection.idleSince > PING_AFTER_IDLE_MS) return undefined;
    idle.pop();
    if (!checkParameters(connection)) return undefined;
    waitTimes.add(0);
    return lend(connection, now);
  }

  function lend(connection: Connection, now: number): Connection {
    connection.lentAt = now;
    connection.wasLent = true;
    return connection;
  }

  async function borrow(signal: AbortSignal | undefined, mustPing = false): Promise<Connection> {
    const startedAt = performance.now();
    const deadline = startedAt + borrowTimeoutMs;
    // Every dead idle connection costs one ping; after that a fresh one is opened.
    for (let attempt = 0; ; attempt += 1) {
      if (closed) throw new PoolError('CLOSED', 'The pools are closed.', { database });
      if (signal?.aborted) throw cancelled(database, signal);
      if (performance.now() > deadline) throw overdueError();
      if (attempt === 0 && line.length >= WAITERS_PER_CONNECTION * maxConnections) {
        throw busy(
          `Database "${database}": ${line.length} callers already wait for a connection. Repeat the call later.`,
        );
      }
      // Taken without waiting when one is there; nobody is passed over, since idle connections go to those who wait first.
      const connection = idle.pop() ?? (await wait(deadline, signal, attempt > 0));
      if (await isAlive(connection, mustPing)) {
        if (signal?.aborted) {
          giveBack(connection, true);
          throw cancelled(database, signal);
        }
        waitTimes.add(performance.now() - startedAt);
        return lend(connection, performance.now());
      }
    }
  }

  function giveBack(connection: Connection, isClean: boolean): void {
    returning.delete(connection);
    if (connection.broken !== undefined || !connections.has(connection)) return;
    if (closed) discard(connection, 'closed');
    else if (!isClean || connection.status !== 'I' || connection.pendingCount > 0) discard(connection, 'not-clean');
    else if (performance.now() >= connection.expiresAt) discard(connection, 'lifetime');
    else if (checkParameters(connection)) makeIdle(connection);
  }

  async function close(deadlineMs: number): Promise<void> {
    closed = true;
    clearInterval(reaper);
    pause.end();
    attempts.abort();
    line.dismiss(new PoolError('CLOSED', 'The pools are closed.', { database }));
    for (const connection of [...idle]) discard(connection, 'closed');
    if (connections.size === 0 && connecting === 0) {
      await orphans.allStopped();
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      whenEmpty = resolve;
      timer = setTimeout(resolve, deadlineMs);
    });
    clearTimeout(timer);
    const error = new PoolError('CLOSED', 'The pools were closed while the statement ran.', { database });
    for (const connection of [...connections]) discard(connection, 'closed', error);
    await orphans.allStopped();
  }

  if (minConnections > 0) for (let missing = minConnections; missing > 0; missing -= 1) grow();

  return {
    waitTimes,
    borrow,
    take,
    expect: (connection) => {
      if (connections.has(connection)) returning.add(connection);
    },
    giveBack,
    discard,
    counts: () => ({
      total: connections.size,
      idle: idle.length,
      lent: connections.size - idle.length,
      connecting,
      waiting: line.length,
    }),
    close,
  };
}
