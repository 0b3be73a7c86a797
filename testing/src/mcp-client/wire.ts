import type { CallOptions, CallProgress, McpCalls } from './mcp-test-client.ts';

/** A server that listens already. */
export interface ServerAddress {
  /** Its MCP endpoint, such as `http://127.0.0.1:3000/mcp`. */
  readonly url: string;
  /** Sent with every request, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
}

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
