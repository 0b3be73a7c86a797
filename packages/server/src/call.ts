import type { PgmcpError } from './errors.ts';
import type { CallTrace } from './observe/call-trace.ts';
import type { StatementRecord } from './statement-record.ts';

/** What a caller may ask for: reading, writing, and what changes or shows the server itself. */
export const SCOPES = ['db:read', 'db:write', 'db:admin'] as const;

/** See {@link SCOPES}. */
export type Scope = (typeof SCOPES)[number];

/** Who a caller is to the databases. */
export interface CallerIdentity {
  /** Database role that statements run as, where the database lets callers choose one of its `roles`. */
  readonly role?: string;
  /** What row-level security compares besides subject and tenant. Nothing secret: the caller's own SQL can read it. */
  readonly claims?: Readonly<Record<string, string | number | boolean>>;
}

/** Who calls: the key of limits, caches, handles and history. Over stdio there is one caller, the process that started the server. */
export interface Caller {
  /** Unique over every way of logging in, and never a secret. What belongs to a caller is kept under `tenant` and this. */
  readonly id: string;
  /** The organisation that the caller belongs to; row-level security compares it. */
  readonly tenant?: string;
  readonly scopes: 'all' | ReadonlySet<Scope>;
  /** The only databases that exist for this caller. Default: all. */
  readonly databases?: readonly string[];
  readonly identity?: CallerIdentity;
}

/** The caller of a transport that knows nobody: stdio, or HTTP on loopback. */
export const LOCAL_CALLER: Caller = { id: 'local', scopes: 'all' };

/** Whether a caller may do what needs a scope. */
export function hasScope({ scopes }: Caller, scope: Scope): boolean {
  return scopes === 'all' || scopes.has(scope);
}

/** One text for tenant and caller, under which everything of theirs is kept. No two callers share one. */
export function callerKey({ id, tenant }: Caller): string {
  const own = encodeURIComponent(id);
  return tenant === undefined ? own : `${encodeURIComponent(tenant)}/${own}`;
}

/** One tool call, as everything below the protocol sees it. */
export interface Call {
  /** Ties log lines and an `INTERNAL_ERROR` together. */
  readonly requestId: string;
  readonly tool: string;
  readonly caller: Caller;
  /** Aborts when the client cancels, disconnects, or the server shuts down. */
  readonly signal: AbortSignal;
  /** Tells a client that asked for progress how far the call is; {@link noProgress} when it did not ask. */
  readonly progress: (message: string) => void;
  /** Reports one statement from outside that has ended, refused ones too: for history, audit, metrics and limits. */
  readonly record: (statement: StatementRecord) => void;
  /** What kind of request it is, by the names of the protocol. Default: `tools/call`. */
  readonly method?: string;
  readonly transport?: 'tcp' | 'pipe';
  /** Name and version of the client program as it gave them; nobody has checked them. */
  readonly client?: string;
  /** Its trace, where there is one. */
  readonly trace?: CallTrace;
}

/** The `progress` of a call whose client did not ask for any: there is nobody to be told. */
export const noProgress = (): void => undefined;

/** How one tool call ended. */
export interface FinishedCall {
  readonly call: Call;
  /** When the call began, in milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Statements in the order in which they ended. */
  readonly statements: readonly StatementRecord[];
  readonly error?: PgmcpError;
  /** What was really thrown, for the log. */
  readonly thrown?: unknown;
}
