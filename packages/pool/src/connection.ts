import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { errorCode, PoolError, toError } from './errors.ts';
import type { GateLimits } from './message-gate.ts';
import type { BackendMessage, Outcome, RowSink, TransactionStatus } from './messages.ts';
import { rememberParameter } from './session.ts';
import type { TargetName } from './settings.ts';
import { TERMINATE } from './wire.ts';

/** How long a polite end may take before the socket is destroyed. */
const END_LIMIT_MS = 1_000;

const UNEXPECTED_ANSWER = 'The server sent an answer that nobody asked for.';

/** Of a script of thousands of statements nobody looks at more tags than these and the last: a server cannot fill the memory with them. */
const KEPT_COMMANDS = 16;

/**
 * What is done about an error in messages that no Sync ends: after an error of the extended protocol the server reads on to the next Sync.
 * It sends the error itself at once.
 */
export interface Recovery {
  /** Answered by two ReadyForQuery, the first of which belongs to what has failed. */
  readonly messages: Buffer;
  /** Statements of the extended protocol; what fails after these many needs no recovery. */
  readonly statements: number;
  /** The second answer, once the messages have been sent. Never rejected. */
  ended: Promise<Outcome> | undefined;
}

/** The messages between two ReadyForQuery: one optional sink per statement, in order. */
interface PendingSegment {
  readonly sinks: readonly (RowSink | undefined)[];
  /** The first tags and the last one. */
  readonly commands: string[];
  /** The end of a transaction behind an error: nothing that would have to be stopped on the server. */
  readonly isCleanUp: boolean;
  /** Statements that were answered. */
  answered: number;
  /** Undefined from the moment it is under way. */
  recovery: Recovery | undefined;
  error: Error | undefined;
  readonly resolve: (outcome: Outcome) => void;
}

const NO_SINKS: readonly undefined[] = [];

/** Facts that are known when a connection has been opened. */
export interface ConnectionFacts {
  /** The name of the database in the settings. */
  readonly database: string;
  readonly target: TargetName;
  /** The address that its host name led to; undefined for a unix socket. */
  readonly address: string | undefined;
  readonly tls: boolean;
  /** How long opening it took, log-in included. */
  readonly openedInMs: number;
  readonly processId: number;
  readonly secretKey: number;
  /** The last reported values of the parameters that are looked at. */
  readonly parameters: Map<string, string>;
}

/** A server's error that also ends the connection. */
function isFatal(error: Error): boolean {
  const severity = 'severity' in error ? error.severity : undefined;
  return severity === 'FATAL' || severity === 'PANIC';
}

/**
 * One open connection after log-in. The driver has done TLS, authentication and parsing; the statements are written here as
 * raw messages, because the driver's queue knows no limit of rows in one flight and no second Sync behind an error.
 *
 * Nothing in here throws into the socket's handlers: whatever goes wrong ends the connection and is told to the statement
 * that waits, and to `onLost` when none does.
 */
export class Connection {
  readonly facts: ConnectionFacts;
  readonly openedAt = performance.now();
  /** When it was last given back, by `performance.now()`. */
  idleSince = performance.now();
  /** When it was lent; 0 while it is not. */
  lentAt = 0;
  /** Whether anybody has used it; one that ends before that is as good as an attempt that failed. */
  wasLent = false;
  expiresAt = Number.POSITIVE_INFINITY;
  status: TransactionStatus = 'I';
  /** Why this connection must not be used any more. */
  broken: Error | undefined;
  /** Whether a statement was under way when the connection ended; the server may still be busy with it. */
  endedBusy = false;
  /** Called once when the connection ends for whatever reason: for the pool that owns it. */
  onLost: ((error: Error) => void) | undefined;
  /** The same for whoever has borrowed it. */
  onLostWhileLent: ((error: Error) => void) | undefined;
  onNotification: ((channel: string, payload: string) => void) | undefined;
  readonly #stream: Duplex;
  readonly #pending: PendingSegment[] = [];
  #next = 0;

  /** What is read at most; for the one who has borrowed it to set. */
  readonly limits: GateLimits;

