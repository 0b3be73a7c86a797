import type { CallOptions, CallProgress, McpCalls } from './mcp-test-client.ts';

/** A server that listens already. */
export interface ServerAddress {
  /** Its MCP endpoint, such as `http://127.0.0.1:3000/mcp`. */
  readonly url: string;
  /** Sent with every request, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a server asks the person behind a client. */
export interface ElicitedQuestion {
  readonly message: string;
  /** JSON schema of the form. */
  readonly requestedSchema?: { readonly properties?: Readonly<Record<string, unknown>> } | undefined;
}

/** What the person does. */
export type ElicitedAnswer =
  | { readonly action: 'accept'; readonly content: Record<string, string | number | boolean | string[]> }
  | { readonly action: 'decline' }
  | { readonly action: 'cancel' };

/** The person behind a client; without one the client cannot be asked. */
export type OnElicit = (question: ElicitedQuestion) => ElicitedAnswer | Promise<ElicitedAnswer>;

/** A client of one era, not connected yet. */
export interface Wire {
  connect(): Promise<void>;
  /** After `connect`. */
  calls(): McpCalls;
  close(): Promise<void>;
}

/** Who the tests say they are. */
export const clientInfo = { name: 'pgmcp-testing', version: '1.0.0' } as const;

/** For calls that name no time limit. */
export const defaultTimeoutMs = 30_000;

/** Call options under the names both SDKs use. */
export function requestOptions({ signal, timeoutMs, onProgress }: CallOptions = {}): {
  timeout: number;
  signal?: AbortSignal;
  onprogress?: (progress: CallProgress) => void;
} {
  return {
    timeout: timeoutMs ?? defaultTimeoutMs,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onprogress: onProgress }),
  };
}
