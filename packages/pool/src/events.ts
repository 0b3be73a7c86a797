import type { TargetName } from './settings.ts';

/** Why a connection was closed by the pool or lost. */
export type CloseReason =
  | 'idle' // not used for `idleTimeoutMs`
  | 'lifetime' // older than `maxLifetimeMs`
  | 'ping-failed' // did not answer the ping before it was lent
  | 'lost' // the server or the network ended it
  | 'not-clean' // could not be proven clean when it was given back
  | 'cancelled' // its statement was cancelled, so a late cancel could hit the next one
  | 'closed'; // the pools were closed

/** Why a cancel request was sent: the caller's signal, rows beyond the byte limit, a connection that ended under its statement. */
export type CancelReason = 'signal' | 'bytes' | 'lost';

/** What the pool reports while it works. Plain values without secrets; the receiver logs or counts them. */
export type PoolEvent =
  | {
      readonly type: 'connection-opened';
      readonly database: string;
      readonly target: TargetName;
      readonly processId: number;
      readonly tls: boolean;
      readonly durationMs: number;
    }
  | {
      readonly type: 'connection-closed';
      readonly database: string;
      readonly processId: number;
      readonly reason: CloseReason;
      readonly error?: Error;
    }
  /** A caller is done with a connection, which is lent again or closed. One for each use: not one to log. */
  | { readonly type: 'connection-returned'; readonly database: string; readonly usedMs: number }
  /** One attempt to open a connection; `willRetry`: somebody waits for another one. */
  | { readonly type: 'connect-failed'; readonly database: string; readonly error: Error; readonly willRetry: boolean }
  /** A call got no connection; `error` is what it ended in. */
  | { readonly type: 'borrow-refused'; readonly database: string; readonly error: Error }
  /** A replica is not used for a while: it could not be reached, lost a statement, or is no replica any more. */
  | {
      readonly type: 'replica-set-aside';
      readonly database: string;
      readonly target: TargetName;
      readonly error: Error;
    }
  /** Notifications are not heard from `listen-lost` to `listen-restored`: look yourself for what has changed meanwhile. */
  | { readonly type: 'listen-lost'; readonly database: string; readonly error: Error }
  | { readonly type: 'listen-restored'; readonly database: string }
  /** A caller waited all its time in vain: later calls are refused sooner until a connection could be opened again. */
  | { readonly type: 'breaker-opened' | 'breaker-closed'; readonly database: string }
  | {
      readonly type: 'cancel-sent';
      readonly database: string;
      readonly processId: number;
      readonly reason: CancelReason;
    }
  | { readonly type: 'cancel-failed'; readonly database: string; readonly processId: number; readonly error: Error }
  /** A statement ended the transaction that it ran in; its call fails with `TRANSACTION_LOST`. */
  | { readonly type: 'transaction-lost'; readonly database: string; readonly processId: number }
  /** A setting that says how SQL is read, or keeps the session read-only, has another value than at the start: nothing further runs under it. */
  | {
      readonly type: 'state-changed';
      readonly database: string;
      readonly processId: number;
      readonly parameter: string;
      readonly value: string;
    };

/** Receives every {@link PoolEvent}. What it throws is ignored: a listener never breaks a query. */
export type PoolEventListener = (event: PoolEvent) => void;
