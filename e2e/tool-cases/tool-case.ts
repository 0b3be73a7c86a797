import type { McpTestClient } from '@pgmcp/testing';

/** Arguments of a call. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a case may use: the client, and the owner of the database it queries. */
export interface CaseContext {
  readonly client: McpTestClient;
  /** Runs a statement as the owner of the database. */
  owner(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
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

/** Everything that is shown of one tool over both transports and in both eras. */
export interface ToolCase {
  readonly tool: string;
  /** Normal use, and results beyond every cap that the tool has. */
  readonly good: readonly GoodCall[];
  /** Bad input beyond what every tool is tried with: an unknown argument, a wrong type, a missing argument. */
  readonly bad: readonly BadCall[];
  /** A call with each required argument, to try unknown and wrong ones beside. Default: the first good one. */
  readonly valid?: ArgumentsOf;
  /**
   * A call that runs for a minute unless it is cancelled: progress must come early, and cancelling must end its statement on the
   * server. `statement` is what `pg_stat_activity` shows of it, as a LIKE pattern.
   */
  readonly slow?: { readonly args: ArgumentsOf; readonly statement: string };
}

/** The arguments of a case for this run. */
export function argumentsOf(args: ArgumentsOf, context: CaseContext): Promise<Arguments> | Arguments {
  return typeof args === 'function' ? args(context) : args;
}
