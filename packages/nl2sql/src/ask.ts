import type { AskEventListener } from './events.ts';
import type { Outcome } from './outcome.ts';
import type { AskPorts, ResultTable } from './ports.ts';
import type { VerifiedPair } from './verified.ts';

/** Options of {@link createAsk}. */
export interface AskFactoryOptions {
  /** Pairs that answer first, without a model. Default: none. */
  readonly verifiedPairs?: readonly VerifiedPair[] | undefined;
  /** Rounds after the first reply in which the model may correct itself, 0 to 10. Default 2. */
  readonly maxRepairs?: number | undefined;
  /** Budget of the schema text in the prompt, in tokens. Default 8000. */
  readonly maxSchemaTokens?: number | undefined;
  /** Upper bound of tokens the model may write per call, reasoning included. Default: the provider's. */
  readonly maxOutputTokens?: number | undefined;
  /** The moment that "today" means in a question. Default: the system clock. */
  readonly now?: (() => Date) | undefined;
  /** IANA time zone of the session, told to the model. Default `UTC`. */
  readonly timeZone?: string | undefined;
  readonly onEvent?: AskEventListener | undefined;
}

/** Options of one question. */
export interface AskOptions {
  /** Stops every stage, the statement on the server included. */
  readonly signal?: AbortSignal | undefined;
  /** Highest number of rows wanted. Default: the runner's. */
  readonly limit?: number | undefined;
  /** `false`: check and explain the SQL but do not run it. Default `true`. */
  readonly execute?: boolean | undefined;
  readonly onProgress?: AskEventListener | undefined;
}

/** Works on one question. It does not throw for what happens on the way: every end is an {@link Outcome}. */
export type Ask<Table extends ResultTable = ResultTable> = (
  question: string,
  options?: AskOptions,
) => Promise<Outcome<Table>>;

/** Binds the ports of one database into an {@link Ask}. */
export declare function createAsk<Table extends ResultTable>(
  ports: AskPorts<Table>,
  options?: AskFactoryOptions,
): Ask<Table>;
