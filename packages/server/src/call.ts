import type { PgmcpError } from './errors.ts';

/** Who calls: the key of limits, caches and history. Over stdio there is one caller, the process that started the server. */
export interface Caller {
  readonly id: string;
}

/** The caller of a transport that knows nobody: stdio, or HTTP on loopback. */
export const LOCAL_CALLER: Caller = { id: 'local' };

/** One tool call, as everything below the protocol sees it. */
export interface Call {
  /** Ties log lines and an `INTERNAL_ERROR` together. */
  readonly requestId: string;
  readonly tool: string;
  readonly caller: Caller;
  /** Aborts when the client cancels, disconnects, or the server shuts down. */
  readonly signal: AbortSignal;
  /** Tells a client that asked for progress how far the call is; does nothing when it did not ask. */
  readonly progress: (message: string) => void;
}

/** How one tool call ended. */
export interface FinishedCall {
  readonly call: Call;
  readonly durationMs: number;
  readonly error?: PgmcpError;
  /** What was really thrown, for the log. */
  readonly thrown?: unknown;
}