  constructor(source: EventEmitter, stream: Duplex, facts: ConnectionFacts, limits: GateLimits) {
    this.limits = limits;
    this.#stream = stream;
    this.facts = facts;
    source.on('error', (error: unknown) => this.destroy(toError(error)));
    source.on('end', () => this.#ended(undefined));
  }

  /** The number of answers that are awaited. */
  get pendingCount(): number {
    return this.#pending.length - this.#next;
  }

  /**
   * Writes messages at once that are answered by one ReadyForQuery.
   *
   * @param sinks one per statement; what comes without one is not looked at.
   * @returns never rejected.
   */
  send(bytes: Buffer, sinks: readonly (RowSink | undefined)[] = NO_SINKS, recovery?: Recovery): Promise<Outcome> {
    const { broken } = this;
    if (broken !== undefined) return Promise.resolve({ status: undefined, commands: [], error: broken });
    const answer = this.#expect(sinks, recovery, false);
    this.#stream.write(bytes);
    return answer;
  }

  #expect(sinks: PendingSegment['sinks'], recovery: Recovery | undefined, isCleanUp: boolean): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#pending.push({ sinks, commands: [], isCleanUp, answered: 0, recovery, error: undefined, resolve });
    });
  }

  /** Takes one message of the server; called by whoever opened the connection. */
  receive(message: BackendMessage): void {
    try {
      this.#receive(message);
    } catch (error) {
      this.destroy(toError(error));
    }
  }

  /** Stops reading from the socket, so that the server stops sending; what has arrived is still delivered. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** Ends the connection now. The statement that waits gets `error`. */
  destroy(error: Error): void {
    if (this.broken === undefined) this.#ended(error);
    this.#stream.destroy();
  }

  /** Says goodbye to the server, then closes. */
  end(error: Error): void {
    if (this.broken !== undefined) return;
    this.#ended(error);
    this.#stream.resume();
    this.#stream.end(TERMINATE);
    setTimeout(() => this.#stream.destroy(), END_LIMIT_MS).unref();
  }

  #ended(reason: Error | undefined): void {
    if (this.broken !== undefined) return;
    const error = this.#explain(reason);
    this.broken = error;
    const waiting = this.#pending.slice(this.#next);
    const wasBusy = waiting.some(({ isCleanUp }) => !isCleanUp);
    this.endedBusy = wasBusy && !(error.cause instanceof Error && isFatal(error.cause));
    this.#pending.length = 0;
    this.#next = 0;
    for (const segment of waiting) segment.resolve({ status: undefined, commands: segment.commands, error });
    this.onLost?.(error);
    this.onLostWhileLent?.(error);
  }

  #explain(reason: Error | undefined): Error {
    if (reason instanceof PoolError) return reason;
    const cause = reason ?? this.#pending[this.#next]?.error;
    const why = cause === undefined ? 'the server closed it' : cause.message;
    const code = errorCode(cause);
    return new PoolError(
      'CONNECTION_LOST',
      `The connection to the database was lost: ${why}${code === undefined ? '' : ` (${code})`}.`,
      {
        retryable: true,
        database: this.facts.database,
        cause,
      },
    );
  }

  #receive(message: BackendMessage): void {
    switch (message.name) {
      case 'parameterStatus':
        rememberParameter(this.facts.parameters, message);
        return;
      case 'notification':
        this.onNotification?.(message.channel, message.payload);
        return;
      case 'notice':
        return;
      case 'error':
        this.#receiveError(message);
        return;
      case 'readyForQuery':
        this.#receiveReady(message.status);
        return;
      default:
        this.#receiveAnswer(message);
    }
  }

  #receiveError(error: Error): void {
    const segment = this.#pending[this.#next];
    // Without a SQLSTATE it is the parser that could not read a message.
    if (segment === undefined || isFatal(error) || errorCode(error) === undefined) {
      this.destroy(error);
      return;
    }
    segment.error = error;
    if (segment.recovery !== undefined && segment.answered < segment.recovery.statements)
      this.#recover(segment, segment.recovery);
  }

  /** The first answer ends the segment that has failed: only then has the server let go of what the statement held. */
  #recover(segment: PendingSegment, recovery: Recovery): void {
    segment.recovery = undefined;
    recovery.ended = this.#expect(NO_SINKS, undefined, true);
    this.#stream.write(recovery.messages);
  }

  #receiveReady(status: TransactionStatus): void {
    this.status = status;
    const segment = this.#pending[this.#next];
    if (segment === undefined) {
      this.destroy(new Error(UNEXPECTED_ANSWER));
      return;
    }
    this.#next += 1;
    if (this.#next === this.#pending.length) {
      this.#pending.length = 0;
      this.#next = 0;
    }
    segment.resolve({ status, commands: segment.commands, error: segment.error });
  }

  #receiveAnswer(message: BackendMessage): void {
    const segment = this.#pending[this.#next];
    if (segment === undefined) {
      this.destroy(new Error(UNEXPECTED_ANSWER));
      return;
    }
    const sink = segment.sinks[segment.answered];
    switch (message.name) {
      case 'rowDescription':
        sink?.fields(message.fields);
        return;
      case 'dataRow':
        sink?.row(message.fields, message.length);
        return;
      case 'commandComplete':
      case 'portalSuspended':
      case 'emptyQuery': {
        const command = message.name === 'commandComplete' ? message.text : '';
        if (segment.commands.length === KEPT_COMMANDS) segment.commands.pop();
        segment.commands.push(command);
        segment.answered += 1;
        sink?.end(command, message.name === 'portalSuspended');
        return;
      }
      case 'noData':
      case 'parseComplete':
      case 'bindComplete':
        return;
      default:
        // A request for a password, data of a COPY: nothing of what is sent here is answered by it.
        this.destroy(new Error(UNEXPECTED_ANSWER));
    }
  }
}
