import type { McpTestClient } from '@pgmcp/testing';
import type { PausableProxy } from '../pausable-proxy.ts';

/** Arguments of a call. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a case may use: the client, and the owner of the database it queries. */
export interface CaseContext {
  readonly client: McpTestClient;
  /** Runs a statement as the owner of the database. */
  owner(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Stands before the same database server, where connections may be added; may fall silent. */
  readonly proxy: PausableProxy;
}

/** Arguments, or what must be done first to have them: start a statement, take a token. */
export type ArgumentsOf = Arguments | ((context: CaseContext) => Promise<Arguments>);

/** One use of a tool that must succeed. */
export interface GoodCall {
  readonly what: string;
  readonly args: ArgumentsOf;
  /** Looks at `structuredContent`; the text is compared with it for every call. */
  check(structured: Readonly<Record<string, unknown>>, context: CaseContext): void | Promise<void>;
}

/** One use that must fail with a structured error. */
export interface BadCall {
  readonly why: string;
  readonly args: ArgumentsOf;
  readonly code: string;
  /** What the message must say: cause and cure. */
  readonly message: RegExp;
}

/** A call that runs for a minute unless it is cancelled: progress must come early, and cancelling must end its work. */
export interface SlowCall {
  readonly args: ArgumentsOf;
  /** A table that somebody holds so that the call waits, as LOCK TABLE names it. */
  readonly hold?: string;
  /** What `pg_stat_activity` shows of its work, as a LIKE pattern; absent when its work is no statement. */
  readonly statement?: string;
  /** What becomes of that statement when the call is cancelled. Default: it ends. */
  readonly outlives?: true;
  /** After its arguments are there and before it is called; where no lock can make it slow. */
  begin?(context: CaseContext): void;
  /** After it was cancelled. */
  end?(context: CaseContext): Promise<void>;
}

/** Why a tool has nothing to show in a column. */
export interface NothingToShow {
  readonly never: string;
}

/** Everything that is shown of one tool over both transports and in both eras. A column is never left out: it is there, or says why not. */
export interface ToolCase {
  readonly tool: string;
  /** Normal use, and results beyond the default caps. */
  readonly good: readonly GoodCall[];
  /** Bad input beyond what every tool is tried with: an unknown argument, a wrong type, a missing argument. */
  readonly bad: readonly BadCall[];
  /** A call with each required argument, to try unknown and wrong ones beside. Default: the first good one. */
  readonly valid?: ArgumentsOf;
  /** Progress and cancellation; `schema` for a tool that waits for nothing but the snapshot of the schema, which all callers share. */
  readonly slow: SlowCall | 'schema' | NothingToShow;
  /** Results beyond each cap that the tool has, on a server whose caps are low. */
  readonly beyond: readonly GoodCall[] | NothingToShow;
}

/** The arguments of a case for this run. */
export function argumentsOf(args: ArgumentsOf, context: CaseContext): Promise<Arguments> | Arguments {
  return typeof args === 'function' ? args(context) : args;
}
