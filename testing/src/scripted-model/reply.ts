/** The members of request bodies that tests look at most; the others are there as well. */
export interface RequestBody {
  readonly model?: string;
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[];
  readonly stream?: boolean;
  readonly input?: string | readonly string[];
  readonly [member: string]: unknown;
}

/** A request the model received. */
export interface RecordedRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; empty when it was no JSON object. */
  readonly body: RequestBody;
  /** The body as it came. */
  readonly text: string;
  /** What all messages say, in order: for a look at what the model was told. */
  readonly prompt: string;
  /** How it was answered: from the script, by a built-in answer (embeddings, list of models), or not at all. */
  readonly answeredBy: 'script' | 'built-in' | 'nobody';
  /** Whether the client hung up before the reply was complete. */
  readonly abandoned: boolean;
}

/** Tokens as the model counts them. */
export interface ScriptedUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** A normal answer. */
export interface ContentReply {
  readonly content: string;
  /** Default: a count of about four characters per token. */
  readonly usage?: ScriptedUsage;
  /** The model the reply names. Default: the one asked for. */
  readonly model?: string;
  /** Default `stop`; `length` and `content_filter` are the other ends of a real reply. */
  readonly finishReason?: 'stop' | 'length' | 'content_filter';
  /** Why the model declines to answer in the schema it was given. `content` must be empty then. */
  readonly refusal?: string;
  readonly delayMs?: number;
  /** Pause before each piece of a streamed reply. */
  readonly delayPerChunkMs?: number;
}

/** An HTTP error. */
export interface StatusReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or JSON. Default: the error object OpenAI sends for the status. */
  readonly body?: unknown;
  readonly delayMs?: number;
}

/** A body with status 200 that is not what the protocol says. */
export interface RawReply {
  readonly raw: string | Uint8Array;
  /** Beside or in place of the content type of the protocol; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** The body never ends: `raw` is sent again and again, with this pause, until the client hangs up. */
  readonly repeatEveryMs?: number;
}

/** The connection breaks. */
export interface HangUpReply {
  readonly hangUp: true;
  /** What the client receives first: the start of the content (streamed) or of the JSON body. Default: not even a status. */
  readonly after?: string;
  readonly delayMs?: number;
}

/** What the model does with one request. A text is short for `{ content: text }`. */
export type FixedReply = string | ContentReply | StatusReply | RawReply | HangUpReply;

/** A reply, or a function that looks at the request first. */
export type ModelReply = FixedReply | ((request: RecordedRequest) => FixedReply);

/** What can go wrong with an embeddings request. */
export type FaultReply = StatusReply | RawReply | HangUpReply;
